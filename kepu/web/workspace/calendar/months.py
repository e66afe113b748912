"""A month as a page draws it: weeks of days, each with what is on. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kepu.core.calendar import part_of_month
from kepu.web.workspace.calendar.showing import Shown

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
ON_A_DAY = 3  # lines in one field of the month; the list below has them all
LONGEST_DRAWN = 10  # days: what lasts longer is drawn on its first and last day only
_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    entries: tuple[Shown, ...]
    more: int
    is_today: bool
    is_inside: bool  # of the month drawn, and not of its neighbours

    @property
    def anchor(self) -> str:
        return f"day-{self.day:%Y-%m-%d}"

    @property
    def words(self) -> str:
        """The day as it is read out."""
        return date_format(self.day, "DATE_FORMAT")


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    last: date
    weeks: tuple[tuple[Day, ...], ...]
    previous: str
    next: str

    @property
    def title(self) -> str:
        return date_format(self.first, "YEAR_MONTH_FORMAT")


def month_asked(text: str, today: date) -> date:
    """The first day of the month that an address asks for; of today's month where it asks for none."""
    found = _MONTH.match(text)
    if not found or not 1900 <= int(found[1]) <= 2200:
        return today.replace(day=1)
    return date(int(found[1]), int(found[2]), 1)


def month_of(first: date, entries: Sequence[Shown], today: date) -> Month:
    """The month that begins with ``first``, in whole weeks from Monday on."""
    last = part_of_month(first.year, first.month)[1]
    monday = first - timedelta(days=first.weekday())
    count = ((last - monday).days // 7 + 1) * 7
    days = [_day(monday + timedelta(days=n), entries, first, last, today) for n in range(count)]
    weeks = tuple(tuple(days[n : n + 7]) for n in range(0, count, 7))
    before = first - timedelta(days=1)
    after = last + timedelta(days=1)
    return Month(first, last, weeks, f"{before:%Y-%m}", f"{after:%Y-%m}")


def _day(day: date, entries: Sequence[Shown], first: date, last: date, today: date) -> Day:
    inside = first <= day <= last
    found = [one for one in entries if inside and one.is_drawn_on(day, LONGEST_DRAWN)]
    found.sort(key=lambda one: not one.entry.is_deadline)
    return Day(day, tuple(found[:ON_A_DAY]), max(0, len(found) - ON_A_DAY), day == today, inside)
