"""Writing an activity: new, edit; save at any time, or file at once. What was typed is never lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import create_draft, edit_draft, file_activity
from kepu.activities.models import Activity, Decision, ReviewNote
from kepu.activities.queries import notes_on
from kepu.activities.workflow import WITH_AUTHOR, State
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.acting import check_same_unit, unit_of
from kepu.web.workspace.activities.forms import FilingForm
from kepu.web.workspace.activities.history import reasons_in_words
from kepu.web.workspace.activities.laying_out import laid_out, theme_of
from kepu.web.workspace.activities.routes import route_for
from kepu.web.workspace.activities.sessions import redrawn
from kepu.web.workspace.activities.showing import Difference, theirs_and_mine
from kepu.web.workspace.activities.standing import standing_of
from kepu.web.workspace.activities.steps import steps_of
from kepu.web.workspace.doubles.beside import alike_now
from kepu.web.workspace.seasons import in_season


@workspace
@in_season
@reads
def new(request: Request, season: Season) -> HttpResponse:
    """An empty form. Its hidden token makes it one activity, however often it is sent."""
    rules.check_create(request.actor, season)
    host = unit_of(request)
    form = _form(request, host, season, token=uuid4())
    return _page(request, form, host, season)


@workspace
@in_season
@writes
def drafting(request: Request, season: Season) -> HttpResponse:
    """Save the new activity as a draft and, if asked, file it. Sent twice, it is one activity all the same."""
    host = unit_of(request)
    if form := _drawn_anew(request, host, season):
        return _page(request, form, host, season)
    form = _form(request, host, season, request.POST)
    activity: Activity | None = None
    theirs: list[Difference] = []
    if form.is_valid():
        content, token = form.content(), form.cleaned_data["token"] or uuid4()
        with form.keeping_refusals():
            check_same_unit(request)
            activity = create_draft(token, season=season, content=content, by=request.actor, at=request.at)
            return _saved(request, activity, content, seen=1)
        if activity is not None:
            theirs = overtaken(form, activity, content, seen=1)
    return _page(request, form, host, season, activity, theirs=theirs)


@workspace
@reads
def edit(request: Request, pk: int) -> HttpResponse:
    """A draft or a returned activity, with what filing would find now."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    if not rules.can_edit(request.actor, activity):
        return redirect_to("workspace:activity", pk=pk)
    form = _form(request, activity.unit, activity.season, activity=activity)
    return _page(request, form, activity.unit, activity.season, activity)


@workspace
@writes(back="workspace:activity")
def editing(request: Request, pk: int) -> HttpResponse:
    """Write into the draft and, if asked, file it. Whoever was overtaken sees both versions and loses nothing."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_edit(request.actor, activity)
    if form := _drawn_anew(request, activity.unit, activity.season, activity):
        return _page(request, form, activity.unit, activity.season, activity)
    form = _form(request, activity.unit, activity.season, request.POST, activity=activity)
    theirs: list[Difference] = []
    if form.is_valid():
        content, seen = form.content(), form.cleaned_data["version"]
        with form.keeping_refusals():
            return _saved(request, activity, content, seen=seen)
        theirs = overtaken(form, activity, content, seen=seen)
    return _page(request, form, activity.unit, activity.season, activity, theirs=theirs)


def _saved(
    request: Request, activity: Activity, content: dict[str, Any], *, seen: int | None
) -> HttpResponse:
    """Write and, where the button says so, file: two acts, so that what was written stays when filing is refused."""
    key = request.POST.get("draft_key", "")[:80]
    if activity.state in WITH_AUTHOR:
        edit_draft(activity, changes=content, expected_version=seen, by=request.actor, at=request.at)
    if request.POST.get("act") == "preview":
        return done(request, _("草稿已保存。"), to="workspace:activity-preview", draft=key, pk=activity.pk)
    if request.POST.get("act") != "file":
        return done(request, _("草稿已保存。"), to="workspace:activity-edit", draft=key, pk=activity.pk)
    if activity.state in WITH_AUTHOR:
        file_activity(activity, expected_version=activity.version, by=request.actor, at=request.at)
    return done(request, filed_words(activity), to="workspace:activity", draft=key, pk=activity.pk)


def filed_words(activity: Activity) -> str:
    """What to say once it is filed: whose turn it is now."""
    name = (
        Unit.objects.filter(pk=activity.reviewing_unit_id or 0).values_list("name", flat=True).first() or ""
    )
    return _("“%(title)s”已填报，由%(unit)s审核。") % {"title": activity, "unit": name}


def draft_key(request: Request, activity: Activity | None) -> str:
    """Under which key the browser keeps what is typed; the same until the form that was opened first is done with."""
    begun = request.POST.get("draft_key", "")[:80]
    return begun or (f"activity:{activity.token}" if activity else f"activity:new:{request.actor.unit_id}")


def overtaken(
    form: FilingForm, activity: Activity, content: dict[str, Any], *, seen: int | None
) -> list[Difference]:  # fmt: skip
    """What somebody else has saved since the form was opened. Where nobody has, the form goes on from what was saved."""
    if not form.is_stale:
        form.go_on_from(activity.version)
        return []
    return theirs_and_mine(activity, content, form.rules)


def _form(
    request: Request, host: Unit, season: Season, data: Any = None, *, activity: Activity | None = None, token: Any = None
) -> FilingForm:  # fmt: skip
    in_force = rules_in_force(host, season, at=request.at)
    route = route_for(in_force, host, at=request.at, activity=activity)
    return FilingForm(data, host=host, rules=in_force, route=route, activity=activity, token=token)


def _drawn_anew(
    request: Request, host: Unit, season: Season, activity: Activity | None = None
) -> FilingForm | None:
    """The form with rows more or fewer, where a button asked only for that; nothing is saved."""
    if (asked := redrawn(request.POST)) is None:
        return None
    data, fault, new_row = asked
    form = _form(request, host, season, data, activity=activity)
    form.drawn_anew(fault, new_row)
    return form


def _page(
    request: Request, form: FilingForm, host: Unit, season: Season, activity: Activity | None = None, *,
    theirs: list[Difference] | None = None,
) -> HttpResponse:  # fmt: skip
    form.sessions.widget.action = (
        reverse("workspace:activity-edit", args=[activity.pk])
        if activity
        else reverse("workspace:activity-new")
    )
    values = form.content() if form.is_bound else theme_of(form.rules)
    found = standing_of(form, values, form.rules, host=host, at=request.at, activity=activity)
    returned = last_return(activity)
    context = {
        "form": form, "activity": activity, "season": season, "standing": found, "theirs": theirs or [],
        "steps": steps_of(form, found),
        "draft_key": draft_key(request, activity), "returned": returned,
        "alike": alike_now(values if form.is_bound else _kept(activity), host, season, activity),
        "returned_reasons": reasons_in_words(returned.reasons) if returned else "", **laid_out(form, found),
    }  # fmt: skip
    return page(request, "workspace/activities/form.html", context)


def _kept(activity: Activity | None) -> dict[str, Any]:
    """What a draft already says of itself."""
    names = ("title", "starts_at", "ends_at", "venue", "co_hosts", "undertakers", "place_id")
    return {name: getattr(activity, name) for name in names} if activity is not None else {}


def last_return(activity: Activity | None) -> ReviewNote | None:
    """What the reviewer said when it came back. One query, where it came back."""
    if activity is None or activity.state != State.RETURNED:
        return None
    return notes_on(activity).filter(decision=Decision.RETURNED).last()
