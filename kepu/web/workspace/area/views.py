"""The board of an area, and those behind each of its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core import tallies
from kepu.core.paging import page as page_of
from kepu.core.refusals import verdict
from kepu.notices.inheritance import InForce
from kepu.notices.kinds.quota import Quota
from kepu.notices.kinds.window import Window
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book, rules_in_force
from kepu.orgs.actor import OVERSEEING, TRACING
from kepu.orgs.models import Place, Role, Unit
from kepu.orgs.queries import units_in_scope
from kepu.oversight.matrix import demands_on
from kepu.oversight.online import days_without_online
from kepu.oversight.progress import DutyProgress, area_figures, duties_progress
from kepu.oversight.quotas import quota_board
from kepu.returns import rules as may
from kepu.returns.actions import release_duty
from kepu.returns.bound import duties_bound
from kepu.returns.queries import duty_for, outstanding
from kepu.returns.workflow import State
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.sources import source_of, source_of_clauses
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import day, moment
from kepu.web.workspace.area.quotas import split
from kepu.web.workspace.area.scope import area_in_scope, roots, trail_to
from kepu.web.workspace.seasons import in_season

PER_PAGE, QUOTAS_ON_BOARD = 40, 12
MEASURES = ("activity.filed", "activity.published", "activity.key", "activity.held", "participants.actual")
BROADCASTS = "activity.broadcast"


class ReleaseForm(Form):
    reason = forms.CharField(
        label=lazy("为什么免报"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=lazy("这个单位会看到。"),
    )


@workspace(roles=OVERSEEING)
@reads
def areas(request: Request) -> HttpResponse:
    """The areas overseen; with one there is nothing to choose."""
    places = roots(request.actor)
    if len(places) == 1:
        return redirect_to("workspace:area", code=places[0].code)
    return page(request, "workspace/area/choose.html", {"places": places})


@workspace(roles=OVERSEEING)
@in_season
@reads
def area(request: Request, season: Season, code: str) -> HttpResponse:
    """An area's figures, its parts, its quotas, its duties, its days without anything online."""
    place = area_in_scope(request.actor, code)
    who: dict[str, Any] = {"actor": request.actor, "at": request.at}
    names = rule_book(season).names
    board = quota_board(place.path, season, size=QUOTAS_ON_BOARD, **who)
    bars, uncounted = split(board.rows)
    parts = page_of(
        Place.objects.filter(parent=place),
        order=("code",),
        cursor=request.GET.get("cursor", ""),
        size=PER_PAGE,
    )
    counts = (
        tallies.in_places(season.pk, (*MEASURES, BROADCASTS), [part.path for part in parts.items])
        if parts.items
        else {}
    )
    context = {
        "place": place, "season": season, "trail": trail_to(place, request.actor), "as_of": moment(request.at),
        "figures": area_figures(place.path, season, **who), "page": parts,
        **_parts(parts.items, counts),
        "bars": bars, "uncounted": uncounted, "more_quotas": bool(board.next),
        "duties": [_progress(duty, place.path, names) for duty in duties_progress(place.path, season, **who)], "quiet": _quiet_days(request, season, place),
        "matrix": _matrix(request, season, place, parts.items, counts, names),
        "may_stop": request.actor.reaches(Role.COORDINATOR, place=place.path),
        "may_trace": request.actor.reaches(*TRACING, place=place.path),
    }  # fmt: skip
    return page(request, "workspace/area/board.html", context)


@workspace(roles=OVERSEEING)
@in_season
@reads
def quotas(request: Request, season: Season, code: str) -> HttpResponse:
    """Every quota of the units of an area, a page at a time."""
    place = area_in_scope(request.actor, code)
    board = quota_board(
        place.path,
        season,
        actor=request.actor,
        at=request.at,
        cursor=request.GET.get("cursor", ""),
        size=PER_PAGE,
    )
    bars, uncounted = split(board.rows)
    context = {
        "place": place,
        "page": board,
        "bars": bars,
        "uncounted": uncounted,
        "as_of": moment(board.as_of),
    }
    return page(request, "workspace/area/quotas.html", context)


@workspace(roles=OVERSEEING)
@in_season
@reads
def outstanding_units(request: Request, season: Season, code: str, key: str) -> HttpResponse:
    """Who has not answered a duty yet."""
    place = area_in_scope(request.actor, code)
    duty = get_duty(season, key, request)
    found = outstanding(
        season,
        key,
        place.path,
        actor=request.actor,
        at=request.at,
        cursor=request.GET.get("cursor", ""),
        size=PER_PAGE,
    )
    rows = [{"unit": unit, "state": State(unit.return_state or State.OPEN)} for unit in found.items]  # type: ignore[attr-defined]
    source = source_of_clauses(key, duty.clauses_for(place.path), place.path, rule_book(season).names)
    context = {
        "place": place, "title": duty.title, "key": key, "page": found, "rows": rows, "source": source,
        "may_release": request.actor.holds(Role.COORDINATOR), "as_of": moment(request.at),
    }  # fmt: skip
    return page(request, "workspace/area/outstanding.html", context)


