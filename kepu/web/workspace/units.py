"""Choosing the unit one acts for, and in whose stead."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.orgs.models import Role
from kepu.orgs.people import coordinated_by
from kepu.orgs.queries import Standing
from kepu.web.actor import choose, lately, standings_of
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, safe_next, writes
from kepu.web.workspace.people.showing import Reaches, last_day, reach_words

MANY = 8  # from here on there is a box to look for one
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A standing as the page offers it."""

    way: Standing
    posts: list[tuple[str, str]]  # role and reach
    until: str
    current: bool
    lately: bool


@login_required
@reads
def choices(request: Request) -> HttpResponse:
    """Every way in which the person may act: those of late first, then by name. Four queries."""
    ways = standings_of(request)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = [
        way for way in ways if asked in way.unit.name or (way.deputy_for and asked in way.deputy_for.name)
    ]
    order = {key: place for place, key in enumerate(lately(request))}
    found.sort(key=lambda way: order.get(way.key, len(order)))  # stable: the others stay by name
    reaches = coordinated_by([way.unit.pk for way in found[:SHOWN]])
    actor = request.actor
    now = (
        "" if not actor else f"{actor.unit_id}.{actor.deputy_for}" if actor.deputy_for else str(actor.unit_id)
    )
    shown = [
        Choice(
            way, _posts(way, reaches),
            last_day(way.until) if way.until else "", way.key == now, way.key in order,
        )
        for way in found[:SHOWN]
    ]  # fmt: skip
    context = {
        "choices": shown, "more": len(found) - len(shown), "q": asked, "many": len(ways) >= MANY, "any": bool(ways),
        "next": safe_next(request, "workspace:home"),
    }  # fmt: skip
    return page(request, "workspace/unit.html", context)


def _posts(way: Standing, reaches: Reaches) -> list[tuple[str, str]]:
    if way.through is not None:
        return [(str(Role.FILER.label), _("由“%(unit)s”代办") % {"unit": way.through.name})]
    return [(str(post.get_role_display()), reach_words(post, reaches)) for post in way.posts]


@login_required
@writes
def choice(request: Request) -> HttpResponse:
    """Act for that unit until another is chosen."""
    way = choose(request, request.POST.get("unit", ""))
    if way is None:
        messages.error(request, _("您现在不能代表这个单位，请从下面选一个。"))
        return redirect_to("workspace:unit")
    said = _("现在代表“%(unit)s”办理。") % {"unit": way.unit.name}
    if way.deputy_for is not None:
        said = _("现在代%(holder)s办理“%(unit)s”的事。") % {
            "holder": way.deputy_for.name,
            "unit": way.unit.name,
        }
    return done(request, said, to=safe_next(request, "workspace:home"))
