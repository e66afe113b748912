"""A list as a calendar that other programs fetch again and again (RFC 5545, RFC 7986).

The same activities give the same bytes: an event is stamped with its last change, not with the hour of the fetch. An
event has the same UID here and in the file of the activity alone, so that nobody has it twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import icalendar
from django.core.cache import caches

from kepu.activities.lines import Line
from kepu.activities.models import Publication
from kepu.core.calendar import CHINA, ONE_DAY, start_of_day
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.icalendar import events_of
from kepu.web.portal.machines.naming import activity_address
from kepu.web.portal.machines.texts import told
from kepu.web.shared import ical

REFRESH = timedelta(hours=3)  # how often a program is asked to look again
KEPT = 24 * 3600

Drawn = tuple[
    datetime, datetime, bytes
]  # when an event begins and ends, and the event as it stands in a file


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
    frame, end = ical.written(calendar), b"END:VCALENDAR\r\n"
    return b"".join((frame.removesuffix(end), *_events(lines, asked, at), end))


def _events(lines: list[Line], asked: Asked, at: datetime) -> Iterator[bytes]:
    days = asked.days(at)
    timed = [line.publication for line in lines if not line.publication.time_pending]
    drawn = _drawn(timed, at)
    for publication in timed:
        for starts, ends, text in drawn[publication.pk]:
            if days is None or _lies_in(starts, ends, *days):
                yield text


def _drawn(publications: list[Publication], at: datetime) -> dict[int, list[Drawn]]:
    """The events of each, drawn once for each copy of it: nothing in them depends on who asks or when."""
    keys = {_key(publication): publication for publication in publications}
    known = caches["drawn"].get_many(keys)
    fresh = {key: list(_draw(publication, at)) for key, publication in keys.items() if key not in known}
    caches["drawn"].set_many(fresh, timeout=KEPT)
    return {keys[key].pk: found for key, found in (known | fresh).items()}


def _draw(publication: Publication, at: datetime) -> Iterator[Drawn]:
    shown = told(publication)
    for event in events_of(publication, shown, url=activity_address(publication.pk)):
        yield event.decoded("dtstart"), event.decoded("dtend"), event.to_ical(sorted=False)


def _key(publication: Publication) -> str:
    copy = f"{publication.digest}:{publication.version}:{publication.updated_at.timestamp()}"
    return f"event:{publication.pk}:{copy}:{ical.host()}"


def _lies_in(starts: datetime, ends: datetime, first: date, last: date) -> bool:
    begin, end = start_of_day(first), start_of_day(last + ONE_DAY)
    return starts < end and (starts >= begin or ends > begin)
