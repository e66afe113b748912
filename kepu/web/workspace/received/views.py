"""Notices received: the list, one of them with what it asks of the unit, receiving it, its receipt, its file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.core.refusals import verdict
from kepu.notices import queries, rules
from kepu.notices.actions import open_delivery, receive_notice
from kepu.notices.models import Delivery
from kepu.notices.queries.deliveries import RECEIVED_ORDER
from kepu.notices.rulebook import rules_in_force
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import moment
from kepu.web.workspace.received.finding import our_delivery
from kepu.web.workspace.received.showing import STEPS, shown_clauses

PER_PAGE = 30


@workspace
@reads
def received(request: Request) -> HttpResponse:
    """Every notice sent to the unit: first those nobody has opened, then those not received. Two queries."""
    waiting = request.GET.get("tab") == "waiting"
    ours = queries.received(request.actor)
    rows = ours.filter(received_at=None) if waiting else ours
    found = page_of(rows, order=RECEIVED_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    address = reverse("workspace:received")
    tabs = [
        {"label": _("全部"), "url": address, "current": not waiting, "count": None},
        {
            "label": _("等签收的"), "url": f"{address}?tab=waiting", "current": waiting,
            "count": queries.to_receive(request.actor),
        },
    ]  # fmt: skip
    context = {
        "page": found, "rows": [_row(d) for d in found.items], "tabs": tabs, "waiting": waiting, "may_look_on": rules.looks_after(request.actor),
    }  # fmt: skip
    return page(request, "workspace/received/list.html", context)


@workspace
@reads
def delivery(request: Request, pk: int) -> HttpResponse:
    """One notice: its head, what it asks of the unit and by when, receiving it, forwarding it."""
    found = our_delivery(request, pk)
    unit, notice = unit_of(request), found.notice
    in_force = rules_in_force(unit, notice.season, at=request.at)
    dated, others = shown_clauses(queries.clauses_binding(notice, unit), in_force)
    may_open = verdict(rules.check_open, request.actor, found)
    context = {
        "delivery": found, "notice": notice, "header": notice.header, "season": notice.season, "dated": dated, "others": others,
        "sent_at": moment(found.sent_at), "step": queries.step_of(found), "step_label": STEPS[queries.step_of(found)],
        "received_at": moment(found.received_at) if found.received_at else "", "may_receive": may_open,
        "opens": found.opened_at is None and bool(may_open), "may_forward": verdict(rules.check_forward, request.actor, found),
        "forwarded": queries.forwarded_counts([found])[found.pk] if found.forwards else None,
        "is_as_sent": queries.is_as_sent(found),
    }  # fmt: skip
    return page(request, "workspace/received/detail.html", context)


@workspace
@writes(back="workspace:delivery")
def opening(request: Request, pk: int) -> HttpResponse:
    """Note the first look. The page sends this by itself; without scripts there is a button."""
    open_delivery(our_delivery(request, pk), by=request.actor, at=request.at)
    return HttpResponse(status=204) if request.htmx else redirect_to("workspace:delivery", pk=pk)


@workspace
@writes(back="workspace:delivery")
def receiving(request: Request, pk: int) -> HttpResponse:
    """Receive the notice for the unit."""
    found = receive_notice(our_delivery(request, pk), by=request.actor, at=request.at)
    return done(
        request, _("已签收“%(title)s”，回执留在这里。") % {"title": found.notice.title}, to="workspace:delivery", pk=pk
    )  # fmt: skip


@workspace
@reads
def receipt(request: Request, pk: int) -> HttpResponse:
    """The receipt of a delivery and what of it can be proved, for the unit and for the issuer."""
    found: Delivery = get_object_or_404(queries.delivery_in_scope(request.actor), pk=pk)
    proof = queries.receipt_of(found)
    context = {
        "delivery": found, "notice": found.notice, "proof": proof, "own": request.actor.acts_for(found.unit_id),
        "sent_at": moment(found.sent_at), "opened_at": moment(found.opened_at) if found.opened_at else "",
        "received_at": moment(found.received_at) if found.received_at else "",
    }  # fmt: skip
    return page(request, "workspace/received/receipt.html", context)


@workspace
@reads
def sent_file(request: Request, pk: int) -> HttpResponse:
    """The notice's file, word for word as it was sent: its SHA-256 is the digest of the receipt."""
    found: Delivery = get_object_or_404(queries.delivery_in_scope(request.actor), pk=pk)
    file = queries.file_sent(found)
    if file is None:
        raise Http404
    response = HttpResponse(file.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.notice.code}-{file.number}.toml"'
    return response


def _row(delivery: Delivery) -> dict[str, Any]:
    step = queries.step_of(delivery)
    return {"delivery": delivery, "when": moment(delivery.sent_at), "step": step, "label": STEPS[step]}
