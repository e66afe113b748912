"""纠错: what people say is wrong with the pages of our activities, or of those we reviewed; answering it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.contacts import mask_cell
from kepu.core.refusals import verdict
from kepu.support import queries, rules
from kepu.support.actions import answer_error_report, close_error_report, show_reporter
from kepu.support.actions.error_reports import LONGEST
from kepu.support.models import ErrorReport
from kepu.support.workflow import ErrorState
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.activities.showing import moment

PER_PAGE = 30


class ResultForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=lazy("处理结果"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("改了什么，或者为什么不用改。报错的人凭链接看得到。"),
    )  # fmt: skip


@workspace
@reads
def error_reports(request: Request) -> HttpResponse:
    """What waits and what is done, about our own activities; a reviewer's about those it reviewed as well."""
    reviews = request.actor.holds(*rules.ANSWERING)
    tab = request.GET.get("tab", "")
    reviewed = reviews and tab.startswith("reviewed")
    found = queries.error_reports(
        request.actor, reviewed=reviewed, done=tab in ("done", "reviewed-done"), cursor=request.GET.get("cursor", ""), size=PER_PAGE
    )  # fmt: skip
    address = reverse("workspace:help-error-reports")
    known = [("", _("本单位的活动，待处理")), ("done", _("本单位的活动，处理过的"))]
    if reviews:
        known += [("reviewed", _("审核过的活动，待处理")), ("reviewed-done", _("审核过的活动，处理过的"))]
    tabs = [
        {
            "label": label,
            "url": f"{address}?tab={name}" if name else address,
            "current": name == tab,
            "count": None,
        }
        for name, label in known
    ]
    rows = [(one, moment(one.reported_at)) for one in found.items]
    return page(
        request,
        "workspace/support/error-reports.html",
        {"page": found, "rows": rows, "tabs": tabs, "reviewed": reviewed},
    )


@workspace
@reads
def error_report(request: Request, pk: int) -> HttpResponse:
    return _shown(request, _ours(request, pk))


@workspace
@writes(back="workspace:help-error-report")
def answering(request: Request, pk: int) -> HttpResponse:
    """Answer it, or put it aside where the button pressed says so."""
    row, form = _ours(request, pk), ResultForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            act = close_error_report if request.POST.get("act") == "close" else answer_error_report
            said = form.cleaned_data
            act(row, said["text"], expected_version=said["version"], by=request.actor, at=request.at)
            return done(
                request, _("已记下处理结果，报错的人看得到。"), to="workspace:help-error-report", pk=pk
            )
    return _shown(request, row, form=form)


@workspace
@writes(back="workspace:help-error-report")
def contact(request: Request, pk: int) -> HttpResponse:
    """Show how to reach whoever reported it, once; the look is traced."""
    row = _ours(request, pk)
    return _shown(request, row, contact=show_reporter(row, by=request.actor, at=request.at))


def _ours(request: Request, pk: int) -> ErrorReport:
    rows = rules.error_reports_visible_to(request.actor).select_related("host", "reviewer", "answered_by")
    return get_object_or_404(rows, pk=pk)


def _shown(
    request: Request, row: ErrorReport, *, form: ResultForm | None = None, contact: str = ""
) -> HttpResponse:
    context = {
        "row": row, "reported": moment(row.reported_at), "answered": moment(row.answered_at) if row.answered_at else "",
        "waits": row.state == ErrorState.OPEN, "may": verdict(rules.check_answer_error, request.actor, row),
        "form": form or ResultForm(initial={"version": row.version}), "contact": contact, "masked": mask_cell(row.contact),
        "edits": request.actor.acts_for(row.host_id),
    }  # fmt: skip
    return page(request, "workspace/support/error-report.html", context)
