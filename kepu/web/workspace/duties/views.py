"""What the unit owes: the list by deadline, and handing one in, with the figures frozen as of that instant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.contacts import is_masked
from kepu.core.refusals import verdict
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit
from kepu.returns import rules
from kepu.returns.actions import amend_return, hand_in_return, save_return
from kepu.returns.checking import THE_RECORD, form_of
from kepu.returns.delegation_rules import (
    can_delegate,
    check_write_duty,
    delegated_to,
    delegation_of,
    return_of,
)
from kepu.returns.drawing import draft_return, figures_of, in_words
from kepu.returns.models import Delegation, Return, ReturnQuerySet
from kepu.returns.queries import DutyState, duties_for, duty_for, versions_of
from kepu.returns.workflow import AMENDABLE, State
from kepu.web.request import Request
from kepu.web.shared.sources import Source, cited, source_of
from kepu.web.shared.views import done, page, reads, workspace, writes, written
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import moment
from kepu.web.workspace.duties.forms import ReturnForm
from kepu.web.workspace.people.showing import last_day
from kepu.web.workspace.seasons import in_season


@dataclass(frozen=True, slots=True)
class Shown:
    """A duty as a list shows it."""

    duty: DutyState
    badge: str
    due: str
    left: str
    source: Source | None
    only_for: str = ""

    @property
    def pressing(self) -> bool:
        left = self.duty.days_left
        return self.duty.turn == "unit" and (self.duty.late or (left is not None and 0 <= left <= 3))


def shown(duty: DutyState, season: Season | None = None) -> Shown:
    """A duty in words: by when, how long still, which clause. ``season`` leads to the clause of one no longer asked for."""
    waits = duty.turn == "unit"
    badge = "overdue" if waits and duty.late else str(duty.state)
    due = moment(duty.due) if duty.due else duty.due_words or _("没有定日期")
    source = (
        source_of(duty.owed.rule)
        if duty.owed
        else cited(duty.cite, season, duty.notice_code, duty.clause_code)
    )
    return Shown(duty, badge, due, _left(duty), source, duty.owed.only_for if duty.owed else "")


@workspace
@in_season
@reads
def duties(request: Request, season: Season) -> HttpResponse:
    """Every duty of the unit, by deadline: first what is still to do."""
    every = [shown(duty, season) for duty in duties_for(unit_of(request), season, at=request.at)]
    sections = [
        (_("要报送的"), [one for one in every if one.duty.turn == "unit"]),
        (_("已报送，等对方接收"), [one for one in every if one.duty.turn == "receiver"]),
        (_("办完的"), [one for one in every if one.duty.turn == "nobody"]),
    ]
    context = {
        "season": season,
        "sections": [(t, found) for t, found in sections if found],
        "any": bool(every),
        "delegated": list(
            delegated_to(request.actor, request.at).filter(season=season).whole().order_by("id")[:50]
        ),
    }
    return page(request, "workspace/duties/list.html", context)


@dataclass(frozen=True, slots=True)
class Case:
    """The duty in hand and whose it is: the unit's own, or another's that was handed to us."""

    unit: Unit
    season: Season
    key: str
    delegation: Delegation | None = None

    def rows(self, request: Request) -> ReturnQuerySet:
        """What may be kept of it, in scope."""
        if self.delegation is not None:
            return return_of(self.delegation)
        return rules.visible_to(request.actor).filter(unit=self.unit)

    @property
    def route(self) -> tuple[str, dict[str, Any]]:
        """The route of its page, with its arguments."""
        if self.delegation is not None:
            return "workspace:delegated", {"pk": self.delegation.pk}
        return "workspace:duty", {"key": self.key}


@workspace
@in_season
@reads
def duty(request: Request, season: Season, key: str) -> HttpResponse:
    """One duty: what is asked, what the records already say, and the form to hand it in."""
    return show(request, Case(unit_of(request), season, key))


@workspace
@in_season
@writes(back="workspace:duties")
def handing_in(request: Request, season: Season, key: str) -> HttpResponse:
    """Save what was written, hand it in, or hand in a better version of it."""
    return hand_in(request, Case(unit_of(request), season, key))


def show(request: Request, case: Case) -> HttpResponse:
    """The page of a duty."""
    state, row, in_force = _found(request, case)
    return _page(request, case, state, row, in_force, _form(request, case, state, row, in_force))


def hand_in(request: Request, case: Case) -> HttpResponse:
    """What was sent for a duty: saved, handed in, or handed in again."""
    unit, season, key = case.unit, case.season, case.key
    state, row, in_force = _found(request, case)
    form = _form(request, case, state, row, in_force, request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        given = {
            **form.given(),
            "expected_version": form.cleaned_data["version"] or 0,
            "by": request.actor,
            "at": request.at,
        }
        draft = f"duty:{season.code}:{unit.pk}:{key}"
        to, arguments = case.route
        with form.keeping_refusals():
            if request.POST.get("act") == "save":
                save_return(unit, season, key, **given)
                return done(request, _("已保存，还没有报送。"), to=to, draft=draft, **arguments)
            if row is not None and row.state in AMENDABLE:
                amend_return(row, note=written(request, "note", 2000), **given)
                return done(request, _("已重报，原来的版本还在。"), to=to, draft=draft, **arguments)
            handed = hand_in_return(unit, season, key, **given)
            said = _("已报送给%(to)s，注明逾期。") if handed.late else _("已报送给%(to)s。")
            return done(request, said % {"to": handed.receiver_name}, to=to, draft=draft, **arguments)
    return _page(request, case, state, row, in_force, form)


def _found(request: Request, case: Case) -> tuple[DutyState, Return | None, Rules]:
    """The duty as it stands for the unit, with what is kept of it. Three queries."""
    state = duty_for(case.unit, case.season, case.key, at=request.at)
    if state is None:
        raise Http404
    row = case.rows(request).filter(pk=state.return_id).whole().first() if state.return_id else None
    return state, row, rules_in_force(case.unit, case.season, at=request.at)


def _form(
    request: Request, case: Case, state: DutyState, row: Return | None, in_force: Rules, data: Any = None
) -> ReturnForm | None:  # fmt: skip
    """The form; None for what no rule asks any more. Records are drawn where nothing is kept, and when asked for."""
    if state.owed is None:
        return None
    # a mask that comes back stands for what is kept or for what the records say
    masks = data is not None and any(is_masked(text) for texts in data.lists() for text in texts[1])
    draw = masks or (data is None and (row is None or state.state is State.RELEASED or "draw" in request.GET))
    draft = draft_return(case.unit, case.season, state.key, at=request.at) if draw else None
    return ReturnForm(data, owed=state.owed, rule=form_of(state.owed, in_force), row=row, draft=draft)


def _page(
    request: Request, case: Case, state: DutyState, row: Return | None, in_force: Rules, form: ReturnForm | None
) -> HttpResponse:  # fmt: skip
    unit, season, owed = case.unit, case.season, state.owed
    parts = owed.params.parts if owed else ()
    if form is not None:
        form.ask_for_what_is_missed()
    rule = form_of(owed, in_force) if owed else None
    params: Any = rule.params if rule else None
    figures = figures_of(unit, season, at=request.at)
    given = None if case.delegation else delegation_of(unit, season, state.key, request.at)
    may = verdict(check_write_duty, request.actor, unit, season, state.key, at=request.at)
    to, arguments = case.route
    context = {
        "duty": state, "shown": shown(state, season), "row": row, "form": form, "may": may, "address": reverse(to, kwargs=arguments),
        "may_hand_in": verdict(rules.check_begun, owed, at=request.at) if owed else None,
        "amends": row is not None and row.state in AMENDABLE, "figures": in_words(figures), "of_area": figures["of"] == "area",
        "frozen": in_words(row.figures) if row is not None and row.figures else "", "season": season,
        "draft_key": f"duty:{season.code}:{unit.pk}:{state.key}", "form_rule": rule, "duty_rule": owed.rule if owed else None,
        "form_title": params.title if params else "", "unknown_form": params is not None and not params.columns_known,
        "electronic": any(part.code in THE_RECORD for part in parts),
        "versions": [(v.number, moment(v.at), v.note) for v in versions_of(row)] if row is not None else [],
        "says": owed.rule.sentence() if owed else "", "delegation": case.delegation, "given_to": given,
        "given_until": last_day(given.until) if given and given.until else "",
        "may_delegate": bool(owed) and given is None and case.delegation is None and can_delegate(request.actor, unit),
    }  # fmt: skip
    return page(request, "workspace/duties/detail.html", context)


def _left(duty: DutyState) -> str:
    if duty.turn != "unit":
        return _("逾期报送") if duty.late else ""
    if duty.days_left is None:
        return ""
    if duty.days_left < 0:
        days = -duty.days_left
        return _("过期%(n)s天") % {"n": days} if duty.late else _("期限过了%(n)s天") % {"n": days}
    if duty.late:
        return _("今天已过期")
    if duty.days_left == 0:
        return _("今天截止")
    return _("还有%(n)s天") % {"n": duty.days_left}
