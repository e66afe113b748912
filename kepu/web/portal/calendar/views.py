"""The calendar: a month by the day, a day by the hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kepu.activities import lists
from kepu.core.calendar import ONE_DAY, day_of, part_of_month
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities import facets, finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.finding import Inside
from kepu.web.portal.activities.showing import Row, row_of
from kepu.web.portal.caching import public, shows_place
from kepu.web.portal.calendar import hours, months
from kepu.web.portal.within import address, query_of, ways, within
from kepu.web.portal.wording import full_day, hour, near
from kepu.web.request import Request
from kepu.web.shared.views import page, reads


@public
@reads
def calendar(request: Request) -> HttpResponse:
    """A month, or with ``?day=`` a day, of the country or of a place.

    Three queries for a month and four for a day; two more for a place that is asked for (itself and those above it),
    one more for a season.
    """
    where = within(request.GET)
    asked = Asked(place=where.asked.place, season=where.asked.season, day=where.asked.day)
    if where.season is None:
        return page(request, "portal/activities/none.html")
    span, today = (where.season.first_day, where.season.last_day), day_of(request.at)
    text = request.GET.get("month", "")
    first = months.month_asked(text, today, span)
    asked_day = _within_reach(asked.day, span)
    asked = asked.but(day=asked_day)
    pairs = [("month", f"{first:%Y-%m}" if months.is_month(text) and not asked_day else "")]
    if request.GET.urlencode() != query_of(asked, pairs):
        return HttpResponseRedirect(address("portal:calendar", asked, pairs))
    shows_place(request, where.place)
    trail = finding.trail_of(where.place) if where.place else []
    context: dict[str, Any] = {
        "season": where.season, "place": where.place, "asked": asked, "ways": ways(asked, "portal:calendar"),
        "trail": _trail(asked, trail, pairs), "inside": _inside(asked, where.place, pairs),
        "as_of": f"{full_day(today)} {hour(request.at)}",
    }  # fmt: skip
    if asked_day:
        context |= _day(where.season, where.place, trail, asked, request)
        return page(request, "portal/calendar/day.html", context)
    counts = lists.by_day(where.season, first, _end(first), place=where.place)
    month = months.month_of(first, counts, today=today, asked=asked, season=span)
    context |= {
        "month": month, "weekdays": months.WEEKDAYS, "heading": _heading(where.place, month.title),
        "earlier": address("portal:calendar", asked, [("month", month.previous)]) if month.previous else "",
        "later": address("portal:calendar", asked, [("month", month.next)]) if month.next else "",
        "now": address("portal:calendar", asked), "legend": month.legend,
    }  # fmt: skip
    return page(request, "portal/calendar/month.html", context)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the day with what begins in it."""

    key: str
    name: str
    rows: list[Row]
    counted: str
    rest_url: str


def _day(
    season: Season, place: Place | None, trail: list[Place], asked: Asked, request: Request
) -> dict[str, Any]:
    day, today = date.fromisoformat(asked.day), day_of(request.at)
    slots = hours.hours_of(season, day, place=place, trail=trail)
    earliest, latest = months.reach((season.first_day, season.last_day))
    before, after = day - ONE_DAY, day + ONE_DAY

    def on(other: date) -> str:
        return address("portal:calendar", asked.but(day=other.isoformat()))

    return {
        "day": day, "day_words": full_day(day), "near": near(day, today), "is_today": day == today,
        "hours": [_hour(slot, day, asked, request) for slot in slots],
        "heading": _heading(place, full_day(day)), "earlier": on(before) if before >= earliest else "",
        "later": on(after) if after <= _end(latest) else "", "month_url": address("portal:calendar", asked.but(day=""), [("month", f"{day:%Y-%m}")]),
        "list_url": address("portal:activities", asked),
    }  # fmt: skip


def _hour(slot: hours.Slot, day: date, asked: Asked, request: Request) -> Hour:
    early = slot.hour == hours.BEFORE
    n = slot.count
    counted = (
        _("%(n)s场以上") % {"n": n - 1}
        if n > hours.COUNTED_TO
        else ngettext("%(n)s场", "%(n)s场", n) % {"n": n}
    )
    rest = ""
    if slot.rest:
        listed = Asked(day=asked.day, place=asked.place, season=asked.season, cursor=slot.rest)
        rest = address("portal:activities", listed)
    return Hour(
        "before" if early else str(slot.hour), _("前几天开始，今天还在办") if early else f"{slot.hour}:00",
        [row_of(line, day, request.at) for line in slot.lines], counted, rest,
    )  # fmt: skip


def _within_reach(text: str, span: tuple[date, date]) -> str:
    """A day that is drawn; the nearest of those for one that is not."""
    if not text:
        return ""
    earliest, latest = months.reach(span)
    return min(max(date.fromisoformat(text), earliest), _end(latest)).isoformat()


def _end(first: date) -> date:
    return part_of_month(first.year, first.month)[1]


def _heading(place: Place | None, when: str) -> str:
    if place is None:
        return _("%(when)s的活动") % {"when": when}
    return _("%(when)s%(where)s的活动") % {"when": when, "where": place}


def _trail(asked: Asked, places: list[Place], pairs: list[tuple[str, str]]) -> list[facets.Choice]:
    below = [place for place in places if place.path != "/"]
    nation = facets.Choice(
        pgettext("place", "全国"), address("portal:calendar", asked.but(place=""), pairs), not below
    )
    return [nation, *_choices(asked, below, pairs, current=below[-1] if below else None)]


def _inside(asked: Asked, place: Place | None, pairs: list[tuple[str, str]]) -> list[facets.Choice]:
    return _choices(asked, finding.children_of(place), pairs)


def _choices(
    asked: Asked,
    places: Sequence[Place | Inside],
    pairs: list[tuple[str, str]],
    current: Place | Inside | None = None,
) -> list[facets.Choice]:
    return [
        facets.Choice(
            place.name, address("portal:calendar", asked.but(place=place.code), pairs), place is current
        )
        for place in places
    ]
