"""Taking a trace away: a form for the period, and the ZIP that streams."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from kepu.core.calendar import day_of
from kepu.orgs.actor import TRACING
from kepu.orgs.models import Place, Unit
from kepu.oversight.trace.exporting import export_trace
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import page, reads, workspace, writes
from kepu.web.workspace.trace.finding import place_in_reach, unit_in_reach

A_MONTH = timedelta(days=30)


class PeriodForm(Form):
    since = forms.DateField(
        label=lazy("从哪天"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(
        label=lazy("到哪天"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


@workspace(roles=TRACING)
@reads
def unit(request: Request, pk: int) -> HttpResponse:
    return _form(request, unit_in_reach(request, pk))


@workspace(roles=TRACING)
@writes
def exporting_unit(request: Request, pk: int) -> HttpResponse:
    return _export(request, unit_in_reach(request, pk))


@workspace(roles=TRACING)
@reads
def area(request: Request, code: str) -> HttpResponse:
    return _form(request, place_in_reach(request, code))


@workspace(roles=TRACING)
@writes
def exporting_area(request: Request, code: str) -> HttpResponse:
    return _export(request, place_in_reach(request, code))


def _form(request: Request, scope: Unit | Place, form: PeriodForm | None = None) -> HttpResponse:
    today = day_of(request.at)
    shown = form or PeriodForm(initial={"since": today - A_MONTH, "until": today})
    up = (
        reverse("workspace:unit-trace", args=[scope.pk])
        if isinstance(scope, Unit)
        else reverse("workspace:area-trace", args=[scope.code])
    )
    context: dict[str, Any] = {"scope": scope, "form": shown, "up": up}
    return page(request, "workspace/trace/export.html", context)


def _export(request: Request, scope: Unit | Place) -> Any:
    """The act, then the file: the act is done and traced before the first byte goes out."""
    form = PeriodForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            export = export_trace(scope, **form.cleaned_data, by=request.actor, at=request.at)
            return StreamingHttpResponse(
                export.pieces(),
                content_type="application/zip",
                headers={"Content-Disposition": f'attachment; filename="{export.name}"'},
            )
    return _form(request, scope, form)
