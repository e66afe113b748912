"""Fetching what activities show. The number of queries and the work are fixed, however many activities there are."""

from __future__ import annotations

from kepu.activities.models import Picture, Publication, PublicationStatus
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

LOOKED_AT = 1000  # the newest pictures that are looked through
SHOWN = 24


def lately_pictured(season: Season, place: Place) -> list[Publication]:
    """Activities of a place among those that got the newest pictures, the newest copy first; none that is cancelled.

    One query. ``in_public`` picks the pictures; which of them the public sees, the copy itself says.
    """
    newest = Picture.objects.in_public().order_by("-pk").values("activity_id")[:LOOKED_AT]
    rows = Publication.objects.filter(pk__in=newest, season=season).exclude(
        status=PublicationStatus.CANCELLED
    )
    if place.level != Level.NATION:
        rows = rows.under(place.path)
    return list(rows.order_by("-updated_at", "-pk")[:SHOWN])
