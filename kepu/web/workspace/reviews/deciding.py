"""A reviewer's decisions: approve, send back, agree to a change or not, let an exception pass, approve many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.activities import queries, rules
from kepu.activities.actions import (
    approve_activity,
    approve_change,
    approve_each,
    return_activity,
    return_change,
    waive_gate,
)
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.refusals import Reason, Refused
from kepu.notices.rulebook import rules_in_force
from kepu.web.request import Request
from kepu.web.shared.views import done, page, workspace, writes, written
from kepu.web.workspace.reviews.findings import findings_on
from kepu.web.workspace.reviews.forms import ChangeReturnForm, ReturnForm
from kepu.web.workspace.reviews.views import PER_PAGE, approval_form, review_page, reviewed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many: approved, or why not."""

    activity: Activity
    reasons: tuple[Reason, ...]


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:review")
def approval(request: Request, pk: int) -> HttpResponse:
    """Approve the filing, or agree to the change."""
    activity = reviewed(request.actor, pk)
    is_change = activity.state == State.CHANGED
    (rules.check_review_change if is_change else rules.check_approve)(request.actor, activity)
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    form = approval_form(activity, findings_on(activity, in_force, at=request.at), request.POST)
    if form.is_valid():
        given: dict[str, Any] = {
            "waivers": form.waivers(), "words": form.cleaned_data["words"], "expected_version": form.cleaned_data["version"],
            "by": request.actor, "at": request.at,
        }  # fmt: skip
        with form.keeping_refusals():
            if is_change:
                approve_change(activity, **given)
            else:
                approve_activity(activity, confirm_key=form.confirmed(), **given)
            return done(request, _words(activity, is_change), to="workspace:reviews")
    return review_page(request, activity, approval=form)


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:review")
def sending_back(request: Request, pk: int) -> HttpResponse:
    """Send the filing back with reasons, or refuse the change with words."""
    activity = reviewed(request.actor, pk)
    is_change = activity.state == State.CHANGED
    (rules.check_review_change if is_change else rules.check_return)(request.actor, activity)
    form = (ChangeReturnForm if is_change else ReturnForm)(request.POST, activity=activity)
    if form.is_valid():
        given = form.cleaned_data
        who: dict[str, Any] = {"expected_version": given["version"], "by": request.actor, "at": request.at}
        with form.keeping_refusals():
            if is_change:
                return_change(activity, words=given["words"], **who)
                return done(request, _("没有同意这次变更，已告诉举办单位。"), to="workspace:reviews")
            return_activity(activity, reasons=given["reasons"], words=given["words"], **who)
            return done(
                request,
                _("“%(title)s”已退回，等举办单位修改。") % {"title": activity},
                to="workspace:reviews",
            )
    return review_page(request, activity, **{"return": form})


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:review")
def waiver(request: Request, pk: int) -> HttpResponse:
    """Let one "in principle" pass after the approval."""
    activity = reviewed(request.actor, pk)
    key, reason = written(request, "key", 120), written(request, "reason", 500)
    waive_gate(activity, key=key, reason=reason, by=request.actor, at=request.at)
    return done(request, _("已同意例外。"), to="workspace:review", pk=pk)


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:reviews")
def approvals(request: Request) -> HttpResponse:
    """Approve the ticked ones, each in an act of its own; the answer says of each what became of it."""
    ticked = [int(pk) for pk in request.POST.getlist("pk") if pk.isdecimal() and len(pk) < 19][:PER_PAGE]
    ours = rules.visible_to(request.actor).filter(reviewing_unit_id=request.actor.unit_id, pk__in=ticked)
    wanted = list(ours.order_by(*queries.INBOX_ORDER))
    results = approve_each(wanted, words=written(request, "words", 2000), by=request.actor, at=request.at)
    outcomes = [Outcome(activity, _reasons(refusal)) for activity, refusal in results]
    passed = [one for one in outcomes if not one.reasons]
    context = {
        "outcomes": outcomes, "passed": len(passed), "refused": len(outcomes) - len(passed),
        "missing": len(set(ticked)) - len(wanted), "none": not ticked,
    }  # fmt: skip
    return page(request, "workspace/reviews/approvals.html", context)


def _reasons(refusal: Refused | None) -> tuple[Reason, ...]:
    return refusal.reasons if refusal is not None else ()


def _words(activity: Activity, is_change: bool) -> str:
    if is_change:
        return _("已同意“%(title)s”的变更，公众看到的也更新了。") % {"title": activity}
    if activity.state == State.APPROVED:
        return _("“%(title)s”已通过，等举办单位发布。") % {"title": activity}
    return _("“%(title)s”已通过这一步，转给下一个审核单位。") % {"title": activity}
