"""Days and hours in words, in China's time and in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.core.calendar import CHINA, day_of

WEEKDAYS = "一二三四五六日"


def day_words(day: date, *, weekday: bool = True) -> str:
    """9月17日 周日 · Sun 17 Sep"""
    if _english():
        return date_format(day, "D j M" if weekday else "j M")
    words = f"{day.month}月{day.day}日"
    return f"{words} {day_name(day)}" if weekday else words


def day_name(day: date) -> str:
    """周日 · Sun"""
    return date_format(day, "D") if _english() else f"周{WEEKDAYS[day.weekday()]}"


def month_name(day: date) -> str:
    """9月 · Sep"""
    return date_format(day, "M") if _english() else f"{day.month}月"


def full_day(day: date) -> str:
    """2023年9月17日 周日 · Sun 17 Sep 2023"""
    return f"{day_words(day)} {day.year}" if _english() else f"{day.year}年{day_words(day)}"


def hour(instant: datetime) -> str:
    """9:00, in China"""
    local = instant.astimezone(CHINA)
    return f"{local.hour}:{local.minute:02}"


def days_words(first: date, last: date) -> str:
    """9月17日—23日 · 17–23 Sep"""
    if first == last:
        return day_words(first, weekday=False)
    same_month = (first.year, first.month) == (last.year, last.month)
    if _english():
        return f"{first.day if same_month else date_format(first, 'j M')}–{date_format(last, 'j M')}"
    return f"{first.month}月{first.day}日—{f'{last.day}日' if same_month else day_words(last, weekday=False)}"


def span_words(starts: datetime, ends: datetime, *, year: bool = False) -> str:
    """9月17日 周日 9:00—17:00; over several days both ends with day and hour."""
    first, last = day_of(starts), last_day(ends)
    begins_on = full_day(first) if year else day_words(first)
    if first == last:
        return f"{begins_on} {hours_words(starts, ends)}"
    ends_on = full_day(last) if year and last.year != first.year else day_words(last)
    said = {"begins": f"{begins_on} {hour(starts)}", "ends": f"{ends_on} {_closing(ends)}"}
    return _("%(begins)s 至 %(ends)s") % said


def hours_words(starts: datetime, ends: datetime) -> str:
    """9:00—17:00 of one day; an end at midnight is 24:00."""
    hours = hours_of(starts, ends)
    return f"{hours.opening}{'–' if _english() else '—'}{hours.closing}"


class Hours(NamedTuple):
    """A span of time as clocks and calendars in China have it."""

    first: date
    last: date
    opening: str
    closing: str


@lru_cache(maxsize=5000)
def hours_of(starts: datetime, ends: datetime) -> Hours:
    """The first and last day of a span, and the hours at which it opens and closes. Lists name the same few many times."""
    return Hours(day_of(starts), last_day(ends), hour(starts), _closing(ends))


def last_day(ends: datetime) -> date:
    """The last day; what ends at midnight does not last into the new day."""
    return day_of(ends - timedelta(microseconds=1))


def near(day: date, today: date) -> str:
    """今天, 明天, 后天; "" for any other day."""
    ahead = (day - today).days
    return "" if not 0 <= ahead <= 2 else _("今天") if ahead == 0 else _("明天") if ahead == 1 else _("后天")


def _closing(ends: datetime) -> str:
    return "24:00" if day_of(ends) != last_day(ends) else hour(ends)


def _english() -> bool:
    return (get_language() or "").startswith("en")
