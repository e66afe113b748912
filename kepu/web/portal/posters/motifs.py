"""What stands inside the dial: pictures that are true of something, each with parameters of its own. Pure.

A motif is a function of a source of chance, giving SVG in a disc of radius 1 around the origin; strokes are drawn in
``currentColor``-free classes of three weights (``a`` fine, ``b`` plain, ``c`` bold) that the caller colours.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _

TURN = 2 * math.pi
GOLDEN = math.pi * (3 - math.sqrt(5))

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ink:
    """How lines and dots are coloured."""

    line: str
    light: str

    def path(
        self, points: Iterable[Point], *, width: float = 0.006, opacity: float = 1, closed: bool = False
    ) -> str:
        there = " ".join(f"{x:.4f},{y:.4f}" for x, y in points)
        shape = "polygon" if closed else "polyline"
        return (
            f'<{shape} points="{there}" fill="none" stroke="{self.line}" stroke-width="{width}" '
            f'stroke-opacity="{opacity:.2f}" stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def ring(self, at: Point, radius: float, *, width: float = 0.006, opacity: float = 1) -> str:
        return (
            f'<circle cx="{at[0]:.4f}" cy="{at[1]:.4f}" r="{radius:.4f}" fill="none" stroke="{self.line}" '
            f'stroke-width="{width}" stroke-opacity="{opacity:.2f}"/>'
        )

    def dot(self, at: Point, radius: float, *, opacity: float = 1, light: bool = False) -> str:
        fill = self.light if light else self.line
        return f'<circle cx="{at[0]:.4f}" cy="{at[1]:.4f}" r="{radius:.4f}" fill="{fill}" fill-opacity="{opacity:.2f}"/>'


@dataclass(frozen=True, slots=True)
class Motif:
    """``name`` says what the picture shows."""

    name: Any
    drawn: Callable[[Random, Ink], str]


def orbits(dice: Random, ink: Ink) -> str:
    """Ellipses with the sun in one focus; the dots on each are equal times apart (Kepler's second law)."""
    made = []
    n = dice.randint(4, 6)
    for k in range(n):
        far = 0.24 + 0.68 * (k + 1) / n
        eccentricity = dice.uniform(0.04, 0.38)
        half = far / (1 + eccentricity)
        minor = half * math.sqrt(1 - eccentricity**2)
        tilt = dice.uniform(0, TURN)

        def at(
            anomaly: float,
            half: float = half,
            e: float = eccentricity,
            minor: float = minor,
            tilt: float = tilt,
        ) -> Point:
            x, y = half * (math.cos(anomaly) - e), minor * math.sin(anomaly)
            return x * math.cos(tilt) - y * math.sin(tilt), x * math.sin(tilt) + y * math.cos(tilt)

        made.append(ink.path([at(TURN * t / 90) for t in range(90)], width=0.005, opacity=0.55, closed=True))
        steps = 10 + 4 * k
        now = dice.randrange(steps)
        for step in range(steps):
            mean = TURN * step / steps
            anomaly = mean
            for _again in range(8):
                anomaly = mean + eccentricity * math.sin(anomaly)
            behind = (now - step) % steps
            if behind == 0:
                made.append(ink.dot(at(anomaly), 0.026 + 0.008 * dice.random(), light=k == n // 2))
            else:
                made.append(ink.dot(at(anomaly), 0.0075, opacity=max(0.25, 1 - behind / steps)))
    return "".join(made)


def seeds(dice: Random, ink: Ink) -> str:
    """Seeds of a sunflower: each turned by the golden angle from the one before."""
    n = dice.randint(300, 420)
    step, waves, phase = 0.93 / math.sqrt(n), dice.randint(3, 9), dice.uniform(0, TURN)
    lit = dice.randint(8, 21)
    made = []
    for k in range(6, n):
        angle, far = k * GOLDEN + phase, step * math.sqrt(k)
        size = 0.006 + 0.014 * far * (0.75 + 0.25 * math.sin(waves * angle))
        made.append(
            ink.dot(
                (far * math.cos(angle), far * math.sin(angle)),
                size,
                opacity=0.45 + 0.55 * far,
                light=k % lit == 0,
            )
        )
    return "".join(made)


def waves(dice: Random, ink: Ink) -> str:
    """Rings from two sources that cross each other, as of two stones in a pond."""
    apart, tilt = dice.uniform(0.2, 0.5), dice.uniform(0, TURN)
    length = dice.uniform(0.058, 0.075)
    made: list[str] = []
    for sign in (1, -1):
        x, y = sign * apart * math.cos(tilt), sign * apart * math.sin(tilt)
        for k in range(1, int((1 + apart) / length)):
            made += _arcs_within(ink, (x, y), k * length, opacity=0.8 if k % 3 else 1)
        made.append(ink.dot((x, y), 0.028, light=True))
    return "".join(made)


def _arcs_within(ink: Ink, at: Point, radius: float, *, opacity: float) -> Iterable[str]:
    """The part of a circle that lies in the disc, in one or more lines."""
    run: list[Point] = []
    steps = 72
    for t in range(steps + 1):
        angle = TURN * t / steps + math.atan2(at[1], at[0])
        point = at[0] + radius * math.cos(angle), at[1] + radius * math.sin(angle)
        if math.hypot(*point) <= 0.95:
            run.append(point)
        elif len(run) > 1:
            yield ink.path(run, width=0.006, opacity=opacity)
            run = []
        else:
            run = []
    if len(run) > 1:
        yield ink.path(run, width=0.006, opacity=opacity)


def lattice(dice: Random, ink: Ink) -> str:
    """Grids of lines in n directions laid over each other: the order of a quasicrystal."""
    n = dice.choice((5, 7, 8, 9))
    apart = dice.uniform(0.15, 0.2)
    shift = dice.uniform(0.2, 0.8)
    made = []
    for k in range(n):
        angle = math.pi * k / n + 0.1
        x, y = math.cos(angle), math.sin(angle)
        for row in range(-6, 7):
            far = (row + shift) * apart
            if abs(far) >= 0.93:
                continue
            half = math.sqrt(0.93**2 - far**2)
            ends = [(far * x - half * y, far * y + half * x), (far * x + half * y, far * y - half * x)]
            made.append(ink.path(ends, width=0.0045, opacity=0.8 if row % 2 else 0.5))
    for k in range(2 * n):
        angle = math.pi * k / n + 0.1 + math.pi / (2 * n)
        made.append(ink.dot((0.62 * math.cos(angle), 0.62 * math.sin(angle)), 0.016, light=k % 2 == 0))
    return "".join(made)


def pendulum(dice: Random, ink: Ink) -> str:
    """What a pen draws that two pendulums swing, while the swing dies away."""
    a, b = dice.choice(((2, 3), (3, 4), (3, 5), (4, 5), (5, 6), (2, 5), (3, 7)))
    one, two = dice.uniform(0, TURN), dice.uniform(0, TURN)
    off, fade = dice.uniform(0.002, 0.006), dice.uniform(0.012, 0.02)
    points = []
    for t in range(1500):
        s = t * 0.055
        size = 0.92 * math.exp(-fade * s)
        points.append((size * math.sin(a * s * (1 + off) + one) * 0.98, size * math.sin(b * s + two) * 0.98))
    inside = [_into_disc(p) for p in points]
    return ink.path(inside, width=0.0045, opacity=0.85) + ink.dot(inside[-1], 0.024, light=True)


def _into_disc(point: Point) -> Point:
    """A point of the square moved into the disc."""
    x, y = point
    return x * math.sqrt(1 - y * y / 2), y * math.sqrt(1 - x * x / 2)


def contours(dice: Random, ink: Ink) -> str:
    """Lines of equal height of a mountain that is nowhere else."""
    shape = [(k, dice.uniform(0.0, 0.34) / k, dice.uniform(0, TURN)) for k in range(1, 7)]
    peak = dice.uniform(-0.14, 0.14), dice.uniform(-0.14, 0.14)
    made = []
    levels = 13
    for level in range(1, levels + 1):
        share = level / levels
        points = []
        for t in range(120):
            angle = TURN * t / 120
            bulge = sum(size * math.cos(k * angle + phase + 0.9 * share) for k, size, phase in shape)
            far = 0.93 * share * (1 + bulge * (1 - share) * 1.5)
            points.append(
                (peak[0] * (1 - share) + far * math.cos(angle), peak[1] * (1 - share) + far * math.sin(angle))
            )
        made.append(ink.path(points, width=0.009 if level % 5 == 0 else 0.0045, opacity=0.9, closed=True))
    return "".join(made) + ink.dot(peak, 0.022, light=True)


def branches(dice: Random, ink: Ink) -> str:
    """A thing that grows by dividing in two: trees, rivers, nerves."""
    made: list[str] = []
    spread, shrink = dice.uniform(0.34, 0.5), dice.uniform(0.73, 0.78)
    around = dice.choice((3, 4, 5))

    def grow(at: Point, angle: float, length: float, depth: int) -> None:
        end = at[0] + length * math.cos(angle), at[1] + length * math.sin(angle)
        if math.hypot(*end) > 0.93:
            return
        made.append(ink.path((at, end), width=0.0035 + 0.0022 * depth, opacity=0.55 + 0.06 * depth))
        if depth == 0:
            made.append(ink.dot(end, 0.011, light=dice.random() < 0.25))
            return
        for sign in (1, -1):
            grow(end, angle + sign * spread * dice.uniform(0.7, 1.2), length * shrink, depth - 1)

    turn = dice.uniform(0, TURN)
    for k in range(around):
        grow((0, 0), turn + TURN * k / around, 0.27, 5)
    return "".join(made)


MOTIFS = (
    Motif(_("行星的轨道"), orbits), Motif(_("向日葵的种子"), seeds), Motif(_("两列水波"), waves), Motif(_("准晶的格子"), lattice),
    Motif(_("摆画出的线"), pendulum), Motif(_("山的等高线"), contours), Motif(_("一分为二的枝"), branches),
)  # fmt: skip
