"""The list of activities in each format. Every one takes the conditions of the list page, ``size`` and ``lang``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kepu.web.limits import Budget
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.caching import shows_place
from kepu.web.portal.machines import atom, calendars, jsonfeed, table
from kepu.web.portal.machines.gathering import Gathered, by_news, gather, gather_for_calendar, updated
from kepu.web.portal.machines.naming import (
    ATOM,
    CSV,
    ICALENDAR,
    JSON_FEED,
    Format,
    language_asked,
    page_address,
    title_of,
)
from kepu.web.portal.machines.question import Question, question_of, size_of
from kepu.web.portal.machines.serving import for_machines
from kepu.web.request import Request

KEPT = 300  # seconds a reader goes by what it has; programs ask on their own, often all at the full hour
# Only what makes hundreds of lines is counted. A school whose five hundred pupils subscribe in one lesson stays below;
# whoever takes the whole country page by page does so in a few minutes.
MANY_LINES = Budget("many-lines", "address", 1500, 600)

USUAL = {"atom": 50, "json": 50, "csv": 500, "ics": 200}
MOST = {"atom": 200, "json": 200, "csv": 1000, "ics": 500}


@for_machines(seconds=KEPT)
def atom_feed(request: Request) -> HttpResponse:
    """The list as Atom, what is new first where no day is asked for. Three queries; one more for each of place and unit asked for."""
    question, size = _asked(request, ATOM)
    found = gather(by_news(question), at=request.at, size=size)
    text = atom.feed_of(
        list(found.lines), title=title_of(question, at=request.at), page=page_address(question), own=_own(request),
        following=_following(ATOM, found, request), updated=updated(question.season, found.lines, request.at),
        at=request.at, language=request.LANGUAGE_CODE,
    )  # fmt: skip
    return HttpResponse(text, content_type=atom.CONTENT_TYPE)


@for_machines(as_json=True)
def json_feed(request: Request) -> HttpResponse:
    """The list as JSON Feed. Three queries; one more for each of place and unit asked for."""
    question, size = _asked(request, JSON_FEED)
    found = gather(question, at=request.at, size=size)
    text = jsonfeed.feed_of(
        list(found.lines), title=title_of(question, at=request.at), page=page_address(question), own=_own(request),
        following=_following(JSON_FEED, found, request), at=request.at, language=request.LANGUAGE_CODE,
    )  # fmt: skip
    return HttpResponse(text, content_type=jsonfeed.CONTENT_TYPE)


@for_machines(budget=MANY_LINES)
def csv_table(request: Request) -> HttpResponse:
    """The list as CSV. Three queries; one more for each of place and unit asked for."""
    question, size = _asked(request, CSV)
    found = gather(question, at=request.at, size=size)
    response = HttpResponse(table.table_of(list(found.lines), at=request.at), content_type=table.CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="activities.csv"'
    return _leading_on(response, CSV, found, request)


@for_machines(seconds=KEPT, budget=MANY_LINES)
def icalendar(request: Request) -> HttpResponse:
    """The list as a calendar. Four queries; one more for each of place and unit asked for."""
    question, size = _asked(request, ICALENDAR)
    found = gather_for_calendar(question, at=request.at, size=size)
    text = calendars.calendar_of(
        list(found.lines), title=title_of(question, at=request.at), page=page_address(question), asked=question.asked,
        at=request.at,
    )  # fmt: skip
    response = HttpResponse(text, content_type=calendars.ical.CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="activities.ics"'
    return _leading_on(response, ICALENDAR, found, request)


def _asked(request: Request, form: Format) -> tuple[Question, int]:
    size = size_of(request, usual=USUAL[form.code], most=MOST[form.code])
    question = question_of(request)
    shows_place(request, question.place)
    return question, size


def _own(request: HttpRequest) -> str:
    return whole_address(request.get_full_path())


def _following(form: Format, found: Gathered, request: HttpRequest) -> str:
    """The address of the next page with the same words of its own; "" at the end."""
    if found.after is None:
        return ""
    own = {"size": request.GET.get("size", ""), "lang": language_asked()}
    return whole_address(form.address(found.after, **own))


def _leading_on(response: HttpResponse, form: Format, found: Gathered, request: HttpRequest) -> HttpResponse:
    """Where a format has no word for the next page, a header says it (RFC 8288)."""
    if following := _following(form, found, request):
        response["Link"] = f'<{following}>; rel="next"'
    return response
