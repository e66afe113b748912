"""Keeping a filing while it is written. A script asks, so the answer is JSON; nothing is ever filed here.

What cannot be kept as it is does not stop the rest: the answer names it. What somebody else has written meanwhile stays
as it is: the answer is 409, and the form's own button then shows both. The same request sent again, because its answer
was lost on the way, does nothing and gives the answer that was lost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import create_draft, edit_draft
from kepu.activities.content import fit_part
from kepu.activities.models import Activity
from kepu.core.calendar import CHINA
from kepu.core.refusals import Incomplete, Reason, Refused, StaleState
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import REFUSED, workspace
from kepu.web.workspace.acting import check_same_unit, unit_of
from kepu.web.workspace.activities.forms import FilingForm
from kepu.web.workspace.activities.questions import field_of
from kepu.web.workspace.activities.routes import route_for
from kepu.web.workspace.seasons import in_season

OVERTAKEN, CLOSED = 409, 403
UNSEEN = ("token", "version")
FIRST = 1  # the version of a draft that has just been made


def saves(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """POST only; a refusal is answered with its sentence as JSON."""

    @wraps(view)
    def saving(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return errors.not_allowed(request, ["POST"])
        try:
            return view(request, *args, **kwargs)
        except StaleState:
            return _refused(_("另一个页面已经改过这份草稿，这里先不再自动保存。请比对以后再存。"), OVERTAKEN)
        except Refused as refusal:
            return _refused(str(refusal), REFUSED if isinstance(refusal, Incomplete) else CLOSED)

    saving.only_writes = True  # type: ignore[attr-defined]
    return saving


@workspace
@in_season
@saves
def of_new(request: Request, season: Season) -> HttpResponse:
    """Make the draft at the first save, and write into it at those after: the form's token says which it is."""
    check_same_unit(request)
    form = _form(request, unit_of(request), season)
    token = form.cleaned_data.get("token")
    if token is None:
        return _refused(_("这张表缺少编号，没有保存。请重新打开新建页面。"), REFUSED)
    values, faults = fit_part(form.content())
    activity = create_draft(token, season=season, content=values, by=request.actor, at=request.at)
    return _keep(request, form, activity, values, faults, seen=form.cleaned_data.get("version") or FIRST)


@workspace
@saves
def of_draft(request: Request, pk: int) -> HttpResponse:
    """Write into the draft or the returned activity."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_edit(request.actor, activity)
    form = _form(request, activity.unit, activity.season, activity)
    values, faults = fit_part(form.content(), activity)
    return _keep(request, form, activity, values, faults, seen=form.cleaned_data.get("version"))


def _form(request: Request, host: Unit, season: Season, activity: Activity | None = None) -> FilingForm:
    in_force = rules_in_force(host, season, at=request.at)
    route = route_for(in_force, host, at=request.at, activity=activity)
    form = FilingForm(request.POST, host=host, rules=in_force, route=route, activity=activity)
    form.full_clean()
    return form


def _keep(
    request: Request, form: FilingForm, activity: Activity, values: dict[str, Any], faults: tuple[Reason, ...], *,
    seen: int | None,
) -> HttpResponse:  # fmt: skip
    if seen is None:
        return _refused(_("这张表缺少版本，没有保存。请刷新页面。"), REFUSED)
    activity = _written(request, activity, values, seen)
    left_out = _left_out(form, faults)
    time = f"{request.at.astimezone(CHINA):%H:%M}"
    said = _("%(time)s已自动保存，下面的还没有存：") if left_out else _("已自动保存 %(time)s")
    return JsonResponse({
        "sentence": said % {"time": time}, "version": activity.version, "left_out": left_out,
        "draft_key": f"activity:{activity.token}", "edit": reverse("workspace:activity-edit", args=[activity.pk]),
        "saving": reverse("workspace:activity-saving", args=[activity.pk]),
    })  # fmt: skip


def _written(request: Request, activity: Activity, values: dict[str, Any], seen: int) -> Activity:
    """The draft with what was sent. Whoever lost a race looks again: it may have been the same save, sent twice."""

    def write(draft: Activity) -> Activity:
        return edit_draft(
            draft, changes=values, expected_version=seen, while_writing=True, by=request.actor, at=request.at
        )

    try:
        return write(activity)
    except StaleState:
        return write(get_object_or_404(rules.visible_to(request.actor), pk=activity.pk))


def _left_out(form: FilingForm, faults: tuple[Reason, ...]) -> list[dict[str, str]]:
    """What was not kept: the question's id and name, and why. Each question once."""
    said = {name: str(sentences[0]) for name, sentences in form.errors.items() if name not in UNSEEN}
    for reason in faults:
        said.setdefault(field_of(reason.field), str(reason.sentence))
    return [
        {
            "to": form[name].auto_id if name in form.fields else "",
            "label": str(form[name].label) if name in form.fields else "",
            "sentence": sentence,
        }
        for name, sentence in said.items()
    ]


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)
