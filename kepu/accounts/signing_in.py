"""Acts on how a person signs in: what can be written to, what is kept as a second step, and the trace of it all.

The face has made sure before that it is the person themselves: what is changed here was confirmed by a code, and the
person proved a moment ago who they are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from kepu.accounts import rules
from kepu.accounts.models import Person
from kepu.accounts.workflow import Event
from kepu.core import audit
from kepu.core.audit import Doer
from kepu.core.db import in_transaction, transaction


@transaction
def change_email(person: Person, address: str, *, by: Doer, at: datetime) -> str:
    """Give a person the mail address they have just shown to be theirs; returns the one before.

    Confirming the present address again is the same act: it is verified from now on.
    """
    return take_email(person, address, by=by, at=at)


@in_transaction
def take_email(person: Person, address: str, *, by: Doer, at: datetime) -> str:
    """:func:`change_email` as a part of another act."""
    rules.check_own_account(by, person)
    rules.check_email_is_free(person, address)
    before = Person.objects.select_for_update().values_list("email", flat=True).get(pk=person.pk)
    EmailAddress.objects.filter(Q(user_id=person.pk) | Q(email=address.lower(), verified=False)).delete()
    EmailAddress.objects.create(user_id=person.pk, email=address.lower(), verified=True, primary=True)
    Person.objects.filter(pk=person.pk).update(email=address)
    person.email = address
    audit.record(Event.EMAIL_CHANGED, person, by=by, at=at, same=before.lower() == address.lower())
    return before


@transaction
def change_phone(person: Person, number: str, *, by: Doer, at: datetime) -> str:
    """Give a person the phone number at which they have just received a code; returns the one before."""
    return take_phone(person, number, by=by, at=at)


@in_transaction
def take_phone(person: Person, number: str, *, by: Doer, at: datetime) -> str:
    """:func:`change_phone` as a part of another act."""
    rules.check_own_account(by, person)
    rules.check_phone_is_free(person, number)
    before = Person.objects.select_for_update().get(pk=person.pk).phone
    person.put_phone(number)
    person.phone_verified_at = at
    person.save(update_fields=["phone", "phone_digest", "phone_verified_at"])
    audit.record(Event.PHONE_CHANGED, person, by=by, at=at)
    return before


@transaction
def remove_phone(person: Person, *, by: Doer, at: datetime) -> None:
    """Take a person's phone number out of their account. Idempotent."""
    drop_phone(person, by=by, at=at)


@in_transaction
def drop_phone(person: Person, *, by: Doer, at: datetime) -> None:
    """:func:`remove_phone` as a part of another act."""
    rules.check_own_account(by, person)
    if not Person.objects.select_for_update().get(pk=person.pk).phone:
        return
    person.put_phone("")
    person.phone_verified_at = None
    person.save(update_fields=["phone", "phone_digest", "phone_verified_at"])
    audit.record(Event.PHONE_REMOVED, person, by=by, at=at)


@transaction
def change_name(person: Person, name: str, *, by: Doer, at: datetime) -> None:
    """Put a person's name right. Idempotent; what was signed with the old name keeps it."""
    rules.check_own_account(by, person)
    name = rules.check_name(name)
    if Person.objects.filter(pk=person.pk).exclude(name=name).update(name=name):
        person.name = name
        audit.record(Event.NAME_CHANGED, person, by=by, at=at)


@transaction
def note(event: Event, person: Person, *, by: Doer, at: datetime, **detail: Any) -> None:
    """Leave the trace of what the sign-in library has done for a person."""
    audit.record(event, person, by=by, at=at, **detail)


def is_verified(person: Person) -> bool:
    """Whether the person's mail address was confirmed by a code."""
    return (
        bool(person.email)
        and EmailAddress.objects.filter(user_id=person.pk, email=person.email.lower(), verified=True).exists()
    )


def owner_of(address: str) -> Person | None:
    """The one open account that is surely of whoever reads this mailbox; None where there is none.

    Either its owner confirmed the address by a code, or nobody has opened it yet and only the mailbox leads into it. An
    address that somebody merely typed for an account of their own is no proof.
    """
    if not address:
        return None
    people = Person.objects.filter(email__iexact=address, is_active=True).order_by("pk")
    confirmed = people.filter(emailaddress__email=address.lower(), emailaddress__verified=True).first()
    if confirmed is not None:
        return confirmed
    unopened = [person for person in people.filter(last_login=None)[:50] if not person.has_usable_password()]
    return unopened[0] if len(unopened) == 1 else None
