"""The page on which one subscribes: what to choose, and the address of it in each format."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.caching import public
from kepu.web.portal.machines.choosing import choice_of, kept, options
from kepu.web.portal.machines.naming import (
    FORMATS,
    ICALENDAR,
    Format,
    address,
    conditions_of,
    language_asked,
    page_address,
)
from kepu.web.request import Request
from kepu.web.shared.views import page, reads


@dataclass(frozen=True, slots=True)
class Way:
    """One format of what was chosen. ``opens`` is an address that a program of the reader's own machine takes up."""

    format: Format
    address: str
    opens: str = ""


@public
@reads
def subscribe(request: Request) -> HttpResponse:
    """Each way to have these activities elsewhere. Seven queries at most; two where nothing is chosen."""
    choice = choice_of(request)
    if not choice.fault and request.GET.urlencode() != choice.asked.query():
        return HttpResponseRedirect(address("portal:subscribe", choice.asked))
    lang = language_asked()
    ways = [_way(form, whole_address(form.address(choice.asked, lang=lang))) for form in FORMATS]
    context = {
        "choice": choice, "options": options(choice, at=request.at), "kept": kept(choice), "ways": ways,
        "conditions": conditions_of(choice.question, at=request.at), "listed": page_address(choice.question),
        "notices": _notices(choice.asked.place, choice.asked.season),
        "lang": lang, "composing": address("portal:widget", choice.asked),
        "alike": [(place, address("portal:subscribe", choice.asked.but(place=place.code))) for place in choice.alike],
    }  # fmt: skip
    return page(request, "portal/machines/subscribe.html", context)


def _notices(place: str, season: str) -> dict[str, str]:
    """Where the notices of the same place are, in each format."""
    query = urlencode({name: code for name, code in (("place", place), ("season", season)) if code})
    ways = {"atom": "portal:notices-atom", "json": "portal:notices-json"}
    return {code: reverse(route) + (f"?{query}" if query else "") for code, route in ways.items()}


def _way(form: Format, where: str) -> Way:
    opens = "webcal:" + where.partition(":")[2] if form is ICALENDAR else ""
    return Way(form, where, opens)
