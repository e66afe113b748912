"""The picture of a poster: a dial like an instrument's around a motif, over ridges, under stars. Pure: same seeds, same SVG.

The field says which motif and which pigment, so that a family is seen; the activity's number gives the parameters, so that
no two are alike; the place gives the ridges, so that all that is held there stands over the same mountains. The dial is
real: a day's hours with noon above, or a year's days with New Year above, and what shines on it is the time.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from random import Random

from kepu.web.portal.posters.motifs import MOTIFS, TURN, Ink, Motif
from kepu.web.portal.posters.pigments import INK, PIGMENTS, Pigment


@dataclass(frozen=True, slots=True)
class Seed:
    """What a figure follows from. ``arc``: which part of the dial shines, as two turns from its top (0 ≤ … ≤ 1)."""

    family: str  # the code of the field; of what has none, its own
    own: str
    place: str
    marks: int  # how many marks the dial has: 96 quarters of an hour, 365 days
    arc: tuple[float, float] | None = None
    grey: bool = False  # it is off: drawn in ink


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture's size, where the dial is, and where the land begins."""

    width: float
    height: float
    centre: tuple[float, float]
    radius: float
    horizon: float


def motif_of(seed: Seed) -> Motif:
    return MOTIFS[_chosen("motif", seed.family, len(MOTIFS))]


def pigment_of(seed: Seed) -> Pigment:
    """Its field's; ink for what is off."""
    return INK if seed.grey else PIGMENTS[_chosen("pigment", seed.family, len(PIGMENTS))]


def figure(seed: Seed, canvas: Canvas, pigment: Pigment) -> str:
    """The whole picture as SVG."""
    x, y = canvas.centre
    ink = Ink(pigment.line, pigment.light)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {canvas.width:g} {canvas.height:g}" '
        f'width="{canvas.width:g}" height="{canvas.height:g}">',
        f'<defs><radialGradient id="g" gradientUnits="userSpaceOnUse" cx="{x:g}" cy="{y:g}" r="{canvas.radius * 1.9:g}">'
        f'<stop offset="0" stop-color="{pigment.ridges[1]}"/><stop offset="1" stop-color="{pigment.sky}"/></radialGradient></defs>',
        f'<rect width="{canvas.width:g}" height="{canvas.height:g}" fill="url(#g)"/>',
        _stars(Random(f"stars {seed.own}"), canvas, pigment),
        _ridges(Random(f"ridges {seed.place}"), canvas, pigment),
        f'<g transform="translate({x:g} {y:g}) scale({canvas.radius:g})">',
        f'<circle r="0.985" fill="{pigment.sky}" fill-opacity="0.72"/>',
        f'<g transform="scale(.76)">{motif_of(seed).drawn(Random(f"{seed.family} {seed.own}"), ink)}</g>',
        _dial(seed, ink),
        "</g></svg>",
    ]  # fmt: skip
    return "".join(parts)


def _dial(seed: Seed, ink: Ink) -> str:
    """☉: the ring with its marks, the time on it, and the sun in the middle."""
    made = [ink.ring((0, 0), 0.8, width=0.006, opacity=0.9), ink.ring((0, 0), 0.985, width=0.012)]
    long, middle = (12, 4) if seed.marks == 96 else (73, 5)
    for n in range(seed.marks):
        inner = 0.86 if n % long == 0 else 0.9 if n % middle == 0 else 0.935
        made.append(
            ink.path(
                (_at(n / seed.marks, inner), _at(n / seed.marks, 0.968)),
                width=0.011 if n % long == 0 else 0.005,
            )
        )
    if seed.arc:
        start, end = seed.arc
        steps = max(2, int((end - start) * 120))
        there = " ".join(
            "{:.4f},{:.4f}".format(*_at(start + (end - start) * n / steps, 0.83)) for n in range(steps + 1)
        )
        made.append(
            f'<polyline points="{there}" fill="none" stroke="{ink.light}" stroke-width="0.042" stroke-linecap="round"/>'
        )
    made.append(
        f'<circle r="0.075" fill="{ink.light}"/><circle r="0.112" fill="none" stroke="{ink.light}" stroke-width="0.012"/>'
    )
    return "".join(made)


def _at(turn: float, far: float) -> tuple[float, float]:
    """A point of the dial: turns from its top, the way of the sun."""
    return far * math.sin(TURN * turn), -far * math.cos(TURN * turn)


def _stars(dice: Random, canvas: Canvas, pigment: Pigment) -> str:
    made = []
    for _n in range(70):
        at = dice.uniform(0, canvas.width), dice.uniform(0, canvas.horizon)
        size = canvas.radius * dice.choice((0.004, 0.004, 0.006, 0.009))
        made.append(
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{size:.2f}" fill="{pigment.line}" fill-opacity="{dice.uniform(0.35, 0.9):.2f}"/>'
        )
    return "".join(made)


def _ridges(dice: Random, canvas: Canvas, pigment: Pigment) -> str:
    """Three ranges, one before the other, from the horizon to the foot of the picture."""
    deep = canvas.height - canvas.horizon
    made = []
    for n, colour in enumerate(pigment.ridges):
        base = canvas.horizon + deep * (0.2 + 0.26 * n)
        hills = [
            (dice.uniform(0.7, 1.6) * (k + 1), dice.uniform(0, TURN), deep * 0.3 / (k + 1) ** 0.85)
            for k in range(5)
        ]
        points = []
        for step in range(73):
            share = step / 72
            rise = sum(
                size * abs(math.sin(pace * share * math.pi + phase)) ** 1.3 for pace, phase, size in hills
            )
            points.append(f"{share * canvas.width:.1f},{base - rise * 0.55:.1f}")
        made.append(
            f'<polygon points="0,{canvas.height:g} {" ".join(points)} {canvas.width:g},{canvas.height:g}" fill="{colour}"/>'
        )
    return "".join(made)


def _chosen(what: str, name: str, among: int) -> int:
    """The same for ever: not Python's hash, which is another in each process."""
    return int.from_bytes(hashlib.sha256(f"{what} {name}".encode()).digest()[:4]) % among
