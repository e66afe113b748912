"""Choosing the unit one acts for."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.web.actor import choose_unit, units_of
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, safe_next, writes


@login_required
@reads
def choices(request: Request) -> HttpResponse:
    """Every unit the person may act for."""
    context = {"units": units_of(request), "next": safe_next(request, "workspace:home")}
    return page(request, "workspace/unit.html", context)


@login_required
@writes
def choice(request: Request) -> HttpResponse:
    """Act for that unit until another is chosen."""
    wanted = request.POST.get("unit", "")
    unit = choose_unit(request, int(wanted)) if wanted.isdecimal() and len(wanted) < 19 else None
    if unit is None:
        messages.error(request, _("您现在不能代表这个单位，请从下面选一个。"))
        return redirect_to("workspace:unit")
    return done(
        request, _("现在代表“%(unit)s”办理。") % {"unit": unit.name}, to=safe_next(request, "workspace:home")
    )
