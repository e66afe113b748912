"""Reporting an incident, its page, and the list of those one sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import incident_rules, rules
from kepu.activities.actions import close_incident, report_incident, update_incident
from kepu.activities.models import Activity, Incident, IncidentState
from kepu.core.paging import page as page_of
from kepu.core.refusals import verdict
from kepu.notices.models import Season
from kepu.orgs.actor import OVERSEEING
from kepu.orgs.models import Place
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.activities import showing
from kepu.web.workspace.activities.routes import names_of
from kepu.web.workspace.area.scope import area_in_scope
from kepu.web.workspace.incidents.forms import GoingOnForm, ReportForm
from kepu.web.workspace.seasons import in_season

PER_PAGE = 30


@workspace
@reads
def reporting(request: Request, pk: int) -> HttpResponse:
    """The form, with the time set to now."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    return _form(request, activity, ReportForm(happened_at=request.at))


@workspace
@writes(back="workspace:activity")
def report(request: Request, pk: int) -> HttpResponse:
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_report_incident(request.actor, activity)
    form = ReportForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            incident = report_incident(activity, **form.cleaned_data, by=request.actor, at=request.at)
            return done(request, _("已报告，有关单位马上收到消息。"), to="workspace:incident", pk=incident.pk)
    return _form(request, activity, form)


@workspace
@reads
def incident(request: Request, pk: int) -> HttpResponse:
    """What happened, how it went on, and what can be added."""
    it = get_object_or_404(incident_rules.visible_to(request.actor), pk=pk)
    return _page(request, it, GoingOnForm(incident=it))


@workspace
@writes(back="workspace:incident")
def going_on(request: Request, pk: int) -> HttpResponse:
    """Add how it goes on; with ``act=close`` how it ended."""
    it = get_object_or_404(incident_rules.visible_to(request.actor), pk=pk)
    incident_rules.check_update(request.actor, it)
    form = GoingOnForm(request.POST, incident=it)
    closes = request.POST.get("act") == "close"
    if form.is_valid():
        given = dict(form.cleaned_data)
        version = given.pop("version")
        with form.keeping_refusals():
            act = close_incident if closes else update_incident
            act(it, **given, expected_version=version, by=request.actor, at=request.at)
            words = _("已了结，有关单位会收到消息。") if closes else _("已补充，有关单位会收到消息。")
            return done(request, words, to="workspace:incident", pk=pk)
    return _page(request, it, form)


@workspace
@in_season
@reads
def incidents(request: Request, season: Season) -> HttpResponse:
    """Those one sees, the newest first; of one area where the address says so."""
    rows = incident_rules.visible_to(request.actor).filter(season=season)
    place: Place | None = None
    if (code := request.GET.get("place", "")) and request.actor.holds(*OVERSEEING):
        place = area_in_scope(request.actor, code)
        rows = rows.under(place.path)
    tab = request.GET.get("tab", "")
    states = {"": [IncidentState.OPEN], "closed": [IncidentState.CLOSED]}.get(tab)
    shown = rows.filter(state__in=states) if states else rows
    found = page_of(shown, order=("-id",), cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    context = {
        "page": found, "place": place, "tabs": _tabs(tab, code if place else ""), "tab": tab,
        "rows": [(one, showing.moment(one.happened_at)) for one in found.items],
    }  # fmt: skip
    return page(request, "workspace/incidents/list.html", context)


def _tabs(chosen: str, place: str) -> list[dict[str, Any]]:
    address = reverse("workspace:incidents")
    more = f"&place={place}" if place else ""
    tabs = (("", _("处置中")), ("closed", _("已了结")), ("all", _("全部")))
    return [
        {"label": label, "url": f"{address}?tab={code}{more}", "current": code == chosen, "count": None}
        for code, label in tabs
    ]


def _form(request: Request, activity: Activity, form: ReportForm) -> HttpResponse:
    allowed = verdict(rules.check_report_incident, request.actor, activity)
    context = {"activity": activity, "form": form, "may": allowed, "when": showing.span(activity)}
    return page(request, "workspace/incidents/report.html", context)


def _page(request: Request, it: Incident, form: GoingOnForm) -> HttpResponse:
    updates = list(it.updates.select_related("unit").order_by("id"))
    unit = names_of([it.reporting_unit_id]).get(it.reporting_unit_id, "")
    context = {
        "incident": it, "activity": it.activity, "form": form, "happened": showing.moment(it.happened_at),
        "reported": showing.moment(it.reported_at), "unit": unit,
        "updates": [(one, showing.moment(one.at)) for one in updates], "may": incident_rules.can_go_on(request.actor, it),
        "may_open": rules.sees(request.actor, it.activity),
    }  # fmt: skip
    return page(request, "workspace/incidents/detail.html", context)
