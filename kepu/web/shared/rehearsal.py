"""The clock of a rehearsal space: everybody who looks on may move it. Where a class practises, only a command does."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kepu.core import clock as clocks
from kepu.core.calendar import at_hour
from kepu.web.request import Request
from kepu.web.shared.views import done, redirect_to, safe_next, writes

FARTHEST = timedelta(days=366 * 3)


@writes
def clock(request: Request) -> HttpResponse:
    """Move on by ``days``, or to nine in the morning of ``date``."""
    if not settings.KEPU_REHEARSAL or settings.KEPU_TRAINING:
        raise Http404
    back = safe_next(request, "portal:home")
    shown = _wanted(request)
    if shown is None or abs(shown - request.at) > FARTHEST:
        messages.error(request, _("请选一个三年以内的日期，例如 2023-09-16。"))
        return redirect_to(back)
    clocks.set_rehearsal_clock(shown)
    return done(request, _("演练时间已经调到%(day)s。") % {"day": date_format(shown, "DATE_FORMAT")}, to=back)


def _wanted(request):
    try:
        if days := request.POST.get("days"):
            return clocks.moved(request.at, days=int(days))
        return at_hour(date.fromisoformat(request.POST.get("date", "")), "9:00")
    except (ValueError, OverflowError):
        return None
