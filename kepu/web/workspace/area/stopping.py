"""因故停办: a coordinator stops what an area has on some days, with a list to look at first and a result of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.activities.actions import stop_each
from kepu.activities.models import Activity
from kepu.activities.stoppable import (
    STOPPABLE_ORDER,
    Days,
    is_touched,
    sessions_to_stop,
    stoppable,
    stopped,
)
from kepu.activities.workflow import Cause
from kepu.core.calendar import day_of
from kepu.core.paging import page as page_of
from kepu.core.refusals import Reason
from kepu.notices.models import Season
from kepu.orgs.models import Place, Role
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import page, reads, workspace, writes
from kepu.web.workspace.activities import showing
from kepu.web.workspace.activities.widgets import FIRST_YEAR, LAST_YEAR
from kepu.web.workspace.area.scope import area_in_scope
from kepu.web.workspace.seasons import in_season

PER_PAGE = 100  # the acts of one click
STOPPED_SHOWN = 20
AGAIN = ("first", "last", "cause", "how", "words")  # what the next hundred take over
IDS = "stop_%s"  # the form stands on the same page as the search
HOW = (("cancel", lazy("取消")), ("postpone", lazy("延期，时间另行通知")))


class SearchForm(Form):
    """Which days, and for which cause."""

    first = forms.DateField(
        label=lazy("从哪天"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last = forms.DateField(
        label=lazy("到哪天"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    cause = forms.ChoiceField(label=lazy("什么原因"), choices=Cause.choices)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", _("截止日期早于起始日期。请改正。"))
        for name in ("first", "last"):  # half typed; or past what clocks reckon with
            if (day := given.get(name)) and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, _("这个年份不对。请改正。"))
        return given

    @property
    def days(self) -> Days:
        return Days(self.cleaned_data["first"], self.cleaned_data["last"])


class StoppingForm(SearchForm):
    """What is done with those that are ticked, and what the public reads. Days and cause stand hidden in it."""

    how = forms.ChoiceField(label=lazy("怎么办"), choices=HOW, widget=forms.RadioSelect, initial="cancel")
    words = forms.CharField(
        label=lazy("写给公众的说明"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500,
        help_text=lazy("写在每项活动的最上面，原因会自动写在前面。例如：为保障公众安全，活动改日举行，请留意通知。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An activity that would be stopped, or what became of one."""

    activity: Activity
    when: str
    sessions: int = 0  # how many of several; 0: the whole
    reasons: tuple[Reason, ...] = ()


@workspace(roles=(Role.COORDINATOR,))
@in_season
@reads
def stopping(request: Request, season: Season, code: str) -> HttpResponse:
    """The days and the cause, and once they are given the list with everything ticked."""
    place = area_in_scope(request.actor, code)
    if "first" not in request.GET:
        today = day_of(request.at)
        return _page(request, place, SearchForm(initial={"first": today, "last": today}))
    search = SearchForm(request.GET)
    if not search.is_valid():
        return _page(request, place, search)
    given = {name: request.GET[name] for name in AGAIN if request.GET.get(name)}
    return _preview(
        request, season, place, search, StoppingForm(initial={"how": "cancel", **given}, auto_id=IDS)
    )


@workspace(roles=(Role.COORDINATOR,))
@in_season
@writes
def carrying_out(request: Request, season: Season, code: str) -> HttpResponse:
    """An act for each that is ticked; the answer says of each what became of it, and what is still left."""
    place = area_in_scope(request.actor, code)
    form = StoppingForm(request.POST, auto_id=IDS)
    search = SearchForm(request.POST)
    if not search.is_valid():
        return _page(request, place, search)
    ticked = {int(pk) for pk in request.POST.getlist("pk") if pk.isdecimal() and len(pk) < 19}
    if form.is_valid():
        with form.keeping_refusals():
            return _carried_out(request, season, place, form, ticked)
    return _preview(request, season, place, search, form, ticked)


def _carried_out(
    request: Request, season: Season, place: Place, form: StoppingForm, ticked: set[int]
) -> HttpResponse:
    given, days = form.cleaned_data, form.days
    rows = stoppable(request.actor, season, place.path, days, given["cause"])
    wanted = list(rows.filter(pk__in=sorted(ticked)[:PER_PAGE]).order_by(*STOPPABLE_ORDER))
    before = {one.pk: _row(one, days) for one in wanted}
    outcomes = stop_each(
        wanted, cause=Cause(given["cause"]), words=given["words"], days=days, postpone=given["how"] == "postpone",
        by=request.actor, at=request.at,
    )  # fmt: skip
    done = [
        Row(one, before[one.pk].when, before[one.pk].sessions, refusal.reasons if refusal else ())
        for one, refusal in outcomes
    ]
    refused = sum(bool(row.reasons) for row in done)
    context = {
        "place": place, "outcomes": done, "stopped": len(done) - refused, "refused": refused, "none": not ticked,
        "missing": len(ticked) - len(wanted), "again": urlencode({name: request.POST.get(name, "") for name in AGAIN}),
    }  # fmt: skip
    return page(request, "workspace/area/stopped.html", context)


def _preview(
    request: Request, season: Season, place: Place, search: SearchForm, form: StoppingForm,
    ticked: set[int] | None = None,
) -> HttpResponse:  # fmt: skip
    """What is found, all of it ticked unless somebody has unticked some; and what is stopped already."""
    days = search.days
    found = stoppable(request.actor, season, place.path, days, search.cleaned_data["cause"])
    listed = page_of(found, order=STOPPABLE_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    rows = [_row(one, days) for one in listed.items if is_touched(one, days)]
    over = list(
        stopped(request.actor, season, place.path, days).order_by(*STOPPABLE_ORDER)[: STOPPED_SHOWN + 1]
    )
    return _page(
        request, place, search, form=form, page=listed, more_over=len(over) > STOPPED_SHOWN, over=over[:STOPPED_SHOWN],
        rows=[(row, ticked is None or row.activity.pk in ticked) for row in rows], days=_said(days),
    )  # fmt: skip


def _page(request: Request, place: Place, search: SearchForm, **found: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "place": place,
        "search": search,
        "form": None,
        "rows": None,
        "over": (),
        **found,
    }
    return page(request, "workspace/area/stopping.html", context)


def _row(activity: Activity, days: Days) -> Row:
    return Row(activity, showing.span(activity), len(sessions_to_stop(activity, days)))


def _said(days: Days) -> str:
    first, last = showing.day(days.first), showing.day(days.last)
    return first if first == last else f"{first}—{last}"
