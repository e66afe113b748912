"""China's time and its calendar: ends of days, working days, parts of a month. Pure functions.

"By 8 September" (9月8日前) lasts to the end of that day in China's time; an hour may be named, and 24:00 is the end
of the day. Working days follow the State Council's yearly calendar, made-up weekends included, as the ``holidays``
package carries it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

CHINA = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def start_of_day(day: date) -> datetime:
    """00:00 of ``day`` in China."""
    return datetime.combine(day, time.min, CHINA)


def end_of_day(day: date) -> datetime:
    """The last microsecond of ``day`` in China: an instant at or before it is in time."""
    return datetime.combine(day, time.max, CHINA)


def at_hour(day: date, clock: str) -> datetime:
    """``day`` at "16:00"; "24:00" is the end of the day. Raises ValueError for what is no hour."""
    if clock in ("24:00", "24"):
        return end_of_day(day)
    hour, _, minute = clock.partition(":")
    return datetime.combine(day, time(int(hour), int(minute or 0)), CHINA)


def day_of(instant: datetime) -> date:
    """The day on which ``instant`` falls in China."""
    return instant.astimezone(CHINA).date()


@lru_cache(maxsize=1)
def _china() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")


def is_working_day(day: date) -> bool:
    """Whether China works on ``day``."""
    return _china().is_working_day(day)


def is_public_holiday(day: date) -> bool:
    """Whether ``day`` belongs to a public holiday, bridging days included; an ordinary weekend does not."""
    return day in _china()


def is_made_up_workday(day: date) -> bool:
    """Whether ``day`` is a weekend on which China works to make up for a holiday."""
    return day.weekday() >= 5 and is_working_day(day)


def knows_holidays_of(year: int) -> bool:
    """Whether the State Council's calendar of a year is known; before it is published only the fixed days are."""
    is_working_day(date(year, 1, 1))  # a year is worked out when it is first asked for
    return any(day.year == year for day in _china().weekend_workdays)


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (before it, when negative); ``day`` itself is not counted."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day


def part_of_month(year: int, month: int, part: str = "") -> tuple[date, date]:
    """First and last day of a month, or of its 上旬 (``early``), 中旬 (``middle``) or 下旬 (``late``)."""
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
    return {
        "": (first, last),
        "early": (first, first.replace(day=10)),
        "middle": (first.replace(day=11), first.replace(day=20)),
        "late": (first.replace(day=21), last),
    }[part]
