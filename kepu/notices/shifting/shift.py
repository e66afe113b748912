"""How far a season is moved, and what that makes of a day, a month, a code."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_CODE = 60
_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Shift:
    """From one year of a campaign to another, so many days on."""

    from_year: int
    year: int
    days: int

    @classmethod
    def of(cls, *, year: int, days: int, from_year: int | None = None) -> Shift:
        """The shift to ``year``; where nobody says from which year, the days tell how many years lie between."""
        return cls(year - round(days / _YEAR) if from_year is None else from_year, year, days)

    @property
    def years(self) -> int:
        return self.year - self.from_year

    def day(self, day: date) -> date:
        """So many days on. Raises OverflowError beyond the calendar."""
        return day + timedelta(days=self.days)

    def same_day(self, day: date) -> date:
        """The same day of the month so many years on: for days that the calendar year itself fixes."""
        return on_year(day, day.year + self.years)

    def month(self, month: str) -> str:
        """ "2023-09" → "2024-09": as many months on as the years between."""
        year, _dash, number = month.partition("-")
        return f"{int(year) + self.years:04}-{number}"

    def code(self, code: str) -> str:
        """``dongguan-2023`` → ``dongguan-2024``; a code that names no year gets the new one behind it."""
        found, times = re.subn(rf"(?<!\d){self.from_year}(?!\d)", str(self.year), code)
        if times:
            return found
        return f"{code[: LONGEST_CODE - 5].rstrip('-._')}-{self.year}"


def on_year(day: date, year: int) -> date:
    """The same day in another year; the 29th of February becomes the 28th where there is none. ValueError beyond year 9999."""
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def suggested_days(first: date, year: int) -> int:
    """How many days on ``first`` falls on the same weekday and nearest to the same date in ``year``: 364 or 371 for the next."""
    return round((on_year(first, year) - first).days / 7) * 7
