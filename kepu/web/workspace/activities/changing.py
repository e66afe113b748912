"""Changing an approved or published activity: the questions of the filing again, and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import change_activity
from kepu.activities.content import changed_only, cleaned, from_plain
from kepu.activities.models import MATERIAL, Activity
from kepu.activities.queries import texts_approved
from kepu.activities.sessions import spanned, with_standing
from kepu.activities.weighing import Weighed, weigh
from kepu.activities.workflow import State
from kepu.core.refusals import Incomplete, verdict
from kepu.notices.rulebook import rules_in_force
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.activities.filing import draft_key, overtaken
from kepu.web.workspace.activities.forms import ChangeForm
from kepu.web.workspace.activities.history import field_label
from kepu.web.workspace.activities.laying_out import laid_out
from kepu.web.workspace.activities.routes import route_for
from kepu.web.workspace.activities.sessions import redrawn
from kepu.web.workspace.activities.showing import Difference
from kepu.web.workspace.activities.steps import steps_of


@workspace
@reads
def change(request: Request, pk: int) -> HttpResponse:
    """The form with what stands now; a change that was not agreed to is taken up again."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    return _page(request, _form(request, activity), activity)


@workspace
@writes(back="workspace:activity")
def changing(request: Request, pk: int) -> HttpResponse:
    """Propose the change, or publish it at once where nobody relies on it."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_change(request.actor, activity)
    if asked := redrawn(request.POST):
        data, fault, new_row = asked
        form = _form(request, activity, data)
        form.drawn_anew(fault, new_row)
        return _page(request, form, activity)
    form = _form(request, activity, request.POST)
    if "weigh" in request.POST:
        return _page(request, form, activity, status=200)
    theirs: list[Difference] = []
    if form.is_valid():
        key = draft_key(request, activity)
        with form.keeping_refusals():
            before, public, timed = activity.version, activity.public_version, activity.publish_at
            change_activity(
                activity, changes=form.content(), expected_version=form.cleaned_data["version"], **_said(form),
                reason=form.cleaned_data["reason"], by=request.actor, at=request.at,
            )  # fmt: skip
            words = _words(activity, before, public)
            if timed and not activity.publish_at:
                words += _("定好的发布时间不算了，审核通过后请再定。")
            return done(request, words, to="workspace:activity", draft=key, pk=pk)
        seen = form.cleaned_data["version"]
        theirs = overtaken(form, activity, form.content(), seen=seen)
    return _page(request, form, activity, theirs=theirs)


def _words(activity: Activity, before: int, public: int) -> str:
    if activity.version == before:
        return _("内容没有改动。")
    if activity.state in (State.CHANGED, State.FILED):
        if activity.public_version > public:
            return _("不用审核的已经生效，其余的已交审核单位审核。")
        return _("变更已交审核单位审核。同意以前，公众看到的不变。")
    return _("已变更，公众看到的也更新了。") if activity.public_version else _("已变更。")


def _said(form: ChangeForm) -> dict[str, bool]:
    return {name: form.cleaned_data[name] for name in ("typing_errors", "apart")}


def _weighed(form: ChangeForm, activity: Activity) -> Weighed:
    """What would become of what stands in the form; an answer that is not fit for its question is left out."""
    if not form.is_bound:
        return Weighed()
    values: dict[str, Any] = {}
    for name, value in form.content().items():
        try:
            values |= cleaned({name: value})
        except Incomplete:
            continue
    values = changed_only(activity, spanned(with_standing(values, activity), activity))
    said = _said(form)
    return weigh(activity, values, **said, approved=texts_approved(activity) if said["typing_errors"] else {})


def _form(request: Request, activity: Activity, data: Any = None) -> ChangeForm:
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    route = route_for(in_force, activity.unit, at=request.at, activity=activity)
    proposed = {
        name.removesuffix("_id"): value for name, value in from_plain(activity.proposed or {}).items()
    }
    if "place" in proposed:
        proposed["place"] = str(proposed["place"])
    return ChangeForm(
        data, host=activity.unit, rules=in_force, route=route, activity=activity, initial=proposed
    )


def _page(
    request: Request, form: ChangeForm, activity: Activity, status: int | None = None, *,
    theirs: list[Difference] | None = None,
) -> HttpResponse:  # fmt: skip
    weighed = _weighed(form, activity)
    in_order = sorted(
        {**weighed.material, **weighed.at_once}, key=lambda name: _in_order(name.removesuffix("_id"))
    )
    form.sessions.widget.action = reverse("workspace:activity-change", args=[activity.pk])
    context = {
        "weighed": weighed, "effects": [(field_label(name), name in weighed.material) for name in in_order],
        "form": form, "steps": steps_of(form), "theirs": theirs or [], "activity": activity, "may": verdict(rules.check_change, request.actor, activity),
        "draft_key": draft_key(request, activity), "was_proposed": bool(activity.proposed) and activity.state != State.CHANGED,
        "material": [field_label(name) for name in sorted(MATERIAL, key=_in_order)], **laid_out(form),
    }  # fmt: skip
    return page(request, "workspace/activities/change.html", context, pieces=("weighed",), status=status)


def _in_order(name: str) -> int:
    return [f.name for f in Activity._meta.get_fields()].index(name)
