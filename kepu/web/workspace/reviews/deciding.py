"""A reviewer's decisions: approve, send back, agree to a change or not, let an exception pass, approve many at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import (
    approve_activity,
    approve_change,
    return_activity,
    return_change,
    waive_gate,
)
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.notices.rulebook import rules_in_force
from kepu.web.request import Request
from kepu.web.shared.views import done, workspace, writes, written
from kepu.web.workspace.reviews.findings import findings_on
from kepu.web.workspace.reviews.forms import ChangeReturnForm, ReturnForm
from kepu.web.workspace.reviews.views import approval_form, holder_of, review_page, reviewed


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:review")
def approval(request: Request, pk: int) -> HttpResponse:
    """Approve the filing, or agree to the change."""
    activity = reviewed(request.actor, pk)
    is_change = activity.state == State.CHANGED
    (rules.check_review_change if is_change else rules.check_approve)(request.actor, activity)
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    found = findings_on(activity, in_force, at=request.at)
    form = approval_form(activity, found, request.POST, holder=holder_of(activity, request))
    if form.is_valid():
        given: dict[str, Any] = {
            "waivers": form.waivers(), "words": form.cleaned_data["words"], "checked": form.checked(),
            "despite_claim": form.is_sure(), "expected_version": form.cleaned_data["version"],
            "by": request.actor, "at": request.at,
        }  # fmt: skip
        with form.keeping_refusals():
            if is_change:
                approve_change(activity, **given)
            else:
                approve_activity(activity, confirm_key=form.confirmed(), **given)
            return done(
                request, _words(activity, is_change) + _warning(form.unticked()), to="workspace:reviews"
            )
    return review_page(request, activity, approval=form)


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:review")
def sending_back(request: Request, pk: int) -> HttpResponse:
    """Send the filing back with reasons, or refuse the change with words."""
    activity = reviewed(request.actor, pk)
    is_change = activity.state == State.CHANGED
    (rules.check_review_change if is_change else rules.check_return)(request.actor, activity)
    form = (ChangeReturnForm if is_change else ReturnForm)(
        request.POST, activity=activity, holder=holder_of(activity, request)
    )  # fmt: skip
    if form.is_valid():
        given = form.cleaned_data
        who: dict[str, Any] = {
            "despite_claim": form.is_sure(),
            "expected_version": given["version"],
            "by": request.actor,
            "at": request.at,
        }
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


def _words(activity: Activity, is_change: bool) -> str:
    if is_change:
        return _("已同意“%(title)s”的变更，公众看到的也更新了。") % {"title": activity}
    if activity.state == State.APPROVED:
        return _("“%(title)s”已通过，等举办单位发布。") % {"title": activity}
    return _("“%(title)s”已通过这一步，转给下一个审核单位。") % {"title": activity}


def _warning(unticked: int) -> str:
    """That it was approved although something asked "in principle" was not ticked."""
    return _("“原则上”要对照的，有%(n)s条没有打勾。") % {"n": unticked} if unticked else ""
