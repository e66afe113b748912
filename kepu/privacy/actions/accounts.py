"""What a person does with their own record: take a copy, end it."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.db import models

from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.audit import Doer
from kepu.core.db import in_transaction, transaction
from kepu.core.personal import Kept, inventory
from kepu.orgs.actions.posts import end
from kepu.orgs.actor import Actor
from kepu.orgs.models import Deputy, Post
from kepu.privacy import rules
from kepu.privacy.models import Consent
from kepu.privacy.queries import OwnData, own_data
from kepu.privacy.workflow import Event

PSEUDONYM, USERNAME = "已注销人员 #%s", "closed-%s"


@transaction
def take_own_data(person: Person, *, by: Doer, at: datetime) -> OwnData:
    """Everything that is kept about a person, for that person; that it was taken is traced."""
    rules.check_own(by, person)
    audit.record(Event.OWN_DATA_TAKEN, person, by=by, at=at)
    return own_data(person, at=at)


@transaction
def close_account(person: Person, *, by: Actor, at: datetime) -> None:
    """End an account at its person's wish: nobody signs in with it, and a pseudonym stands where the name stood.

    The trace keeps its ids, and what was filed keeps that somebody filed it. Raises GateClosed while a unit would be left
    with nobody.
    """
    rules.check_close_account(by, person, at=at)
    person.name, person.username = PSEUDONYM % person.pk, USERNAME % person.pk
    person.email, person.is_active, person.closed_at, person.phone_verified_at = "", False, at, None
    person.put_phone("")
    person.set_unusable_password()
    person.save()
    _end_posts(person, by=by, at=at)
    Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=at)
    for model, field in _rows_of_an_account():
        model._default_manager.filter(**{field: person}).delete()
    audit.record(Event.ACCOUNT_CLOSED, person, by=by, at=at)


@in_transaction
def _end_posts(person: Person, *, by: Actor, at: datetime) -> None:
    """Posts end now, with a trace in their units; those that have not begun are taken back, and so are deputies."""
    for post in Post.objects.not_ended(at).filter(person=person).order_by("pk"):
        end(post, on=at, by=by, at=at)
    standing_in = Deputy.objects.filter(person=person)
    standing_in.filter(since__gte=at).delete()
    standing_in.filter(until__gt=at).update(until=at)


def _rows_of_an_account() -> list[tuple[type[models.Model], str]]:
    """What else is kept for an account and goes with it: the models that say so, and their field for the person."""
    labels = dict.fromkeys(
        c.model for c in inventory() if c.kept is Kept.ACCOUNT and c.model != Person._meta.label_lower
    )
    found = []
    for label in labels:
        model = apps.get_model(label)
        found += [(model, f.name) for f in model._meta.fields if f.is_relation and f.related_model is Person]
    return found
