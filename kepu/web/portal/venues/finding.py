"""Fetching the main venues of a season. Each function says its number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from kepu.activities.models import Publication
from kepu.activities.models.publication import PublicationQuerySet
from kepu.core.paging import Page, page
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

ORDER = ("place_path", "venue_rank", "pk")
MOST_ABOVE = 24
PER_PAGE = 20
RANKS = {level: rank for rank, level in enumerate(Level)}


def venues_of(season: Season, trail: Sequence[Place]) -> dict[str, list[Publication]]:
    """The main venues that are a place's own, for each place of a trail: {path: venues}. One query.

    The nation's may lie anywhere; a province's in the province, and so on down.
    """
    if not trail:
        return {}
    # a query for each level in one statement: an OR of them would not keep to the index
    first, *others = (
        _of_season(season, place).filter(venue_rank=RANKS[Level(place.level)]).order_by() for place in trail
    )
    rows = first.union(*others, all=True) if others else first
    found: dict[str, list[Publication]] = {place.path: [] for place in trail}
    for row in rows.order_by("venue_rank", "starts_at", "pk")[:MOST_ABOVE]:
        place = next(p for p in trail if RANKS[Level(p.level)] == row.venue_rank and p.covers(row.place_path))
        found[place.path].append(row)
    return found


def venues_below(season: Season, place: Place, *, cursor: str = "") -> Page[Publication]:
    """The main venues of the places in a place, place by place. One query."""
    rows = _of_season(season, place).filter(venue_rank__gt=RANKS[Level(place.level)])
    return page(rows, order=ORDER, cursor=cursor, size=PER_PAGE)


def _of_season(season: Season, place: Place) -> PublicationQuerySet:
    """The main venues in a place: a range of their own index."""
    return Publication.objects.under(place.path).filter(season=season, venue_rank__isnull=False)
