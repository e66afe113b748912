"""The front page of the public's site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.core import tallies
from kepu.core.calendar import ONE_DAY, day_of
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rule_book
from kepu.web.portal import season as seasons
from kepu.web.portal.activities import asking, finding, showing
from kepu.web.portal.caching import public
from kepu.web.portal.wording import full_day, hour
from kepu.web.request import Request
from kepu.web.shared.views import page, reads


@public
@reads
def home(request: Request) -> HttpResponse:
    """The season, where we are in it, and what is on. Six queries at most while the rule book is warm."""
    season = shown_season()
    if season is None:
        return page(request, "portal/none.html")
    rules = rule_book(season).rules_of(seasons.ANYBODY, request.at)
    phase = seasons.phase(rules, season.first_day, season.last_day, at=request.at)
    soon = finding.soon(season, at=request.at)
    context: dict[str, Any] = {
        "season": season, "phase": phase, "strip": seasons.strip(phase, at=request.at),
        "theme": seasons.theme(rules), "subtheme": seasons.subtheme(rules),
        "publishing": seasons.publishing(rules, request.at),
        "lists": _lists(soon, request), "figures": _figures(season),
        "as_of": f"{full_day(day_of(request.at))} {hour(request.at)}",
    }  # fmt: skip
    return page(request, "portal/home.html", context)


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    unit: str


def _figures(season: Season) -> list[Figure]:
    """What was announced and what was held, kept apart; what cannot be known yet is left out. One query."""
    counts = {measure: n for (measure, _facet), n in tallies.in_place(season.pk, "/").items()}
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


def _lists(soon: finding.Soon, request: Request) -> list[dict[str, Any]]:
    """The lists that have something in them, each with the way to all of it."""
    today = day_of(request.at)
    weekend = max(asking.weekend(today)[0], today + ONE_DAY)
    named: list[tuple[str, Any, str, Any, Any]] = [
        ("today", _("今天"), "?when=today", soon.today, today),
        ("weekend", _("本周末"), "?when=weekend", soon.weekend, weekend),
        ("later", _("接下来"), "", soon.later, None),
        ("past", _("最近办过的"), "?when=past", soon.past, None),
    ]
    return [
        {
            "key": key, "title": title, "query": query, "bare": key == "today",
            "groups": showing.groups(found, at=request.at, since=since, of=f"{key}-"),
        }
        for key, title, query, found, since in named
        if found
    ]  # fmt: skip
