"""The issuer's side: which notices went out, to how many, who has opened and received them, and reminding the others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.core.refusals import verdict
from kepu.notices import queries, rules
from kepu.notices.actions import remind, send_notice
from kepu.notices.models import Notice, SendingKind
from kepu.notices.queries.deliveries import SENT_ORDER, Counted
from kepu.notices.recipients import preview, recipients_of, within_notice
from kepu.orgs.actor import OVERSEEING
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.deliveries.showing import asked, counts_shown, listed, sendings_shown, tabs_of

PER_PAGE = 30


@workspace(roles=OVERSEEING)
@reads
def sent(request: Request) -> HttpResponse:
    """The notices of the unit and of the area it oversees, the newest first. One query."""
    found = page_of(
        queries.sent_notices(request.actor), order=SENT_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE
    )  # fmt: skip
    return page(request, "workspace/deliveries/list.html", {"page": found})


@workspace(roles=OVERSEEING)
@reads
def deliveries(request: Request, pk: int) -> HttpResponse:
    """What became of one notice: counts by level and by place, who has come how far, who forwarded it.

    Six queries, however many units it went to; one pass over one index for the counts.
    """
    notice = _notice(request, pk)
    counts = queries.delivery_counts(notice)
    places = queries.parts_named(path for path, _n in counts.by_part)
    question = asked(request.GET, places)
    context: dict[str, Any] = {
        "notice": notice, "counts": counts_shown(counts, places, question, notice), "total": counts.total,
        "tabs": tabs_of(notice, counts, question), "asked": question, "sendings": sendings_shown(notice),
        "may_send": verdict(rules.check_send, request.actor, notice), "reminders": _reminders(counts.total),
        "automatic": settings.KEPU_REMIND_WORKING_DAYS,
        **listed(notice, question, request.GET.get("cursor", "")),
    }  # fmt: skip
    return page(request, "workspace/deliveries/notice.html", context)


@workspace(roles=OVERSEEING)
@reads
def sending(request: Request, pk: int) -> HttpResponse:
    """Whom the notice will reach, line by line, before it is sent."""
    notice = _notice(request, pk)
    within = within_notice(notice.place, notice.line, notice.issuer_unit_id)
    context = {
        "notice": notice, "may": verdict(rules.check_send, request.actor, notice),
        "preview": preview(recipients_of(notice), within, at=request.at, notice=notice),
    }  # fmt: skip
    return page(request, "workspace/deliveries/sending.html", context)


@workspace(roles=OVERSEEING)
@writes(back="workspace:notice-sending")
def sending_out(request: Request, pk: int) -> HttpResponse:
    """Send the notice to those who have not got it."""
    send_notice(_notice(request, pk), by=request.actor, at=request.at)
    said = _("正在发送。单位多的要几分钟，送到多少在这一页看。")
    return done(request, said, to="workspace:notice-deliveries", pk=pk)


@workspace(roles=OVERSEEING)
@writes(back="workspace:notice-deliveries")
def reminding(request: Request, pk: int) -> HttpResponse:
    """Remind those who have not opened, or not received."""
    unreceived = request.POST.get("which") == "unreceived"
    which = SendingKind.UNRECEIVED if unreceived else SendingKind.UNOPENED
    count = remind(_notice(request, pk), which, by=request.actor, at=request.at)
    said = _("正在催办 %(n)s 个单位。今天已经催过的不再催。") % {"n": count}
    return done(request, said, to="workspace:notice-deliveries", pk=pk)


def _notice(request: Request, pk: int) -> Notice:
    """A notice whose deliveries the actor may look at. What lies outside is not found."""
    found: Notice = get_object_or_404(
        rules.sent_by(request.actor).select_related("season", "place", "line", "issuer_unit"), pk=pk
    )
    return found


def _reminders(total: Counted) -> list[dict[str, Any]]:
    """The reminders that make sense now."""
    found = [
        (SendingKind.UNOPENED, total.unopened, _("催没打开的")),
        (SendingKind.UNRECEIVED, total.unopened + total.unreceived, _("催没签收的")),
    ]
    return [{"which": str(which), "count": n, "label": label} for which, n, label in found if n]
