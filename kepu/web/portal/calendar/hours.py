"""A day by the hour: the first few that begin in each, and how many there are, as far as is worth counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kepu.activities.lines import DAY_ORDER
from kepu.activities.models import PublicationDay
from kepu.core.calendar import start_of_day
from kepu.core.paging import cursor_after
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities.finding import Line
from kepu.web.portal.calendar.counting import within

IN_AN_HOUR = 6  # lines shown
COUNTED_TO = 99
BEFORE = -1  # the slot of what began on an earlier day and goes on


@dataclass(frozen=True, slots=True)
class Slot:
    """What begins in an hour of a day (:data:`BEFORE` for what goes on from earlier days)."""

    hour: int
    lines: Sequence[Line]
    count: int  # one more than COUNTED_TO where there are more
    rest: str  # the cursor of the list of the day behind these; "" where all are shown


def hours_of(season: Season, day: date, *, place: Place | None, trail: Sequence[Place]) -> list[Slot]:
    """The hours of a day in which something begins, in their order. Two queries.

    However many there are on the day, no more than ``COUNTED_TO + 1`` entries of an index are read for each hour.
    """
    rows = PublicationDay.objects.filter(within(place, trail), season=season, day=day)
    counted = _first_of_each(rows, day)
    wanted = [pk for pks in counted.values() for pk in pks[:IN_AN_HOUR]]
    found = (
        PublicationDay.objects.filter(pk__in=wanted)
        .select_related("publication")
        .defer("publication__content")
    )
    by_pk = {row.pk: row for row in found.order_by(*DAY_ORDER)}
    return [_slot(hour, pks, by_pk) for hour, pks in sorted(counted.items())]


def _first_of_each(rows: QuerySet[PublicationDay], day: date) -> dict[int, list[int]]:
    """The first of each hour by its number, in the order of time."""
    midnight = start_of_day(day)
    bounds: list[tuple[datetime | None, datetime | None]] = [(None, midnight)]
    bounds += [(midnight + timedelta(hours=n), midnight + timedelta(hours=n + 1)) for n in range(24)]
    parts = [_part(rows, since, until) for since, until in bounds]
    starts = parts[0].union(*parts[1:], all=True).values_list("starts_at", "publication_id", "pk")
    counted: dict[int, list[int]] = {}
    for starts_at, _publication, pk in sorted(starts):
        hour = BEFORE if starts_at < midnight else int((starts_at - midnight).total_seconds() // 3600)
        counted.setdefault(hour, []).append(pk)
    return counted


def _part(
    rows: QuerySet[PublicationDay], since: datetime | None, until: datetime | None
) -> QuerySet[PublicationDay]:
    """No more than are counted; inside a query of its own, because SQLite takes no limit in a union."""
    some = rows.filter(starts_at__gte=since) if since else rows
    some = some.filter(starts_at__lt=until) if until else some
    first = some.order_by(*DAY_ORDER).values("pk")[: COUNTED_TO + 1]
    return PublicationDay.objects.filter(pk__in=first).order_by()


def _slot(hour: int, pks: Sequence[int], by_pk: dict[int, PublicationDay]) -> Slot:
    shown = [by_pk[pk] for pk in pks[:IN_AN_HOUR] if pk in by_pk]
    rest = cursor_after(shown[-1], DAY_ORDER) if shown and len(pks) > len(shown) else ""
    return Slot(hour, [Line.of(row) for row in shown], len(pks), rest)
