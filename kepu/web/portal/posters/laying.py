"""How a poster lies on a sheet: which lines at which size, where the dial is. Pure; ``poster.typ`` sets it as it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import get_language

from kepu.web.portal.posters import figures, qr
from kepu.web.portal.posters.figures import Canvas
from kepu.web.portal.posters.lines import Set, broken, cut, fitted
from kepu.web.portal.posters.pigments import INK
from kepu.web.portal.posters.saying import OFF, Poster

_COLUMN = re.compile(r"[，；、：。\s]+")
_MOST_IN_A_COLUMN, _MOST_COLUMNS = 14, 3


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of sheet: points wide and high; ``ppi`` makes pixels of them."""

    name: Literal["poster", "share", "square"]
    width: float
    height: float
    ppi: float
    endings: tuple[str, ...]
    art: Canvas  # the painted part, from the top left
    title: tuple[float, float]  # the room for it
    sizes: tuple[float, ...]
    fact: float  # size of the facts
    fact_width: float
    fact_lines: int
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
            (515, 118), _falling(46, 17), 12.5, 322, 7, 104,
        ),
        Format(
            "share", 1200, 630, 72, ("png",), Canvas(1200, 630, (938, 262), 222, 500),
            (640, 214), _falling(72, 26), 25, 620, 4, 138,
        ),
        Format(
            "square", 1080, 1080, 72, ("png",), Canvas(1080, 1080, (730, 356), 290, 690),
            (936, 190), _falling(82, 32), 30, 650, 4, 190,
        ),
    )
}  # fmt: skip


def laid(poster: Poster, sheet: Format) -> dict[str, Any]:
    """Everything that ``poster.typ`` needs, as plain data."""
    pigment = INK if poster.seed.grey else figures.pigment_of(poster.seed)
    wide, high = sheet.title
    if poster.figure:  # the count stands beside it
        high *= 0.72
    title = fitted(poster.title, wide, high, sheet.sizes, leading=1.22)
    return {
        "format": sheet.name, "width": sheet.width, "height": sheet.height, "art": figures.figure(poster.seed, sheet.art, pigment),
        "arthigh": sheet.art.height, "qr": qr.svg(poster.address), "qrside": sheet.qr, "sky": pigment.sky, "line": pigment.line,
        "light": pigment.light, "wash": pigment.wash, "title": {"size": title.size, "lines": title.lines},
        "facts": _facts(poster, sheet), "factsize": sheet.fact, "standing": poster.standing, "band": poster.band, "off": poster.standing == OFF,
        "season": poster.season, "columns": _columns(poster.theme), "subcolumns": _columns(poster.subtheme) if _columns(poster.theme) else [],
        "theme": _across(poster.theme, sheet), "subtheme": _across(poster.subtheme, sheet), "marks": list(poster.marks[:6]),
        "invitation": poster.invitation, "caption": poster.caption, "address": _short(poster.address), "figure": poster.figure,
        "counted": poster.counted, "lang": "en" if (get_language() or "").startswith("en") else "zh", "spoken": poster.alt,
    }  # fmt: skip


def _facts(poster: Poster, sheet: Format) -> list[dict[str, Any]]:
    """Label and lines of each fact, until the room is used up."""
    wide, left, found = sheet.fact_width / sheet.fact, sheet.fact_lines, []
    for label, words in poster.facts:
        if not left:
            break
        lines = cut(words, wide, min(2, left))
        left -= len(lines)
        found.append({"label": label, "lines": lines})
    return found


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
    size = sheet.fact
    wide = (sheet.width * 0.3 if sheet.name == "poster" else sheet.title[0]) / size
    return list(broken(text, wide, 4) or cut(text, wide, 4))


def _short(address: str) -> str:
    """An address as people read it aloud."""
    return re.sub(r"^https?://", "", address).rstrip("/")


__all__ = ["FORMATS", "Format", "Set", "laid"]
