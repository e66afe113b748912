"""A list as a calendar that other programs fetch again and again (RFC 5545, RFC 7986).

The same activities give the same bytes: an event is stamped with its last change, not with the hour of the fetch. An
event has the same UID here and in the file of the activity alone, so that nobody has it twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import icalendar

from kepu.core.calendar import CHINA, ONE_DAY, start_of_day
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.finding import Line
from kepu.web.portal.activities.icalendar import events_of
from kepu.web.portal.machines.naming import activity_address
from kepu.web.portal.machines.texts import told
from kepu.web.shared import ical

REFRESH = timedelta(hours=3)  # how often a program is asked to look again


def calendar_of(lines: list[Line], *, title: str, page: str, asked: Asked, at: datetime) -> bytes:
    """The calendar as a file. What has no time yet is not in it; of a list by days only the sessions of those days."""
    calendar = ical.new_calendar()
    calendar.add("method", "PUBLISH")
    calendar.add("name", ical.plain(title))
    calendar.add("x-wr-calname", ical.plain(title))
    calendar.add("x-wr-timezone", str(CHINA))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    calendar.add("url", page)
    for event in _events(lines, asked, at):
        calendar.add_component(event)
    return ical.written(calendar)


def _events(lines: list[Line], asked: Asked, at: datetime) -> Iterator[icalendar.Event]:
    days = asked.days(at)
    for line in lines:
        publication = line.publication
        if publication.time_pending:
            continue
        shown = told(publication, at=at)
        for event in events_of(publication, shown, url=activity_address(publication.pk)):
            if days is None or _lies_in(event, *days):
                yield event


def _lies_in(event: icalendar.Event, first: date, last: date) -> bool:
    starts: Any = event.decoded("dtstart")
    ends: Any = event.decoded("dtend")
    begin, end = start_of_day(first), start_of_day(last + ONE_DAY)
    return bool(starts < end and (starts >= begin or ends > begin))
