"""The map: the country's places as tiles, a place's places as tiles, and the positions of what is on in a place."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kepu.core.calendar import day_of
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Level, Place
from kepu.web.portal.activities import drawing, facets, finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.caching import public, shows_place
from kepu.web.portal.map import finding as on_map
from kepu.web.portal.map import showing
from kepu.web.portal.within import address, query_of, ways, within
from kepu.web.portal.wording import full_day, hour
from kepu.web.request import Request
from kepu.web.shared.views import page, reads

WITHOUT_POSITIONS = (Level.NATION, Level.PROVINCE)


@public
@reads
def map_(request: Request) -> HttpResponse:
    """Tiles of the places inside the one asked for; from the city down also positions.

    Three queries for the country; for a place two more (itself and those above it), and from the city down one for
    positions, three at most where more than place and time is asked; one more each for a season and a unit that are asked for. Never more than
    :data:`~kepu.web.portal.activities.finding.MOST_PLACES` tiles and :data:`~kepu.web.portal.map.finding.MOST` positions.
    """
    where, here = within(request.GET), showing.here_in(request.GET.get("at", ""))
    pairs = [("at", here.text)]
    if request.GET.urlencode() != query_of(where.asked, pairs):  # one question has one address
        return HttpResponseRedirect(address("portal:map", where.asked, pairs))
    if where.season is None:
        return page(request, "portal/activities/none.html")
    place, season, asked = where.place, where.season, where.asked
    shows_place(request, place)
    trail = finding.trail_of(place) if place else []
    counted = on_map.counted_inside(season, place)
    plot = None
    if place is not None and place.level not in WITHOUT_POSITIONS:
        found = on_map.positions(asked, season, place, at=request.at)
        plot = showing.plot(found.items, here, more=found.more, at=request.at)
    words = facets.words_of(rule_book(season).lists_of(drawing.profile_at(place), request.at))
    chips = facets.chips(asked.but(place=""), words, None, where.unit)
    context: dict[str, Any] = {
        "asked": asked, "season": season, "place": place, "here": here, "plot": plot,
        "heading": _heading(place), "tiles": showing.tiles(counted, asked, pairs) if counted else None,
        "trail": _trail(asked, trail, pairs), "conditions": [chip.label for chip in chips],
        "ways": ways(asked, "portal:map"), "list_url": address("portal:activities", asked),
        "without_here": address("portal:map", asked), "kept": facets.kept(asked),
        "most": on_map.MOST, "as_of": f"{full_day(day_of(request.at))} {hour(request.at)}",
    }  # fmt: skip
    response = page(request, "portal/map/map.html", context)
    if here.text:  # where somebody stands is nobody else's business
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _heading(place: Place | None) -> str:
    return _("%(where)s的活动在哪里") % {"where": place} if place is not None else _("活动在哪里")


def _trail(asked: Asked, places: list[Place], pairs: list[tuple[str, str]]) -> list[facets.Choice]:
    """From the nation down, each step a map."""
    below = [place for place in places if place.path != "/"]
    nation = facets.Choice(
        pgettext("place", "全国"), address("portal:map", asked.but(place=""), pairs), not below
    )
    steps = [
        facets.Choice(
            place.name, address("portal:map", asked.but(place=place.code), pairs), place is below[-1]
        )
        for place in below
    ]
    return [nation, *steps]
