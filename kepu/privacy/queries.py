"""Reads about one person: who looked at their number, what they agreed to, and everything that is kept about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from kepu.accounts.looks import SHOWN
from kepu.accounts.models import Person
from kepu.activities.models import Activity
from kepu.activities.queries import where_contact
from kepu.core.models import AuditEntry
from kepu.core.personal import Kept, inventory
from kepu.orgs.models import Post, Unit
from kepu.privacy.models import Consent

LOOKS_ORDER = ("-id",)
MOST_ACTS = 20_000


def looks_at(person: Person) -> models.QuerySet[AuditEntry]:
    """Who was shown this person's number, and where; page by :data:`LOOKS_ORDER`.

    A look is noted at the person once they have proven the number; before that it is found by the activities that name
    it as their contact.
    """
    at_me = Q(thing=Person._meta.model_name, thing_id=person.pk)
    if person.phone_verified_at is not None:
        mine = where_contact(person.pk).values("pk")
        at_me |= Q(thing=Activity._meta.model_name, thing_id__in=mine, at__lt=person.phone_verified_at)
    return AuditEntry.objects.filter(at_me, event=SHOWN)


def consents_of(person: Person) -> list[Consent]:
    """What a person agreed to, the newest first. One query."""
    return list(Consent.objects.filter(person=person).order_by("-id"))


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept about a person: parts with a code and their rows, as plain data."""

    person_id: int
    at: datetime
    parts: dict[str, list[dict[str, Any]]]


def own_data(person: Person, *, at: datetime) -> OwnData:
    """Everything that is kept about a person, in plain data. A fixed number of queries and one for each table of accounts."""
    account = {
        name: getattr(person, name)
        for name in ("username", "name", "email", "phone", "phone_verified_at", "language", "joined_at")
    }
    posts = Post.objects.filter(person=person).select_related("unit", "place", "line").order_by("pk")
    named = where_contact(person.pk).select_related("season", "unit").order_by("pk")
    filed = Activity.objects.filter(filed_by_id=person.pk).select_related("season", "unit").order_by("pk")
    acts = list(AuditEntry.objects.filter(person_id=person.pk).order_by("id")[:MOST_ACTS])
    looks = list(looks_at(person).order_by("id")[:MOST_ACTS])
    asked = {e.unit_id for e in (*acts, *looks) if e.unit_id}
    units = dict(Unit.objects.filter(pk__in=asked).order_by("pk").values_list("pk", "name"))
    parts: dict[str, list[dict[str, Any]]] = {
        "account": [account],
        "posts": [
            {"unit": post.unit.name, "role": post.role, "place": post.place and post.place.name,
             "line": post.line and post.line.name, "since": post.since, "until": post.until} for post in posts
        ],
        "consents": [
            {"purpose": c.purpose, "version": c.version, "at": c.at, "withdrawn_at": c.withdrawn_at} for c in consents_of(person)
        ],
        "contact_of": [
            {"season": str(a.season), "unit": a.unit.name, "activity": a.title, "name": a.contact_name, "phone": a.contact_phone}
            for a in named
        ],
        "filed": [
            {"season": str(a.season), "unit": a.unit.name, "activity": a.title, "at": a.filed_at} for a in filed
        ],
        "acts": [{"at": e.at, "event": e.event, "thing": e.thing, "id": e.thing_id, "unit": units.get(e.unit_id or 0)} for e in acts],
        "looks": [
            {"at": e.at, "unit": units.get(e.unit_id or 0), "of": e.detail.get("of", e.thing), "id": e.detail.get("of_id", e.thing_id)}
            for e in looks
        ],
    }  # fmt: skip
    for label in dict.fromkeys(
        c.model for c in inventory() if c.kept is Kept.ACCOUNT and c.model != Person._meta.label_lower
    ):
        parts[label] = _rows_of(label, person)
    return OwnData(person.pk, at, parts)


def _rows_of(label: str, person: Person) -> list[dict[str, Any]]:
    """The declared columns of a table that is kept for an account."""
    model = apps.get_model(label)
    whose = next((f.name for f in model._meta.fields if f.is_relation and f.related_model is Person), None)
    if whose is None:
        return []
    names = [column.name for column in inventory() if column.model == label and column.handed_out]
    if not names:
        return []
    return list(model._default_manager.filter(**{whose: person}).order_by("pk").values(*names))
