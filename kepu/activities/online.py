"""What is online, day by day: querysets that each keep to one index, also of a million activities.

Whoever reads several of them pages them together (:func:`kepu.core.paging.page_of_all`): of the nation online and mixed lie
apart in the index, and an OR of both would be read and sorted whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kepu.activities.links import ONLINE, TAKES_PLACE
from kepu.activities.models import PublicationDay
from kepu.core.calendar import ONE_DAY, start_of_day
from kepu.core.fields import under
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

Days = QuerySet[PublicationDay]
_COLUMNS = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county"}


def online_days(season: Season, place: Place | None) -> list[Days]:
    """The days on which something goes ahead online in a place (None: the nation); together they are all of them."""
    rows = PublicationDay.objects.filter(
        season=season, publication__status__in=TAKES_PLACE, publication__time_pending=False
    )
    if place is None or place.level == Level.NATION:
        return [rows.filter(mode=mode) for mode in ONLINE]
    # said so that no database takes the nation's index by mode, and each takes the place's
    rows = rows.alias(held=Coalesce("mode", Value(""))).filter(held__in=ONLINE)
    if column := _COLUMNS.get(Level(place.level)):
        return [rows.filter(**{column: place.code})]
    town = place.code if place.level == Level.TOWN else place.path.rstrip("/").split("/")[-2]
    of_town = rows.filter(publication__season=season, publication__town=town)
    return [of_town.filter(under("publication__place_path", place.path))]


def begins_within(first: date, last: date) -> Q:
    """Days between two on which an activity or a session begins: what goes on from the day before comes once."""
    return reduce(or_, (Q(day=day, starts_at__gte=start_of_day(day)) for day in _days(first, last)))


def ends_within(first: date, last: date) -> Q:
    """Days between two on which it ends: what goes on to the day after comes once."""
    return reduce(or_, (Q(day=day, ends_at__lte=start_of_day(day + ONE_DAY)) for day in _days(first, last)))


def counted_online(
    season: Season, place: Place | None, days: Sequence[date], *, most: int = 100
) -> dict[date, int]:
    """How many are online on each of some days, counted no further than ``most``. One query, of ``most`` rows a day."""
    if not days:
        return {}
    counts: dict[str, Any] = {}
    for n, day in enumerate(days):
        parts: list[Any] = [
            Counted(rows.filter(day=day).order_by().values("pk")[:most])
            for rows in online_days(season, place)
        ]
        counts[f"day_{n}"] = reduce(add, parts)
    row = Season.objects.filter(pk=season.pk).values_list(*counts.values())
    found = next(iter(row.order_by("pk")), (0,) * len(days))
    return {day: min(int(n), most) for day, n in zip(days, found, strict=True)}


class Counted(Subquery):
    """The number of rows of a query, which says itself where to stop."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _days(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]
