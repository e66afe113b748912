"""The calendar of a unit, for whoever has its address."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from kepu.notices.queries import shown_season, unit_of_feed
from kepu.oversight.agenda import Agenda, agenda_of
from kepu.web.feeds.writing import calendar_of
from kepu.web.portal.caching import tag_of
from kepu.web.request import Request
from kepu.web.shared import errors, ical
from kepu.web.shared.views import reads

SECONDS = 15 * 60  # how long a program may go by what it has


@reads
def unit_calendar(request: Request, key: str) -> HttpResponse:
    """The unit's calendar as it stands; 304 where the program has it already. Six queries."""
    unit = unit_of_feed(key[:64], request.at)
    if unit is None:
        return _nothing(request)
    season = shown_season()
    agenda = agenda_of(unit, season, at=request.at) if season is not None else Agenda((), ())
    response = HttpResponse(calendar_of(unit, season, agenda), content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="kepu.ics"'
    # the address is a secret: only the program that holds it may keep what it reads
    response["Cache-Control"] = f"private, max-age={SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = tag_of(response.content)
    unchanged = get_conditional_response(request, etag=response["ETag"], response=response)
    return response if unchanged is None else unchanged


def _nothing(request: Request) -> HttpResponse:
    """The same for a key that never was and for one that was stopped."""
    return errors.answer(
        request, 404, _("这个日历地址打不开了"),
        [
            _("地址可能不完整，也可能已经停用或换成了新的。"),
            _("请在工作台的“日历”里查看现在的地址，再到您的日历软件里换上。"),
        ],
    )  # fmt: skip
