"""A month as a page draws it: whole weeks of days, each with how many activities are on. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.core.calendar import ONE_DAY, part_of_month
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.map import steps
from kepu.web.portal.within import address
from kepu.web.portal.wording import day_words

WEEKDAYS = (lazy("周一"), lazy("周二"), lazy("周三"), lazy("周四"), lazy("周五"), lazy("周六"), lazy("周日"))
AROUND = timedelta(
    days=62
)  # how far from the season's days months are drawn: no robot walks to the year 9999
_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    count: int
    step: int
    url: str
    words: str  # as it is read out
    is_today: bool
    is_inside: bool  # of the month drawn


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    last: date
    weeks: Sequence[Sequence[Day]]
    previous: str
    next: str
    total_days: int  # on how many something is on
    legend: Sequence[tuple[int, str]]

    @property
    def title(self) -> str:
        return date_format(self.first, "YEAR_MONTH_FORMAT")


def is_month(text: str) -> bool:
    """Whether it names a month as an address does: 2023-09."""
    return bool(_MONTH.match(text)) and not text.startswith("0000")


def month_asked(text: str, today: date, season: tuple[date, date]) -> date:
    """The first day of the month that an address asks for; of the one in which the season is now where it asks for none."""
    earliest, latest = reach(season)
    found = _MONTH.match(text)
    wanted = date(int(found[1]), int(found[2]), 1) if found and is_month(text) else _nearest(today, season)
    return min(max(wanted, earliest), latest)


def reach(season: tuple[date, date]) -> tuple[date, date]:
    """The first days of the earliest and of the latest month that are drawn."""
    return (season[0] - AROUND).replace(day=1), (season[1] + AROUND).replace(day=1)


def month_of(
    first: date, counts: Mapping[date, int], *, today: date, asked: Asked, season: tuple[date, date]
) -> Month:
    """The month that begins with ``first``, in whole weeks from Monday on."""
    last = part_of_month(first.year, first.month)[1]
    monday = first - timedelta(days=first.weekday())
    number = ((last - monday).days // 7 + 1) * 7
    inside = {day: n for day, n in counts.items() if first <= day <= last and n}
    least = steps.bounds(inside.values())
    days = [_day(monday + ONE_DAY * n, inside, least, first, last, today, asked) for n in range(number)]
    weeks = [days[n : n + 7] for n in range(0, number, 7)]
    earliest, latest = reach(season)
    before, after = (first - ONE_DAY).replace(day=1), last + ONE_DAY
    legend = [(step, steps.words(*span)) for step, span in enumerate(steps.spans(least), start=1)]
    return Month(
        first, last, weeks, f"{before:%Y-%m}" if before >= earliest else "", f"{after:%Y-%m}" if after <= latest else "",
        len(inside), legend,
    )  # fmt: skip


def _nearest(today: date, season: tuple[date, date]) -> date:
    return min(max(today, season[0]), season[1]).replace(day=1)


def _day(
    day: date,
    counts: Mapping[date, int],
    least: Sequence[int],
    first: date,
    last: date,
    today: date,
    asked: Asked,
) -> Day:
    n = counts.get(day, 0)
    said = ngettext("%(n)s场活动", "%(n)s场活动", n) % {"n": f"{n:,}"} if n else _("没有活动")
    url = address("portal:calendar", asked.but(day=day.isoformat(), when="")) if n else ""
    words = _("%(day)s，%(said)s") % {"day": day_words(day), "said": said}
    return Day(day, n, steps.step_of(n, least), url, words, day == today, first <= day <= last)
