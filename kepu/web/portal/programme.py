"""The programme by day: which days there are to choose from, and how much is on on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.activities import lists
from kepu.core.calendar import ONE_DAY, day_of
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.season import Phase
from kepu.web.portal.wording import day_name, day_words, month_name

WEEK = 7
MOST_DAYS = 62  # a season longer than that shows its week only
COLUMN = 36  # how high a column can be


@dataclass(frozen=True, slots=True)
class Day:
    """A day to choose, how much is on, and how high its column stands."""

    day: date
    month: str
    weekday: str
    today: bool
    past: bool
    url: str
    count: int
    said: str  # 128场; "" where there is none
    words: str  # for whom hears the page: 9月17日 周日，128场
    height: int

    @property
    def top(self) -> int:
        return COLUMN - self.height


@dataclass(frozen=True, slots=True)
class Programme:
    """The week in which we are, and where the season is longer all of its days in rows of weeks."""

    week: Sequence[Day]
    weeks: Sequence[Sequence[Day | None]]


def counted(season: Season, first: date, last: date, place: Place | None) -> Mapping[date, int]:
    """How much is on on each day between two; a day with nothing may be missing. One query."""
    return lists.by_day(season, first, last, place=place)


def days_of(phase: Phase, *, at: datetime) -> tuple[date, date] | None:
    """First and last day that the front page shows; None when all is over."""
    if phase.name == "after":
        return None
    if (phase.last - phase.first).days < MOST_DAYS:
        return phase.first, phase.last
    return _week(phase, day_of(at))


def programme(
    phase: Phase, counts: Mapping[date, int], place: Place | None, *, at: datetime
) -> Programme | None:
    """The days with their counts; None when all is over. No query."""
    shown = days_of(phase, at=at)
    if shown is None:
        return None
    today = day_of(at)
    first, last = shown
    most = max((counts.get(day, 0) for day in _between(first, last)), default=0)
    drawn = {day: _day(day, counts.get(day, 0), most, today, place) for day in _between(first, last)}
    week = [drawn[day] for day in _between(*_week(phase, today))]
    if len(drawn) <= WEEK:
        return Programme(week, ())
    monday = first - timedelta(days=first.weekday())
    rows = [
        [drawn.get(monday + timedelta(days=WEEK * row + n)) for n in range(WEEK)]
        for row in range((last - monday).days // WEEK + 1)
    ]
    return Programme(week, rows)


def _week(phase: Phase, today: date) -> tuple[date, date]:
    """Seven days: the main ones, or as many of them as begin with yesterday."""
    start = phase.first
    if (phase.last - phase.first).days >= WEEK:
        start = max(phase.first, min(today - ONE_DAY, phase.last - timedelta(days=WEEK - 1)))
    return start, min(start + timedelta(days=WEEK - 1), phase.last)


def _day(day: date, count: int, most: int, today: date, place: Place | None) -> Day:
    said = ngettext("%(n)s场", "%(n)s场", count) % {"n": f"{count:,}"} if count else ""
    asked = Asked(day=day.isoformat(), place=place.code if place else "")
    words = _("%(day)s，%(count)s") % {"day": day_words(day), "count": said or _("还没有活动")}
    return Day(
        day, month_name(day), day_name(day), day == today, day < today, f"{reverse('portal:activities')}?{asked.query()}",
        count, said, words, max(1, round(COLUMN * count / most)) if count else 0,
    )  # fmt: skip


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
