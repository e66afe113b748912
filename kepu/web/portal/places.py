"""The place of a visitor: it stands in the address of the front page, so that one copy serves all who chose it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.orgs.models import Place
from kepu.web.portal.activities.finding import children_of, place_named, trail_of
from kepu.web.portal.caching import public
from kepu.web.request import Request
from kepu.web.shared.place_finding import places_named, which
from kepu.web.shared.views import page, reads

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address says of the place. ``unknown``: something that is no code of a place of ours."""

    place: Place | None = None
    unknown: str = ""

    @property
    def query(self) -> str:
        return f"?place={self.place.code}" if self.place else ""


def chosen(request: Request) -> Chosen:
    """The place in the address of the front page; the nation without one. One query where there is one."""
    code = asked(request, "place")
    if not code:
        return Chosen()
    place = Place.objects.filter(code=code).first()
    if place is None:
        return Chosen(unknown=code)
    return Chosen(place if place.path != "/" else None)


def home_of(place: Place | None) -> str:
    """The front page of a place; of the nation without one."""
    home = reverse("portal:home")
    return f"{home}?{urlencode({'place': place.code})}" if place is not None and place.path != "/" else home


@public
@reads
def choosing(request: Request) -> HttpResponse:
    """Choose a place: by its name, or step by step from the nation down. At most five queries."""
    text = "".join(asked(request, "q").split())
    found = places_named(text) if text else []
    if len(found) == 1:
        return HttpResponseRedirect(home_of(found[0]))
    return shown(request, text, found)


def shown(request: Request, text: str, found: list[Place], *, status: int = 200) -> HttpResponse:
    """The page on which a place is chosen, with what became of the name that was written."""
    code = asked(request, "in")
    inside = place_named(code) if code else None
    context = {
        "text": text, "problem": which(text, found) if text else "", "inside": inside,
        "alike": [(home_of(place), place) for place in found[:12]],
        "trail": trail_of(inside)[1:] if inside else [],
        "children": children_of(inside), "there": home_of(inside), "title": _("选地区"),
    }  # fmt: skip
    return page(request, "portal/place.html", context, status=status)


def asked(request: Request, name: str) -> str:
    """A part of the query, without what no database keeps."""
    return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST]
