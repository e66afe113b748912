"""The front page of the public's site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.core import tallies
from kepu.core.calendar import ONE_DAY, day_of
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.web.portal import dial as dials
from kepu.web.portal import places, programme, soon
from kepu.web.portal import season as seasons
from kepu.web.portal.activities import asking, showing
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.drawing import profile_at
from kepu.web.portal.caching import public, shows_place
from kepu.web.portal.wording import full_day, hour
from kepu.web.request import Request
from kepu.web.shared.place_finding import places_named
from kepu.web.shared.views import page, reads


@public
@reads
def home(request: Request) -> HttpResponse:
    """The season of a place, where we are in it, and what is on. Sixteen queries at most while the rule book is warm, however much
    there is; eight where nothing is marked as a key activity."""
    chosen = places.chosen(request)
    if chosen.unknown:
        return _unknown_place(request, chosen.unknown)
    place = chosen.place
    if request.GET.urlencode() != chosen.query.removeprefix(
        "?"
    ):  # one page has one address, so that it is cached once
        return HttpResponseRedirect(places.home_of(place))
    season = shown_season()
    if season is None:
        return page(request, "portal/none.html")
    shows_place(request, place)
    at = request.at
    rules = rule_book(season).rules_of(profile_at(place), at)
    phase = seasons.phase(rules, season.first_day, season.last_day, at=at)
    days = programme.days_of(phase, at=at)
    counts = programme.counted(season, *days, place) if days else {}
    context: dict[str, Any] = {
        "season": season, "place": place, "phase": phase,
        "dial": dials.dial(phase.first, phase.last, at=at),
        "programme": programme.programme(phase, counts, place, at=at),
        "theme": seasons.theme(rules), "subtheme": seasons.subtheme(rules),
        "publishing": seasons.publishing(rules, at),
        "lists": _lists(soon.soon(season, place, at=at), place, request),
        "online": _online(place), "figures": _figures(season, place),
        "as_of": f"{full_day(day_of(at))} {hour(at)}",
    }  # fmt: skip
    return page(request, "portal/home.html", context)


def _unknown_place(request: Request, text: str) -> HttpResponse:
    """To the place that a name means; else to where a place is chosen, with what is wrong."""
    found = places_named(text)
    if len(found) == 1:
        return HttpResponseRedirect(places.home_of(found[0]))
    return places.shown(request, text, found, status=404)


def _list_of(place: Place | None, **asked: str) -> str:
    """The address of a list of activities, in the visitor's place."""
    query = Asked(place=place.code if place else "", **asked).query()
    return reverse("portal:activities") + (f"?{query}" if query else "")


def _online(place: Place | None) -> str:
    """Where what is on line is shown: the cloud hall where this site has one, else the list."""
    try:
        return reverse("portal:cloud")
    except NoReverseMatch:
        return _list_of(place, mode="online")


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    unit: str


def _figures(season: Season, place: Place | None) -> list[Figure]:
    """What was announced and what was held, kept apart; what cannot be known yet is left out. One query."""
    found = tallies.in_place(season.pk, place.path if place else "/")
    counts = {measure: n for (measure, facet), n in found.items() if not facet}
    announced, held = counts.get("activity.published", 0), counts.get("activity.held", 0)
    if not announced:
        return []
    online = counts.get("activity.online", 0)
    figures = [
        Figure(_("已发布活动"), f"{announced:,}", ngettext("场", "场", announced)),
        Figure(_("其中线上可以参加"), f"{online:,}", ngettext("场", "场", online)),
    ]
    if held:
        people = counts.get("participants.actual", 0)
        figures += [
            Figure(_("已经举办"), f"{held:,}", ngettext("场", "场", held)),
            Figure(_("已有参加"), f"{people:,}", _("人次")),
        ]
    return figures


def _lists(found: soon.Soon, place: Place | None, request: Request) -> list[dict[str, Any]]:
    """The lists that have something in them, each with the way to all of it."""
    today = day_of(request.at)
    weekend = max(asking.weekend(today)[0], today + ONE_DAY)
    named: list[tuple[str, Any, dict[str, str], Any, Any]] = [
        ("today", _("今天"), {"when": "today"}, found.today, today),
        ("weekend", _("本周末"), {"when": "weekend"}, found.weekend, weekend),
        ("key", _("主场和重点活动"), {"key": "1"}, found.key, None),
        ("later", _("接下来"), {}, found.later, None),
        ("past", _("最近办过的"), {"when": "past"}, found.past, None),
    ]
    return [
        {
            "key": key, "title": title, "url": _list_of(place, **asked), "bare": key == "today",
            "groups": showing.groups(listed, at=request.at, since=since, of=f"{key}-"),
        }
        for key, title, asked, listed, since in named
        if listed
    ]  # fmt: skip
