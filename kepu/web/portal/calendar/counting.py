"""Which rows of days lie in a place."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from kepu.orgs.models import Level, Place

COLUMNS = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county"}


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
