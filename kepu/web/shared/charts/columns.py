"""Columns standing side by side, as of days: what is behind us is filled, what is to come is an outline. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from kepu.web.shared.charts.drawing import box, drawn, frame, line, round_top, words

HEIGHT, TOP, FOOT = 190, 22, 164
LABELS = 6  # so many under a chart stand apart on a phone
NUMBERED = 10  # of more columns only the highest says its number
FILLED = 0.72  # of the room of a column


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what stands under it; ``open`` is one that is still to come."""

    label: str
    n: int
    open: bool = False


def columns(found: Sequence[Column], *, name: str, title: str, desc: str) -> SafeString:
    """The chart; "" where there is nothing to draw."""
    if not found:
        return SafeString("")
    svg = frame(name, title=title, desc=desc, height=HEIGHT)
    most = max(max(one.n for one in found), 0)
    scale, room = round_top(most), 100 / len(found)
    line(svg, "chart-grid", y=TOP)
    words(svg, "chart-scale", f"{scale:,}", x=0, y=TOP - 6)
    every = -(-len(found) // LABELS)
    highest = next(number for number, one in enumerate(found) if max(one.n, 0) == most)
    for number, one in enumerate(found):
        n, left = max(one.n, 0), number * room
        height = n / scale * (FOOT - TOP)
        if n:
            kind, inset = "chart-open" if one.open else "chart-done", room * (1 - FILLED) / 2
            box(svg, kind, x=left + inset, y=FOOT - height, width=room * FILLED, height=height)
        if n and (len(found) <= NUMBERED or number == highest):
            place, anchor = _beneath(number, len(found), room)
            words(svg, "chart-number", f"{n:,}", x=place, y=FOOT - height - 5, anchor=anchor)
        if number % every == 0:
            place, anchor = _beneath(number, len(found), room)
            words(svg, "chart-label", one.label, x=place, y=FOOT + 20, anchor=anchor)
    line(svg, "chart-base", y=FOOT)
    return drawn(svg)


def _beneath(number: int, count: int, room: float) -> tuple[float, str]:
    """Where the words of a column stand: in its middle, but never over the edge."""
    middle = (number + 0.5) * room
    if middle < 6 and count > 1:
        return number * room, "start"
    if middle > 94 and count > 1:
        return (number + 1) * room, "end"
    return middle, "middle"
