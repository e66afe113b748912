"""Bars lying one under the other: how much, and how much of it is done. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from kepu.web.shared.charts.drawing import box, drawn, frame, words

ROW, LABEL, TOP, THICK = 44, 14, 21, 14
LONGEST = 78.0  # the longest bar; the rest of the width is for its number


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the chart: ``whole`` is drawn as an outline, ``part`` of it filled; without a part all of it is filled."""

    label: str
    whole: int
    part: int | None = None


def bars(lines: Sequence[Bar], *, name: str, title: str, desc: str) -> SafeString:
    """The chart; "" where there is nothing to draw. Numbers below zero count as zero, a part ends with its whole."""
    if not lines:
        return SafeString("")
    svg = frame(name, title=title, desc=desc, height=ROW * len(lines))
    scale = max(1, *(line.whole for line in lines))
    for number, one in enumerate(lines):
        top, whole = number * ROW, max(one.whole, 0)
        done = whole if one.part is None else min(max(one.part, 0), whole)
        width = whole / scale * LONGEST
        words(svg, "chart-label", one.label, x=0, y=top + LABEL)
        box(svg, "chart-ground", x=0, y=top + TOP, width=LONGEST, height=THICK)
        if done:
            box(svg, "chart-done", x=0, y=top + TOP, width=done / scale * LONGEST, height=THICK)
        if one.part is not None and whole:
            box(svg, "chart-whole", x=0, y=top + TOP, width=width, height=THICK)
        words(svg, "chart-number", f"{whole:,}", x=width, y=top + TOP + THICK - 2, dx=6)
    return drawn(svg)
