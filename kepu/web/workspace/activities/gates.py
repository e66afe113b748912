"""What the notices say to a filing while it is written. Sent with POST, since it carries the form; it only reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kepu.activities import rules
from kepu.activities.models import Activity
from kepu.core.refusals import Refused
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit
from kepu.web.readonly import reading
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import page, workspace
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.forms import FilingForm
from kepu.web.workspace.activities.routes import route_for
from kepu.web.workspace.activities.standing import standing_of
from kepu.web.workspace.activities.steps import steps_of
from kepu.web.workspace.doubles.beside import alike_now
from kepu.web.workspace.seasons import in_season


def asks(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """POST only, and held to reading like a page."""

    @wraps(view)
    def asking(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return errors.not_allowed(request, ["POST"])
        try:
            with reading():
                return view(request, *args, **kwargs)
        except Refused as refusal:
            return errors.refused(request, refusal, status=403)

    asking.only_writes = True  # type: ignore[attr-defined]  # no page: nobody opens it from a menu
    return asking


@workspace
@in_season
@asks
def of_new(request: Request, season: Season) -> HttpResponse:
    rules.check_create(request.actor, season)
    return _answer(request, unit_of(request), season)


@workspace
@asks
def of_draft(request: Request, pk: int) -> HttpResponse:
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_edit(request.actor, activity)
    return _answer(request, activity.unit, activity.season, activity)


def _answer(request: Request, host: Unit, season: Season, activity: Activity | None = None) -> HttpResponse:
    in_force = rules_in_force(host, season, at=request.at)
    route = route_for(in_force, host, at=request.at, activity=activity)
    form = FilingForm(request.POST, host=host, rules=in_force, route=route, activity=activity)
    found = standing_of(form, form.content(), in_force, host=host, at=request.at, activity=activity)
    context = {
        "standing": found, "steps": steps_of(form, found), "out_of_band": True,
        "alike": alike_now(form.content(), host, season, activity or _saved_as(form, host)),
    }  # fmt: skip
    return page(request, "workspace/activities/_standing.html", context)


def _saved_as(form: FilingForm, host: Unit) -> Activity | None:
    """The draft that a new form has become meanwhile by saving itself: it is nothing like itself. One query."""
    token = form.cleaned_data.get("token")
    return Activity.objects.filter(token=token, unit=host).first() if token else None
