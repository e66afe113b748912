"""The notices in each format. Both take ``place``, ``season``, ``cursor``, ``size`` and ``lang``."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from kepu.core.calendar import day_of, start_of_day
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.machines import atom, jsonfeed
from kepu.web.portal.machines.naming import language_asked
from kepu.web.portal.machines.notices.asking import Asked, Found, asked_by, find
from kepu.web.portal.machines.notices.writing import Frame, as_atom, as_json
from kepu.web.portal.machines.question import size_of
from kepu.web.portal.machines.serving import for_machines
from kepu.web.request import Request

KEPT = 300  # seconds a reader goes by what it has
USUAL, MOST = 50, 200


@for_machines(seconds=KEPT)
def atom_feed(request: Request) -> HttpResponse:
    """Four queries; one more for a place."""
    asked, found, frame = _page(request, "portal:notices-atom")
    first_day = asked.season.first_day if asked.season else day_of(request.at)
    text = as_atom(found, frame, updated=start_of_day(first_day))
    return HttpResponse(text, content_type=atom.CONTENT_TYPE)


@for_machines(as_json=True, seconds=KEPT)
def json_feed(request: Request) -> HttpResponse:
    """Four queries; one more for a place."""
    _asked, found, frame = _page(request, "portal:notices-json")
    return HttpResponse(as_json(found, frame), content_type=jsonfeed.CONTENT_TYPE)


def _page(request: Request, route: str) -> tuple[Asked, Found, Frame]:
    size = size_of(request, usual=USUAL, most=MOST)
    asked = asked_by(request)
    found = find(asked, cursor=request.GET.get("cursor", ""), size=size)
    following = ""
    if found.next:
        kept = {name: request.GET.get(name, "") for name in ("place", "season", "size")}
        following = _address(route, **kept, lang=language_asked(), cursor=found.next)
    season = asked.season.code if asked.season and request.GET.get("season") else ""
    page = _address("portal:notices", season=season)
    if asked.place is not None:
        page = _address("portal:in-force", place=asked.place.code, season=season)
    frame = Frame(asked.title, page, whole_address(request.get_full_path()), following, request.LANGUAGE_CODE)
    return asked, found, frame


def _address(route: str, **words: str) -> str:
    query = urlencode({name: value for name, value in words.items() if value})
    return whole_address(reverse(route) + (f"?{query}" if query else ""))
