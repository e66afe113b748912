"""Forwarding a notice to units below: choose, see whom it will reach, confirm."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.core.refusals import verdict
from kepu.notices import rules
from kepu.notices.actions import forward_notice
from kepu.notices.models import Delivery
from kepu.notices.recipients import Preview, preview, within_coordination
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes, written
from kepu.web.workspace.received.finding import our_delivery
from kepu.web.workspace.received.forms import ForwardForm


@workspace
@reads
def forwarding(request: Request, pk: int) -> HttpResponse:
    """The form, with nothing chosen."""
    found = our_delivery(request, pk)
    return _page(request, found, ForwardForm(unit=found.unit))


@workspace
@writes(back="workspace:delivery-forwarding")
def sending_on(request: Request, pk: int) -> HttpResponse:
    """Show whom the choice reaches; forward it once that was seen."""
    found = our_delivery(request, pk)
    rules.check_forward(request.actor, found)
    form = ForwardForm(request.POST, unit=found.unit)
    if not form.is_valid():
        return _page(request, found, form)
    seen = _preview(request, found, form)
    if request.POST.get("act") == "forward" and written(request, "seen", 40) == _sign(seen):
        with form.keeping_refusals():
            forward_notice(found, form.recipients(), by=request.actor, at=request.at)
            return done(
                request, _("正在转发，几分钟内送到。送到多少、谁签收了，在这一页看。"), to="workspace:delivery", pk=pk
            )  # fmt: skip
    return _page(request, found, form, seen)


def _page(request: Request, found: Delivery, form: ForwardForm, seen: Preview | None = None) -> HttpResponse:
    may = verdict(rules.check_forward, request.actor, found)
    context: dict[str, Any] = {
        "delivery": found, "notice": found.notice, "form": form, "may": may, "preview": seen,
        "sign": _sign(seen) if seen else "",
    }  # fmt: skip
    return page(request, "workspace/received/forwarding.html", context)


def _preview(request: Request, found: Delivery, form: ForwardForm) -> Preview:
    places, lines = request.actor.places_as(Role.COORDINATOR), request.actor.lines_as(Role.COORDINATOR)
    within = within_coordination(found.unit, places, lines)
    return preview(form.recipients(), within, at=request.at, notice=found.notice)


def _sign(seen: Preview) -> str:
    """What was seen: another choice, or another number of units, is shown before it is sent."""
    return "-".join(str(n) for n in (seen.total, seen.reached, *(line.count for line in seen.lines)))
