"""Messages to the unit acted for: what happened, whose turn it is, where to go."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.orgs.actions import read_message
from kepu.orgs.queries import messages_to
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.activities.showing import moment

PER_PAGE = 30


@workspace
@reads
def messages(request: Request) -> HttpResponse:
    """The unit's messages, the newest first."""
    unread = request.GET.get("tab") == "unread"
    ours = messages_to(request.actor)
    shown = ours.filter(read_at__isnull=True) if unread else ours
    found = page_of(shown, order=("-sent_at", "-id"), cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    address = reverse("workspace:messages")
    tabs = [
        {"label": _("全部"), "url": address, "current": not unread, "count": None},
        {
            "label": _("没看过的"),
            "url": f"{address}?tab=unread",
            "current": unread,
            "count": ours.filter(read_at__isnull=True).count(),
        },
    ]
    rows = [{"message": message, "when": moment(message.sent_at)} for message in found.items]
    context = {
        "page": found,
        "rows": rows,
        "tabs": tabs,
        "any_unread": any(m.read_at is None for m in found.items),
    }
    return page(request, "workspace/messages.html", context)


@workspace
@writes(back="workspace:messages")
def reading(request: Request, pk: int) -> HttpResponse:
    """Note that it was read, and go where it leads."""
    message = get_object_or_404(messages_to(request.actor), pk=pk)
    read_message(message, by=request.actor, at=request.at)
    inside = message.link.startswith("/") and not message.link.startswith("//")
    return redirect_to(message.link if inside else "workspace:messages")


@workspace
@writes(back="workspace:messages")
def reading_all(request: Request) -> HttpResponse:
    """Note that those of a page were read, each an act of its own."""
    ticked = [int(pk) for pk in request.POST.getlist("pk") if pk.isdecimal() and len(pk) < 19][:PER_PAGE]
    for message in messages_to(request.actor).filter(pk__in=ticked, read_at__isnull=True).order_by("pk"):
        read_message(message, by=request.actor, at=request.at)
    return done(request, _("这一页都标为看过了。"), to="workspace:messages")
