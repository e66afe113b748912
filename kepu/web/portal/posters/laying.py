"""How a poster lies on a sheet: which lines at which size, where the dial is. Pure; ``poster.typ`` sets it as it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import get_language

from kepu.web.portal.posters import figures, qr
from kepu.web.portal.posters.figures import Canvas
from kepu.web.portal.posters.lines import cut, fitted
from kepu.web.portal.posters.saying import OFF, QUARTERS, Poster

_COLUMN = re.compile(r"[，；、：。\s]+")
_MOST_IN_A_COLUMN, _MOST_COLUMNS = 14, 3


Ending = Literal["png", "svg", "pdf"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of sheet: points wide and high; ``ppi`` makes pixels of them."""

    name: str
    width: float
    height: float
    ppi: float
    endings: tuple[Ending, ...]
    art: Canvas  # the painted part, from the top left
    room: tuple[float, float]  # for all that is said beside the theme
    title: float  # how much of the height is for the title at most
    sizes: tuple[float, ...]  # of the title
    fact_sizes: tuple[float, ...]
    fact_width: float
    band: float  # its size
    qr: float

    @property
    def pixels(self) -> tuple[int, int]:
        return round(self.width * self.ppi / 72), round(self.height * self.ppi / 72)


def _falling(first: int, last: int) -> tuple[float, ...]:
    return tuple(float(n) for n in range(first, last - 1, -1))


FORMATS = {
    one.name: one
    for one in (
        Format(
            "poster", 595.28, 841.89, 150, ("png", "svg", "pdf"), Canvas(595.28, 520, (333, 246), 196, 420),
            (515, 236), 118, _falling(46, 17), _falling(15, 8), 340, 19, 112,
        ),
        Format(
            "share", 1200, 630, 72, ("png",), Canvas(1200, 630, (938, 262), 222, 500),
            (640, 446), 214, _falling(72, 26), _falling(26, 15), 560, 32, 138,
        ),
        Format(
            "square", 1080, 1080, 72, ("png",), Canvas(1080, 1080, (730, 336), 270, 690),
            (936, 500), 210, _falling(82, 32), _falling(30, 18), 620, 38, 190,
        ),
    )
}  # fmt: skip
LEADING, FACT_LEADING, BETWEEN = 1.22, 1.28, 0.42  # poster.typ has the same


def laid(poster: Poster, sheet: Format) -> dict[str, Any]:
    """Everything that ``poster.typ`` needs, as plain data."""
    pigment = figures.pigment_of(poster.seed)
    wide, high = sheet.room
    used = (1.6 * sheet.band + 18 if poster.band else 0) + (2.4 * sheet.band + 14 if poster.figure else 0)
    title = fitted(poster.title, wide, min(sheet.title, (high - used) * 0.5), sheet.sizes, leading=LEADING)
    size, facts = _facts(poster, sheet, high - used - title.size * LEADING * len(title.lines) - 24)
    return {
        "format": sheet.name, "width": sheet.width, "height": sheet.height, "art": figures.figure(poster.seed, sheet.art, pigment),
        "arthigh": sheet.art.height, "qr": qr.svg(poster.address), "qrside": sheet.qr, "sky": pigment.sky, "line": pigment.line,
        "light": pigment.light, "title": {"size": title.size, "lines": title.lines},
        "facts": facts, "factsize": size, "bandsize": sheet.band, "standing": poster.standing, "band": poster.band, "off": poster.standing == OFF,
        "season": poster.season, "columns": _columns(poster.theme), "subcolumns": _columns(poster.subtheme) if _columns(poster.theme) else [],
        "theme": _across(poster.theme, sheet), "subtheme": _across(poster.subtheme, sheet), "marks": list(poster.marks[:6]),
        "invitation": poster.invitation, "caption": poster.caption, "address": _short(poster.address), "figure": poster.figure,
        "counted": poster.counted, "dial": ["12", "18", "0", "6"] if poster.seed.marks == QUARTERS else ["1", "4", "7", "10"],
        "centre": sheet.art.centre, "radius": sheet.art.radius, "lang": "en" if (get_language() or "").startswith("en") else "zh", "spoken": poster.alt,
    }  # fmt: skip


def _facts(poster: Poster, sheet: Format, high: float) -> tuple[float, list[dict[str, Any]]]:
    """The largest size at which label and words of all facts fit, two lines each; at the smallest what there is room for."""
    for size in sheet.fact_sizes:
        found = [
            {"label": label, "lines": cut(words, sheet.fact_width / size, 2)} for label, words in poster.facts
        ]
        if _high(found, size) <= high:
            return size, found
    while len(found) > 1 and _high(found, size) > high:
        found.pop()
    return size, found


def _high(facts: list[dict[str, Any]], size: float) -> float:
    return sum(len(fact["lines"]) for fact in facts) * size * FACT_LEADING + (len(facts) - 1) * size * BETWEEN


def _columns(text: str) -> list[str]:
    """A theme as it is written on a scroll: columns from right to left, without marks; none where it is not for that."""
    parts = [part for part in _COLUMN.split(text) if part]
    fits = parts and len(parts) <= _MOST_COLUMNS and all(len(part) <= _MOST_IN_A_COLUMN for part in parts)
    chinese = all("\u3400" <= char <= "\u9fff" for part in parts for char in part)
    return parts if fits and chinese else []


def _across(text: str, sheet: Format) -> list[str]:
    """A theme in lines, where it is not for columns."""
    if not text:
        return []
    wide = {"poster": 165 / 13.5, "share": 740 / 21, "square": 330 / 25}[sheet.name]
    return list(cut(text, wide, 1 if sheet.name == "share" else 5))


def _short(address: str) -> str:
    """An address as people read it aloud."""
    return re.sub(r"^https?://", "", address).rstrip("/")
