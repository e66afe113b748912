"""A look at somebody's number is an act: what was shown of whom is traced, the value never is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import models

from kepu.accounts.models import PHONE, Person
from kepu.core import audit, keys
from kepu.core.audit import Doer
from kepu.core.db import in_transaction

SHOWN = "personal.shown"


@in_transaction
def record_look(
    thing: models.Model, fields: Collection[str], *, phones: Iterable[str] = (), how: str = "page", by: Doer, at: datetime
) -> None:  # fmt: skip
    """Trace that ``fields`` of ``thing`` were shown. Whoever has proven one of ``phones`` as their own finds it at themselves.

    ``how`` says where it was shown: on a page, or in a file that was taken away.
    """
    people = list(owners_of(phones))
    audit.record(SHOWN, thing, by=by, at=at, fields=sorted(fields), how=how, people=[p.pk for p in people])
    for person in people:
        of = thing._meta.model_name
        audit.record(SHOWN, person, by=by, at=at, fields=sorted(fields), how=how, of=of, of_id=thing.pk)


@in_transaction
def record_looks(
    things: Iterable[tuple[models.Model, Collection[str], Collection[str]]],
    *,
    how: str,
    by: Doer,
    at: datetime,
) -> None:
    """:func:`record_look` for many: each thing with its fields and its phones. One query, however many."""
    seen = [(thing, fields, list(phones)) for thing, fields, phones in things]
    digests = {
        phone: keys.digests(phone, column=PHONE) for _thing, _fields, phones in seen for phone in phones
    }
    owners = owners_of(digests)
    by_digest = {person.phone_digest: person for person in owners}
    for thing, fields, phones in seen:
        found = {by_digest[d].pk: by_digest[d] for phone in phones for d in digests[phone] if d in by_digest}
        said = {"fields": sorted(fields), "how": how}
        audit.record(SHOWN, thing, by=by, at=at, people=sorted(found), **said)
        for person in found.values():
            audit.record(SHOWN, person, by=by, at=at, of=thing._meta.model_name, of_id=thing.pk, **said)


def owners_of(phones: Iterable[str]) -> models.QuerySet[Person]:
    """Who has proven one of these numbers as their own."""
    digests = [digest for phone in dict.fromkeys(phones) for digest in keys.digests(phone, column=PHONE)]
    return Person.objects.filter(phone_digest__in=digests, phone_verified_at__isnull=False).order_by("pk")


def is_own(person_id: int | None, digest: str) -> bool:
    """Whether a number, known by its digest, is one that this person has proven. One query, none where there is nothing."""
    if not (person_id and digest):
        return False
    return Person.objects.filter(pk=person_id, phone_digest=digest, phone_verified_at__isnull=False).exists()
