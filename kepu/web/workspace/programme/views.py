"""本单位一览: the days ahead, what waits for whom, what is owed, incidents; to be printed, and taken away as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from kepu.activities import incident_rules
from kepu.activities.models import Activity, IncidentState
from kepu.activities.queries import unit_activities
from kepu.activities.sessions import sessions_of
from kepu.activities.workflow import TURN, State, Turn
from kepu.core.calendar import day_of, start_of_day
from kepu.core.refusals import verdict
from kepu.intake.queries import IMPORT_ORDER, unfinished
from kepu.notices.models import Season
from kepu.oversight.agenda import agenda_of
from kepu.oversight.programme import check_export, export_programme
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities import showing
from kepu.web.workspace.activities.views import turn_words
from kepu.web.workspace.activities.widgets import FIRST_YEAR, LAST_YEAR
from kepu.web.workspace.calendar.months import WEEKDAYS
from kepu.web.workspace.calendar.showing import all_shown
from kepu.web.workspace.programme.packing import name_of, packed
from kepu.web.workspace.seasons import in_season

AHEAD, MOST, FEW = timedelta(days=14), 200, 8
NOT_SHOWN = (State.WITHDRAWN, State.CANCELLED, State.ARCHIVED)
WAITING: tuple[tuple[Turn, Any, str], ...] = (
    (Turn.HOST, lazy("轮到我们"), "ours"), (Turn.REVIEWER, lazy("等审核单位"), "review"), (Turn.PUBLIC, lazy("等举办"), "public"),
)  # fmt: skip


class ExportForm(Form):
    contacts = forms.BooleanField(
        label=lazy("带上联系人的姓名和号码"), required=False,
        help_text=lazy("我知道：谁、什么时候、看了哪些联系人都会留痕，联系人本人查得到。不选，号码打码。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something on a day: the activity, its hours, and which of its sessions."""

    activity: Activity
    when: str
    what: str = ""
    turn: str = ""


@workspace
@in_season
@reads
def programme(request: Request, season: Season) -> HttpResponse:
    """A fortnight from today or from a day asked for. A fixed number of queries."""
    unit, first = unit_of(request), _first(request)
    last = first + AHEAD - timedelta(days=1)
    own = unit_activities(request.actor, season)
    counted = Counter(dict(own.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")))
    agenda = agenda_of(unit, season, at=request.at)
    owed = [entry for entry in agenda.dated if entry.asks() and entry.activity is None]
    open_ones = incident_rules.visible_to(request.actor).filter(
        season=season, activity__unit=unit, state=IncidentState.OPEN
    )
    days, is_cut = _days(own, first, last)
    context = {
        "season": season, "unit": unit, "any": sum(counted.values()), "days": days, "is_cut": is_cut, "most": MOST,
        "span": f"{showing.day(first)}—{showing.day(last)}", "earlier": _on(first - AHEAD), "later": _on(last + timedelta(days=1)),
        "today": reverse("workspace:programme"), "waiting": _waiting(own, counted), "duties": all_shown(owed[:FEW], request.at),
        "imports": list(unfinished(request.actor, season).order_by(*IMPORT_ORDER)[: FEW + 1]), "few": FEW,
        "more_duties": len(owed) > FEW, "incidents": list(open_ones.order_by("-id")[:FEW]), "as_of": showing.moment(request.at),
    }  # fmt: skip
    return page(request, "workspace/programme/programme.html", context)


@workspace
@in_season
@reads
def export(request: Request, season: Season) -> HttpResponse:
    return _export_page(request, season, ExportForm())


@workspace
@in_season
@writes
@costly("programme", person=10, per=3600)
def exporting(request: Request, season: Season) -> Any:
    """The act, then the file: everything is traced before the first byte goes out."""
    form = ExportForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            found = export_programme(
                unit_of(request),
                season,
                contacts=form.cleaned_data["contacts"],
                by=request.actor,
                at=request.at,
            )
            return FileResponse(
                packed(found), as_attachment=True, filename=name_of(found), content_type="application/zip"
            )
    return _export_page(request, season, form)


def _export_page(request: Request, season: Season, form: ExportForm) -> HttpResponse:
    allowed = verdict(check_export, request.actor, unit_of(request))
    context = {"season": season, "form": form, "may": allowed, "unit": unit_of(request)}
    return page(request, "workspace/programme/export.html", context)


def _first(request: Request) -> date:
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return day_of(request.at)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else day_of(request.at)


def _on(day: date) -> str:
    return f"{reverse('workspace:programme')}?from={day.isoformat()}"


def _days(own: Any, first: date, last: date) -> tuple[list[tuple[str, list[Item]]], bool]:
    """What begins or takes place on each day; what lasts longer stands on its first day within. One query."""
    until = start_of_day(last + timedelta(days=1))
    running = Q(starts_at__lt=until, ends_at__gt=start_of_day(first), time_pending=False)
    rows = list(own.filter(running).exclude(state__in=NOT_SHOWN).order_by("starts_at", "pk")[: MOST + 1])
    found: list[tuple[date, datetime, Item]] = []
    for activity in rows[:MOST]:
        found += [one for one in _items(activity, first) if first <= one[0] <= last]
    found.sort(key=lambda one: (one[0], one[1], one[2].activity.pk))
    by_day: dict[date, list[Item]] = {}
    for day, _at, item in found:
        by_day.setdefault(day, []).append(item)
    return [(_with_weekday(day), items) for day, items in by_day.items()], len(rows) > MOST


def _items(activity: Activity, first: date) -> Iterable[tuple[date, datetime, Item]]:
    turn = turn_words(activity)
    sessions = [s for s in sessions_of(activity) if s.starts_at and s.ends_at and not s.is_cancelled]
    if not sessions:
        assert activity.starts_at is not None  # asked for by its time
        day = max(day_of(activity.starts_at), first)
        yield day, activity.starts_at, Item(activity, showing.span(activity), activity.venue, turn)
        return
    for session in sessions:
        assert session.starts_at is not None
        assert session.ends_at is not None
        when = f"{showing.localtime(session.starts_at):%H:%M}—{showing.localtime(session.ends_at):%H:%M}"
        what = " · ".join(filter(None, (session.title, session.venue)))
        yield day_of(session.starts_at), session.starts_at, Item(activity, when, what, turn)


def _with_weekday(day: date) -> str:
    return f"{showing.day(day)} {WEEKDAYS[day.weekday()]}"


def _waiting(own: Any, counted: Counter[str]) -> list[dict[str, Any]]:
    """What waits for whom, and the few that have waited longest. A query for each that has some."""
    address = reverse("workspace:activities")
    found = []
    for turn, label, tab in WAITING:
        states = sorted(state for state in State if TURN[state] is turn)
        n = sum(counted[state] for state in states)
        rows = list(own.filter(state__in=states).order_by("turn_since", "pk")[:FEW]) if n else []
        found.append(
            {
                "label": label, "count": n, "url": f"{address}?tab={tab}",
                "rows": [(one, turn_words(one), showing.moment(one.turn_since)) for one in rows],
            }
        )  # fmt: skip
    return found
