"""Positions drawn on a bare scale: a frame with its graduation, a scale bar, north, and a mark for each spot. Pure.

Lengths in the drawing are the units of its view box. North is up, and a degree of longitude is as long as it is in the
middle of what is drawn: true to a thousandth over a city.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from statistics import median

from kepu.core.geo import Position
from kepu.web.portal.map.measuring import RADIUS, distance_words, metres

WIDTH, HEIGHT, MARGIN = 440.0, 330.0, 32.0  # so small that its words can be read on a phone
APART = 26.0  # marks nearer than this are one
LEAST_SPAN = 400.0  # metres across at least, else one building fills the drawing
FAR, TIMES_FAR = 30_000.0, 8.0  # what lies further from the middle than both is drawn nowhere
_DEGREE = RADIUS * radians(1)


@dataclass(slots=True)
class Mark:
    """One or several positions that lie close together. ``number`` counts marks from 1; ``of`` are the positions' indexes."""

    x: float
    y: float
    number: int
    of: list[int]

    @property
    def count(self) -> int:
        return len(self.of)


@dataclass(frozen=True, slots=True)
class Bar:
    """The scale bar: where it ends, and how long it is in words."""

    length: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    marks: list[Mark]
    numbers: dict[int, int]  # the number of the mark that stands for a position, by its index
    here: tuple[float, float] | None
    bar: Bar
    fine: list[float]  # the graduation along x
    coarse: list[float]
    fine_down: list[float]
    coarse_down: list[float]
    far: int  # how many are too far away to be drawn
    width: float = WIDTH
    height: float = HEIGHT
    margin: float = MARGIN

    @property
    def right(self) -> float:
        return WIDTH - MARGIN

    @property
    def bottom(self) -> float:
        return HEIGHT - MARGIN


def drawn(positions: Sequence[Position], here: Position | None = None) -> Drawing | None:
    """The drawing of positions, in their order, and of where the visitor is; None where there is nothing to draw."""
    if not positions:
        return None
    middle = median(lat for lat, _ in positions), median(lon for _, lon in positions)
    away = [metres(middle, position) for position in positions]
    limit = max(FAR, TIMES_FAR * median(away))
    near = [i for i, length in enumerate(away) if length <= limit]
    shown = [positions[i] for i in near]
    with_here = here is not None and metres(middle, here) <= limit
    every = [*shown, here] if with_here and here is not None else shown
    centre, scale = _fitted(every)
    marks = _marks([(i, _placed(positions[i], centre, scale)) for i in near])
    unit = _round_below(90.0 / scale)  # metres of a bar that is about as long as a thumb
    return Drawing(
        marks, {i: mark.number for mark in marks for i in mark.of},
        _placed(here, centre, scale) if with_here and here is not None else None,
        Bar(unit * scale, distance_words(unit)),
        *_graduation(WIDTH, unit * scale), *_graduation(HEIGHT, unit * scale), len(positions) - len(near),
    )  # fmt: skip


def _fitted(positions: Sequence[Position]) -> tuple[Position, float]:
    """The middle, and how many units of the drawing a metre is."""
    lats, lons = [p[0] for p in positions], [p[1] for p in positions]
    centre = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    tall = (max(lats) - min(lats)) * _DEGREE
    wide = (max(lons) - min(lons)) * _DEGREE * cos(radians(centre[0]))
    room = WIDTH - 2 * MARGIN - APART, HEIGHT - 2 * MARGIN - APART
    return centre, min(room[0] / max(wide, LEAST_SPAN), room[1] / max(tall, LEAST_SPAN))


def _placed(position: Position, centre: Position, scale: float) -> tuple[float, float]:
    east = (position[1] - centre[1]) * _DEGREE * cos(radians(centre[0]))
    north = (position[0] - centre[0]) * _DEGREE
    return WIDTH / 2 + east * scale, HEIGHT / 2 - north * scale


def _marks(placed: Sequence[tuple[int, tuple[float, float]]]) -> list[Mark]:
    """Each position joins the first mark that stands close enough, or makes one."""
    found: list[Mark] = []
    for i, (x, y) in placed:
        close = next((mark for mark in found if hypot(mark.x - x, mark.y - y) < APART), None)
        if close is None:
            found.append(Mark(x, y, len(found) + 1, [i]))
        else:
            close.of.append(i)
    return found


def _graduation(length: float, unit: float) -> tuple[list[float], list[float]]:
    """Fine marks every fifth of the unit from the margin on, coarse ones at each whole unit."""
    fifth, end = unit / 5, length - MARGIN
    every = [MARGIN + n * fifth for n in range(int((end - MARGIN) / fifth) + 1)]
    return [x for n, x in enumerate(every) if n % 5], every[::5]


def _round_below(length: float) -> float:
    """The nearest of 1, 2, 5 times a power of ten that is not longer."""
    scale = 1.0
    while scale * 10 <= length:
        scale *= 10
    return next((scale * digit for digit in (5, 2, 1) if scale * digit <= length), scale)
