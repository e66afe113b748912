"""Where I am signed in: each browser with its address and its last use, and an end to any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.accounts.signing_in import note
from kepu.accounts.workflow import Event
from kepu.web.actor import person_of
from kepu.web.shared.views import done, page, reads, writes
from kepu.web.signin.own import Mine, own

_BROWSERS = (
    ("MicroMessenger", lazy("微信")), ("DingTalk", lazy("钉钉")), ("Edg", "Edge"), ("Firefox", "Firefox"), ("QQBrowser", lazy("QQ 浏览器")),
    ("360SE", lazy("360 浏览器")), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", lazy("鸿蒙")), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
_MOST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One sign-in as the page shows it."""

    pk: int
    device: str
    address: str
    since: datetime
    used: datetime
    here: bool


def open_sessions(request: Mine) -> QuerySet[Any]:
    """Where the person is signed in now, the latest first; what ended by itself is left out."""
    open_now = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = UserSession.objects.filter(user_id=request.user.pk, session_key__in=open_now)
    return found.order_by("-last_seen_at", "-pk")


@own
@reads
def sessions(request: Mine) -> HttpResponse:
    here = request.session.session_key
    lines = [
        Line(it.pk, device_of(it.user_agent), it.ip, it.created_at, it.last_seen_at, it.session_key == here)
        for it in open_sessions(request)[:_MOST]
    ]
    return page(
        request, "account/sessions.html", {"lines": lines, "others": sum(not line.here for line in lines)}
    )


@own
@writes(back="usersessions_list")
def ending(request: Mine) -> HttpResponse:
    """End one sign-in, or all but this one."""
    others = UserSession.objects.filter(user_id=request.user.pk).exclude(
        session_key=request.session.session_key
    )
    if request.POST.get("which", "") != "others":
        number = request.POST.get("which", "")
        others = others.filter(pk=int(number)) if re.fullmatch(r"\d{1,18}", number) else others.none()
    count = end(others)
    if count:
        note(Event.SESSIONS_ENDED, request.user, by=person_of(request), at=request.at, count=count)
    said = ngettext("已经在 %(count)d 处退出登录。", "已经在 %(count)d 处退出登录。", count) % {
        "count": count
    }
    return done(request, said, to="usersessions_list")


def end(found: QuerySet[Any]) -> int:
    """End these sign-ins; returns how many there were."""
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    found.model.objects.filter(session_key__in=keys).delete()
    return len(keys)


def device_of(user_agent: str) -> str:
    """A browser and a system in a word each; what a browser calls itself is no proof, and enough to know one's own."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("浏览器"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} · {system}" if system else str(browser)
