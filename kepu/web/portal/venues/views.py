"""The page of main venues."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from kepu.core import public as names
from kepu.notices.rulebook import rule_book
from kepu.web.portal.caching import public, shows
from kepu.web.portal.venues import finding, showing
from kepu.web.portal.where import season_asked, where_asked
from kepu.web.request import Request
from kepu.web.shared.views import page, reads


@public
@reads
def venues(request: Request) -> HttpResponse:
    """From the nation's main venue down to those of the place asked for, then those of the places in it. Six queries while
    the rule book is warm.
    """
    season = season_asked(request)
    if season is None:
        return page(request, "portal/none.html")
    where = where_asked(request)
    context: dict[str, Any] = {"season": season, "where": where}
    if where.place is None:
        return page(request, "portal/venues/venues.html", context, status=where.status)
    shows(request, *(names.of_place(place.path) for place in where.trail))
    own = finding.venues_of(season, where.trail)
    below = finding.venues_below(season, where.place, cursor=request.GET.get("cursor", ""))
    context |= {
        "levels": [(place, [showing.venue_of(row, request.at) for row in own[place.path]]) for place in where.trail],
        "page": below, "below": [showing.venue_of(row, request.at) for row in below.items],
        "planned": showing.said_by(showing.planned(rule_book(season), where.place, request.at)),
    }  # fmt: skip
    return page(request, "portal/venues/venues.html", context)
