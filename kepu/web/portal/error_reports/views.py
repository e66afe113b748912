"""The form of a report, its sending, and the page that its writer's link leads to. Nobody needs an account."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kepu.activities.models import Activity, Publication
from kepu.core.calendar import day_of
from kepu.orgs.actor import Actor
from kepu.support.actions import About, report_error
from kepu.support.models import ErrorReport
from kepu.support.workflow import ErrorState
from kepu.web.limits import costly
from kepu.web.portal.activities import finding
from kepu.web.portal.error_reports.forms import ErrorReportForm
from kepu.web.portal.wording import full_day
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, redirect_to, writes


@reads
def blank(request: Request, pk: int) -> HttpResponse:
    """One query."""
    return _form(request, _publication(pk), ErrorReportForm.blank())


@costly("error-report", person=20, per=3600, address=40)
@writes
def reporting(request: Request, pk: int) -> HttpResponse:
    publication = _publication(pk)
    form = ErrorReportForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            said = form.cleaned_data
            report = report_error(
                _about(publication), key=said["key"], wrong=said["wrong"], words=said["words"], contact=said["contact"],
                by=_nobody(request), at=request.at,
            )  # fmt: skip
            return redirect_to(reverse("portal:error-report", args=[report.key]))
    return _form(request, publication, form)


@reads
def report(request: Request, report: UUID) -> HttpResponse:
    """What was reported and what became of it, for whoever holds the link; nothing of the contact. Two queries."""
    found: ErrorReport = get_object_or_404(
        ErrorReport.objects.select_related("host", "answered_by"), key=report
    )
    context = {
        "report": found, "waits": found.state == ErrorState.OPEN, "reported": full_day(day_of(found.reported_at)),
        "answered": full_day(day_of(found.answered_at)) if found.answered_at else "",
        "still_public": Publication.objects.filter(pk=found.about_id).exists(),
    }  # fmt: skip
    return _kept_by_nobody(page(request, "portal/error_reports/report.html", context))


def _publication(pk: int) -> Publication:
    publication = finding.publication_of(pk)
    if publication is None:
        raise Http404
    return publication


def _about(publication: Publication) -> About:
    """One query."""
    behind = (
        Activity.objects.select_related("unit", "reviewing_unit")
        .only("unit__name", "unit__place_path", "unit__line_path", "reviewing_unit__name")
        .get(pk=publication.pk)
    )
    return About(publication.pk, publication.title, publication.season, behind.unit, behind.reviewing_unit)


def _nobody(request: Request) -> Actor:
    """Whoever is signed in, acting for nobody; else nobody that is known."""
    person = request.user if request.user.is_authenticated else None
    return Actor(person_id=person.pk if person else None, person_name=str(person or ""), unit=None)


def _form(request: Request, publication: Publication, form: ErrorReportForm) -> HttpResponse:
    context = {"activity": publication, "form": form}
    return _kept_by_nobody(page(request, "portal/error_reports/new.html", context))


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response