@workspace(roles=OVERSEEING)
@in_season
@reads
def release(request: Request, season: Season, code: str, key: str, unit: int) -> HttpResponse:
    return _release(request, season, area_in_scope(request.actor, code), key, unit, ReleaseForm())


@workspace(roles=OVERSEEING)
@in_season
@writes
def releasing(request: Request, season: Season, code: str, key: str, unit: int) -> HttpResponse:
    """Let a unit off a duty, with a reason."""
    place = area_in_scope(request.actor, code)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        it = _unit(request, place, unit)
        with form.keeping_refusals():
            release_duty(it, season, key, reason=form.cleaned_data["reason"], by=request.actor, at=request.at)
            return done(
                request,
                _("“%(unit)s”这一项可以不报。") % {"unit": it.name},
                to="workspace:area-duty",
                code=code,
                key=key,
            )
    return _release(request, season, place, key, unit, form)


def get_duty(season: Season, key: str, request: Request) -> Any:
    """The duty of a key that binds somebody now. Raises Http404 where none does."""
    duty = duties_bound(season, at=request.at).get(key)
    if duty is None:
        raise Http404
    return duty


def _release(
    request: Request, season: Season, place: Place, key: str, unit: int, form: ReleaseForm
) -> HttpResponse:  # fmt: skip
    it = _unit(request, place, unit)
    state = duty_for(it, season, key, at=request.at)
    title = get_duty(season, key, request).title
    allowed = (
        verdict(may.check_release, request.actor, it, state.owed)
        if state is not None and state.owed is not None
        else None
    )
    context = {
        "place": place,
        "unit": it,
        "title": title,
        "key": key,
        "form": form,
        "may": allowed,
        "state": state,
        "rule": state.owed.rule if state is not None and state.owed is not None else None,
    }
    return page(request, "workspace/area/release.html", context)


def _unit(request: Request, place: Place, unit: int) -> Unit:
    found: Unit = get_object_or_404(units_in_scope(request.actor).under(place.path), pk=unit)
    return found


def _parts(parts: Sequence[Place], counts: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The parts with their numbers, and apart from them, by name only, those in which nothing has been filed yet."""
    rows = [(part, [counts[part.path][measure] for measure in MEASURES]) for part in parts]
    return {
        "parts": [row for row in rows if any(row[1])],
        "silent": [part for part, numbers in rows if not any(numbers)],
    }


def _progress(duty: DutyProgress, area: str, names: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "duty": duty,
        "answered": duty.bound - duty.outstanding,
        "source": source_of_clauses(duty.key, duty.clauses, area, names),
    }


def _quiet_days(request: Request, season: Season, place: Place) -> dict[str, Any] | None:
    """The days of the concentrated week on which nothing is online; None where no notice names a week."""
    rules = rules_in_force(unit_of(request), season, at=request.at)
    rule = rules.get("window.concentrated")
    if rule is None or not isinstance(rule.params, Window):
        return None
    days: Sequence[Any] = days_without_online(season, place, rule.params)
    asked = next((one for one in rules.of_kind("quota") if _asks_daily(one)), None)
    return {
        "days": [day(d) for d in days], "window": rule.sentence(), "source": source_of(rule),
        "asked": source_of(asked) if asked is not None else None, "code": "" if place.path == "/" else place.code,
    }  # fmt: skip


def _asks_daily(rule: InForce) -> bool:
    """Whether a rule asks for something online on every day (NA-54, DG-34)."""
    return isinstance(rule.params, Quota) and (rule.params.of, rule.params.per) == (
        "online_activities",
        "day",
    )


def _matrix(
    request: Request, season: Season, place: Place, parts: Sequence[Place], counts: Mapping[str, Mapping[str, int]],
    names: Mapping[str, Any],
) -> dict[str, Any] | None:  # fmt: skip
    """Which of the places on the page still lack the broadcast that is asked of each; None where nobody asks. No query."""
    demands = demands_on(season, place, parts[0].level, at=request.at) if parts else ()
    asked = [
        (one, source_of_clauses(one.key, one.clauses, place.path, names)) for one in demands if one.clauses
    ]
    if not asked:
        return None
    live = next((one for one, _source in asked if one.measure == BROADCASTS and not one.not_counted), None)
    lacking = [
        part for part in parts if live is not None and counts[part.path][BROADCASTS] < (live.least or 0)
    ]
    return {
        "demands": asked, "lacking": lacking, "counted": live is not None, "code": "" if place.path == "/" else place.code
    }  # fmt: skip
