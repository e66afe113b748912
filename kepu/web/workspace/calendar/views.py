"""One calendar of everything that has a date for the unit: by month, and as a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.notices.models import Season
from kepu.oversight.agenda import Agenda, agenda_of
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import day as day_words
from kepu.web.workspace.calendar.months import WEEKDAYS, month_asked, month_of
from kepu.web.workspace.calendar.showing import Shown, all_shown
from kepu.web.workspace.seasons import in_season

Group = dict[str, Any]


@workspace
@in_season
@reads
def calendar(request: Request, season: Season) -> HttpResponse:
    """A month with its days; with ``?view=list`` everything there is, day by day."""
    unit, today = unit_of(request), day_of(request.at)
    agenda = agenda_of(unit, season, at=request.at)
    first = month_asked(request.GET.get("month", ""), today)
    as_list = request.GET.get("view") == "list"
    context: dict[str, Any] = {
        "season": season, "unit": unit, "tabs": _tabs(first, as_list), "as_list": as_list, "is_cut": agenda.is_cut,
        "pending": all_shown(agenda.pending, request.at), "this_month": f"{today:%Y-%m}",
    }  # fmt: skip
    context |= _whole(agenda, request) if as_list else _month(agenda, first, request)
    return page(request, "workspace/calendar/calendar.html", context)


def _month(agenda: Agenda, first: date, request: Request) -> dict[str, Any]:
    """The entries of one month: in the month's fields, in full below, and what lasts all through it apart."""
    today = day_of(request.at)
    month = month_of(first, (), today)
    every = all_shown(agenda.between(month.first, month.last), request.at)
    long = [one for one in every if _lasts(one, month.first, month.last)]
    others = [one for one in every if one not in long]
    month = month_of(first, others, today)
    return {
        "month": month, "weekdays": WEEKDAYS, "groups": _by_day(others, today, since=month.first),
        "lasting": long, "nearest": "" if every else _nearest(agenda, month.first, month.last),
    }  # fmt: skip


def _whole(agenda: Agenda, request: Request) -> dict[str, Any]:
    """Every entry of the season: what is to come first, what is past folded below."""
    today = day_of(request.at)
    every = all_shown(agenda.dated, request.at)
    ahead = [one for one in every if one.entry.span is not None and one.entry.span.last >= today]
    # what is past its day and still waits for the unit is not past
    waits = [one for one in every if one not in ahead and one.pressing]
    past = [one for one in every if one not in ahead and one not in waits]
    return {
        "waits": waits, "groups": _by_day(ahead, today, since=today), "past": _by_day(past, today), "any": bool(every),
    }  # fmt: skip


def _by_day(entries: Iterable[Shown], today: date, *, since: date | None = None) -> list[Group]:
    """Entries under the day on which they are read: a deadline's last day, the first day (from ``since`` on) otherwise."""

    def when(one: Shown) -> date:
        span = one.entry.span
        assert span is not None
        start = span.last if one.entry.is_deadline else span.first
        return max(start, since) if since is not None else start

    ordered = sorted(entries, key=lambda one: (when(one), not one.entry.is_deadline))
    return [
        {
            "day": day, "words": day_words(day), "anchor": f"day-{day:%Y-%m-%d}", "entries": list(found),
            "weekday": WEEKDAYS[day.weekday()], "is_today": day == today,
        }
        for day, found in groupby(ordered, key=when)
    ]  # fmt: skip


def _lasts(one: Shown, first: date, last: date) -> bool:
    """Whether it is on from before a month until after it."""
    span = one.entry.span
    return span is not None and not one.entry.is_deadline and span.first < first and span.last > last


def _nearest(agenda: Agenda, first: date, last: date) -> str:
    """The address of the month of the next entry, or of the last one before: where an empty month leads to."""
    after = [e.span.first for e in agenda.dated if e.span and e.span.first > last]
    before = [e.span.last for e in agenda.dated if e.span and e.span.last < first]
    found: Sequence[date] = [min(after)] if after else [max(before)] if before else ()
    return f"?month={found[0]:%Y-%m}" if found else ""


def _tabs(first: date, as_list: bool) -> list[dict[str, Any]]:
    address = reverse("workspace:calendar")
    return [
        {"label": _("按月"), "url": f"{address}?month={first:%Y-%m}", "current": not as_list, "count": None},
        {"label": _("列表"), "url": f"{address}?view=list", "current": as_list, "count": None},
    ]
