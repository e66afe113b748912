"""The address under which other programs read the unit's calendar: shown, made anew, stopped."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.refusals import verdict
from kepu.notices import rules
from kepu.notices.actions import end_feed_key, make_feed_key
from kepu.notices.queries import feed_key_of
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import moment


@workspace
@reads
def feed(request: Request) -> HttpResponse:
    """The address, for those who may hand it on."""
    unit = unit_of(request)
    may = verdict(rules.check_feed, request.actor, unit)
    key = feed_key_of(unit) if may else None
    path = reverse("feeds:unit", args=[key.key]) if key else ""
    address = f"{settings.KEPU_PUBLIC_URL}{path}"
    context = {
        "unit": unit, "may": may, "key": key, "address": address, "webcal": f"webcal:{address.partition(':')[2]}",
        "made_at": moment(key.made_at) if key else "",
    }  # fmt: skip
    return page(request, "workspace/calendar/feed.html", context)


@workspace
@writes(back="workspace:calendar-feed")
def changing(request: Request) -> HttpResponse:
    """Make an address, make another one, or stop it."""
    unit = unit_of(request)
    if request.POST.get("act") == "end":
        end_feed_key(unit, by=request.actor, at=request.at)
        return done(request, _("日历地址已经停用，原来的地址打不开了。"), to="workspace:calendar-feed")
    make_feed_key(unit, by=request.actor, at=request.at)
    return done(request, _("新的日历地址已经生成。以前的地址打不开了。"), to="workspace:calendar-feed")
