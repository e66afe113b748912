"""What every iCalendar file of ours begins with, and how it is written (RFC 5545)."""

from __future__ import annotations

from urllib.parse import urlsplit

import icalendar
from django.conf import settings

CONTENT_TYPE = "text/calendar; charset=utf-8"


def new_calendar() -> icalendar.Calendar:
    """An empty calendar."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Kepu//Science Day//ZH")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def written(calendar: icalendar.Calendar) -> bytes:
    """The calendar as a file, its properties in the order in which they were added."""
    return calendar.to_ical(sorted=False)


def plain(value: str) -> str:
    """A text without the characters that have no place in a file."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or (ord(c) >= 32 and c != "\x7f"))


def host() -> str:
    """The name under which this site is known: what makes our ids ours."""
    return urlsplit(settings.KEPU_PUBLIC_URL).hostname or "kepu"
