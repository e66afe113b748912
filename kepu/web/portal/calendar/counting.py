"""How many are on on each day: the one place where days are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q

from kepu.activities.models import PublicationDay
from kepu.activities.queries import counts_by_day
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

COLUMNS = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county"}


def by_day(
    season: Season, first: date, last: date, *, place: Place | None, trail: Sequence[Place]
) -> dict[date, int]:
    """How many activities are on on each day from ``first`` to ``last``; a day with none is left out. One query.

    ``trail`` are the places above ``place``, itself included.
    """
    if place is None or place.level in (Level.NATION, *COLUMNS):
        return counts_by_day(season, first, last, place=place)
    rows = PublicationDay.objects.filter(within(place, trail), season=season, day__gte=first, day__lte=last)
    return dict(rows.values("day").annotate(n=Count("pk")).order_by("day").values_list("day", "n"))


def within(place: Place | None, trail: Sequence[Place]) -> Q:
    """Rows of days in a place: by the column of its level; below the county by its path, among those of the nearest
    place above that has a column."""
    if place is None or place.level == Level.NATION:
        return Q()
    if place.level in COLUMNS:
        return Q(**{COLUMNS[Level(place.level)]: place.code})
    column = next(
        (
            Q(**{COLUMNS[Level(above.level)]: above.code})
            for above in reversed(trail)
            if above.level in COLUMNS
        ),
        Q(),
    )
    return column & Q(
        publication__place_path__gte=place.path, publication__place_path__lt=place.path[:-1] + "0"
    )
