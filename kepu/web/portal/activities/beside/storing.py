"""Keeping what stands beside each activity, and looking again: by the worker, a few at a time.

What is kept is looked for again when an activity is published, changed or moved; within :data:`SOON` where another one was
published that is like it; when too few of what was kept are still to come; and at the latest after :data:`LATEST` while
people can still go. One that is over is left alone once nothing is kept for it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from kepu.activities.models import Publication
from kepu.core import outbox
from kepu.core.db import in_transaction, transaction
from kepu.web.models import Beside
from kepu.web.portal.activities.beside.finding import Found, Other, find
from kepu.web.portal.activities.beside.neighbour import kept_of

SHOWN_OF_HOST, SHOWN_ALIKE = 3, 4
SOON, LATEST = timedelta(hours=1), timedelta(days=1)
OLDER = "portal.beside_older"  # outbox: activities that nothing was looked for yet
AT_ONCE = 20


@transaction
def look(pks: Collection[int], *, at: datetime) -> None:
    """Look for what stands beside these activities; those that they are now beside hear of it soon. Idempotent."""
    found = _kept(pks, at=at)
    others = {other.pk for one in found for other in (*one.of_host, *one.alike)} - set(pks)
    later = Q(look_at__isnull=True) | Q(look_at__gt=at + SOON)
    Beside.objects.filter(later, publication__in=others).update(look_at=at + SOON)


@transaction
def look_again(at: datetime) -> int:
    """Of those whose turn has come look at the next few; returns how many. One query where none is due."""
    due = Beside.objects.filter(look_at__lte=at).order_by("look_at", "publication")
    pks = list(due.select_for_update(skip_locked=True).values_list("publication", flat=True)[:AT_ONCE])
    if pks:
        _kept(pks, at=at)
    return len(pks)


def look_at_older(after: int, *, at: datetime) -> None:
    """The next few behind an id for which nobody has looked yet, and then those behind them."""
    known = Beside.objects.filter(publication=OuterRef("pk"))
    rows = Publication.objects.filter(~Exists(known), pk__gt=after).order_by("pk")
    pks = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    if pks:
        _look_and_go_on(pks, at=at)


def tell(found: Found, *, at: datetime) -> str:
    """What was found as it is kept, and when."""
    kept = [[kept_of(other.row, other.shared) for other in some] for some in (found.of_host, found.alike)]
    return json.dumps([*kept, int(at.timestamp())], ensure_ascii=False, separators=(",", ":"))


def when_again(found: Found, ends_at: datetime, *, at: datetime) -> datetime | None:
    """When it is looked for again; None where it is over and nothing is beside it."""
    turns = [_runs_out(found.of_host, SHOWN_OF_HOST), _runs_out(found.alike, SHOWN_ALIKE)]
    if ends_at > at:
        turns.append(at + LATEST)
    return min((turn for turn in turns if turn is not None), default=None)


def _runs_out(others: Iterable[Other], shown: int) -> datetime | None:
    """From when on fewer are left than are shown."""
    ends = sorted(other.ends_at for other in others)
    return ends[max(0, len(ends) - shown)] if ends else None


@in_transaction
def _kept(pks: Collection[int], *, at: datetime) -> list[Found]:
    rows = Publication.objects.select_related("activity").filter(pk__in=pks).order_by("pk")
    publications = list(rows)
    found = [find(one, one.activity.unit_id, at=at) for one in publications]
    Beside.objects.bulk_create(
        [
            Beside(
                publication_id=one.pk, found=tell(beside, at=at), found_at=at,
                look_at=when_again(beside, one.ends_at, at=at),
            )
            for one, beside in zip(publications, found, strict=True)
        ],
        update_conflicts=True, unique_fields=["publication"], update_fields=["found", "found_at", "look_at"],
    )  # fmt: skip
    return found


@transaction
def _look_and_go_on(pks: Sequence[int], *, at: datetime) -> None:
    _kept(pks, at=at)
    outbox.send(OLDER, after=pks[-1], at=at)
