"""Making people, and what they choose for themselves."""

from __future__ import annotations

from datetime import datetime

from kepu.accounts import rules
from kepu.accounts.models import Person
from kepu.accounts.workflow import Event
from kepu.core import audit
from kepu.core.audit import Doer
from kepu.core.db import in_transaction, transaction


@transaction
def create_person(
    *,
    username: str,
    name: str,
    email: str = "",
    password: str | None = None,
    language: str = "",
    by: Doer,
    at: datetime,
) -> Person:
    """Make an account. Without a password nobody can sign in with it until they set one by mail."""
    rules.check_create(by)
    return add_person(
        username=username, name=name, email=email, password=password, language=language, by=by, at=at
    )


@in_transaction
def add_person(
    *,
    username: str,
    name: str,
    email: str = "",
    password: str | None = None,
    language: str = "",
    by: Doer,
    at: datetime,
) -> Person:
    """:func:`create_person` as a part of another act, which has asked who may."""
    person = Person(
        username=Person.normalize_username(username.strip()), name=name.strip(), email=email.strip(),
        language=language, joined_at=at,
    )  # fmt: skip
    rules.check_person(person, password)
    person.set_password(password)
    person.save()
    audit.record(Event.PERSON_CREATED, person, by=by, at=at)
    return person


@transaction
def choose_language(person: Person, language: str, *, by: Doer, at: datetime) -> None:
    """Remember the language a person wants the interface in. Idempotent."""
    rules.check_choose_language(by, person)
    if Person.objects.filter(pk=person.pk).exclude(language=language).update(language=language):
        person.language = language
        audit.record(Event.LANGUAGE_CHOSEN, person, by=by, at=at, language=language)
