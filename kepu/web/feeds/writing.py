"""A unit's agenda as an iCalendar file that other programs fetch again and again.

The same agenda gives the same bytes, so that an unchanged one is not sent twice: ids stay, and an entry is stamped with
the day from which its notice holds, not with the hour of the fetch.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from kepu.core.calendar import CHINA, ONE_DAY, start_of_day
from kepu.notices.models import Season
from kepu.orgs.models import Unit
from kepu.oversight.agenda import Agenda, Entry
from kepu.oversight.spans import Span
from kepu.web.shared import ical
from kepu.web.workspace.calendar.showing import path_of, title_of

REFRESH = timedelta(hours=6)  # how often a program is asked to look again
AT_NINE = timedelta(hours=15)  # before a day begins: nine o'clock of the day before


def calendar_of(unit: Unit, season: Season | None, agenda: Agenda) -> bytes:
    """The calendar of a unit; what has no date yet is not in it."""
    calendar = ical.new_calendar()
    calendar.add("method", "PUBLISH")
    calendar.add(
        "x-wr-calname", _("%(unit)s · %(season)s") % {"unit": unit, "season": season or settings.SITE_NAME}
    )
    calendar.add("x-wr-timezone", str(CHINA))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    if season is not None:
        stamp = start_of_day(season.first_day)
        events = [_event(entry, entry.span, unit, season, stamp) for entry in agenda.dated if entry.span]
        if any(not entry.span.all_day for entry in agenda.dated if entry.span):
            calendar.add_component(_china(season))
        for event in events:
            calendar.add_component(event)
    return ical.written(calendar)


def _event(entry: Entry, span: Span, unit: Unit, season: Season, stamp: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.key}.{season.code}.{unit.code}@{ical.host()}")
    known = entry.rule.clause.notice.in_force_at if entry.rule is not None else None
    event.add("dtstamp", (known or stamp).astimezone(UTC))
    title = title_of(entry)
    event.add("summary", ical.plain(_("已办：%(title)s") % {"title": title} if entry.is_done else title))
    if span.all_day:
        first = span.last if entry.is_deadline else span.first
        event.add("dtstart", first)
        event.add("dtend", span.last + ONE_DAY)
    else:
        event.add("dtstart", span.begins.astimezone(CHINA))
        if span.ends > span.begins:
            event.add("dtend", span.ends.astimezone(CHINA))
    event.add("status", "TENTATIVE" if entry.is_tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody from a meeting
    event.add("description", ical.plain(_description(entry)))
    event.add("url", f"{settings.KEPU_PUBLIC_URL}{path_of(entry)}")
    if entry.asks():
        event.add_component(_alarm(title, span))
    return event


def _description(entry: Entry) -> str:
    """What the clause says, where it stands, to whom and how far it is."""
    said = []
    if entry.rule is not None:
        said += [entry.rule.sentence(), _("依据：%(cite)s") % {"cite": entry.rule.cite}]
    if entry.duty is not None:
        if entry.rule is None and entry.duty.cite:
            said.append(_("依据：%(cite)s") % {"cite": entry.duty.cite})
        said += [
            _("报给：%(to)s") % {"to": entry.duty.receiver},
            _("状态：%(state)s") % {"state": entry.duty.state.label},
        ]
    if entry.is_late:
        said.append(_("已过期限。") if not entry.is_done else _("逾期报送。"))
    return "\n".join(said)


def _alarm(title: str, span: Span) -> icalendar.Alarm:
    """One day before; for a whole day at nine in the morning of the day before."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", ical.plain(title))
    alarm.add("trigger", -AT_NINE if span.all_day else -ONE_DAY)
    return alarm


def _china(season: Season) -> icalendar.Timezone:
    """China's time, for the years around the season."""
    first, last = season.first_day.replace(month=1, day=1), season.last_day.replace(month=12, day=31)
    return icalendar.Timezone.from_tzinfo(CHINA, str(CHINA), first, last)
