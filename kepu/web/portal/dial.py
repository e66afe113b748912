"""The season drawn as the dial of the sun: a mark for each of its days around ☉. Values only; no query.

The picture says nothing that the page does not say in words, so it needs no words of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import cos, pi, sin

from kepu.core.calendar import ONE_DAY, day_of

RADIUS = 190.0  # of the ring of days; the whole picture is 500 wide, its middle is 0 0
GAP = 0.012  # of a turn between two days, where there are few
MOST_DAYS = 62  # more marks than that would run into one


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the ring: its arc as the path of an SVG, and where its number stands."""

    path: str
    number: int
    x: float
    y: float
    past: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Dial:
    """All the days, and the end of the hand where there is a today among them."""

    marks: tuple[Mark, ...]
    hand: tuple[float, float] | None


def dial(first: date, last: date, *, at: datetime) -> Dial | None:
    """The days from ``first`` to ``last``, clockwise from the top; None where there are too many to draw."""
    days = (last - first).days + 1
    if not 0 < days <= MOST_DAYS:
        return None
    today = day_of(at)
    marks = tuple(_mark(first + n * ONE_DAY, n, days, today) for n in range(days))
    hand = next((_point((n + 0.5) / days, RADIUS - 20) for n, mark in enumerate(marks) if mark.now), None)
    return Dial(marks, hand)


def _mark(day: date, n: int, days: int, today: date) -> Mark:
    gap = min(GAP, 0.25 / days) / 2
    starts, ends = n / days + gap, (n + 1) / days - gap
    (x0, y0), (x1, y1) = _point(starts, RADIUS), _point(ends, RADIUS)
    large = int(ends - starts > 0.5)
    path = f"M{x0} {y0}A{RADIUS:.0f} {RADIUS:.0f} 0 {large} 1 {x1} {y1}"
    x, y = _point((n + 0.5) / days, RADIUS)
    return Mark(path, day.day, x, y, day < today, day == today)


def _point(turn: float, radius: float) -> tuple[float, float]:
    """Where a part of a turn from the top ends."""
    return round(radius * sin(2 * pi * turn), 1), round(-radius * cos(2 * pi * turn), 1)
