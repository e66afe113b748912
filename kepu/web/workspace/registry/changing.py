"""Changing a unit: one page for each kind of change."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from kepu.core.refusals import StaleState, verdict
from kepu.orgs import actions, coming_queries, coming_rules
from kepu.orgs.actions.merging import in_the_way
from kepu.orgs.coming import ChangeKind, ChangeState
from kepu.orgs.models import Unit
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.registry.forms import FORMS, ChangeForm
from kepu.web.workspace.registry.showing import day
from kepu.web.workspace.registry.views import the_unit


@workspace
@reads
def change(request: Request, pk: int, kind: str) -> HttpResponse:
    """The form, with what the unit is now."""
    found, form = _asked(request, pk, kind)
    coming_rules.check_change(request.actor, found, form.kind)
    return _page(request, found, form(unit=found, at=request.at))


@workspace
@writes(back="workspace:unit-change")
def changing(request: Request, pk: int, kind: str) -> HttpResponse:
    """Carry it out, or lay it down for its day."""
    found, of_kind = _asked(request, pk, kind)
    coming_rules.check_change(request.actor, found, of_kind.kind)
    form = of_kind(request.POST, unit=found, at=request.at)
    if form.is_valid():
        with form.keeping_refusals():
            laid_down = form.carry_out(by=request.actor)
            if laid_down.state == ChangeState.PLANNED:
                said = _("已安排：%(kind)s，%(day)s起生效。") % {
                    "kind": of_kind.kind.label, "day": day(laid_down.effective_on)
                }  # fmt: skip
            else:
                said = _("已办理：%(kind)s。") % {"kind": of_kind.kind.label}
            return done(request, said, to="workspace:unit-detail", pk=pk)
    return _page(request, found, form)


@workspace
@writes(back="workspace:unit-detail")
def calling_off(request: Request, pk: int) -> HttpResponse:
    """Take back what is laid down for a day to come."""
    found = the_unit(request, pk)
    planned = coming_queries.planned_for(found)
    if planned is None:
        raise StaleState()
    actions.call_off_change(planned, by=request.actor, at=request.at)
    return done(request, _("已取消安排的变更。"), to="workspace:unit-detail", pk=pk)


def _asked(request: Request, pk: int, kind: str) -> tuple[Unit, type[ChangeForm]]:
    if kind not in FORMS:
        raise Http404
    return the_unit(request, pk), FORMS[kind]


def _page(request: Request, found: Unit, form: ChangeForm) -> HttpResponse:
    closing = form.kind == ChangeKind.CLOSED
    target = form.cleaned_data.get("into") if form.is_bound else None  # the unit that the text was read as
    context = {
        "unit": found, "form": form, "kind": form.kind.label, "slug": form.kind.value, "lead": form.lead,
        "in_the_way": list(in_the_way(found)) if closing else [], "splits": form.kind == ChangeKind.SPLIT, "target": target,
        "open": verdict(coming_rules.check_still_open, found), "planned": coming_queries.planned_for(found),
    }  # fmt: skip
    return page(request, "workspace/registry/change.html", context)
