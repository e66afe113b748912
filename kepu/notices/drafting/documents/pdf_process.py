"""Looks into a PDF, in a process of its own: its parser is a large program in C, and a file may make it slow or end it.

Started as a script, so that it imports nothing of the rest: the PDF comes in, JSON goes out. For each page it gives the
pieces of text with their places, the straight lines that tables are ruled with, and how much of it pictures cover.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MOST_LINES = 2_000  # straight lines of a page: a drawing has more than any table
MOST_ALTOGETHER = 10_000
Box = tuple[float, float, float, float]  # left, bottom, right, top


def look(content: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    """What there is in a PDF, or ``{"refused": why}``: locked, broken, pages, long."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as fault:
        locked = getattr(fault, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(fault)
        return {"refused": "locked" if locked else "broken"}
    count = len(document)
    if count > most_pages:
        return {"refused": "pages", "pages": count}
    pages: list[dict[str, Any]] = []
    left, ruled = most_characters, 0
    for index in range(count):
        try:
            page = document[index]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return {"refused": "broken"}
        characters = text.count_chars()
        left -= characters
        if left < 0:
            return {"refused": "long"}
        turn = Turn(page)
        lines, covered = drawn(page, turn)
        ruled += len(lines)
        pages.append(
            {
                "width": turn.width,
                "height": turn.height,
                "pieces": list(pieces(text.raw, characters, turn)),
                "lines": lines if ruled <= MOST_ALTOGETHER else [],
                "covered": covered,
            }
        )
    return {"pages": pages}


class Turn:
    """Places on a page as it is shown: a page may be stored lying on its side."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, self._bottom, right, top = page.get_cropbox()
        self._w, self._h = right - self._left, top - self._bottom
        self._turns = page.get_rotation() // 90 % 4
        self.width, self.height = (self._h, self._w) if self._turns % 2 else (self._w, self._h)

    def shown(self, box: Box) -> Box:
        (a, b), (c, d) = self._point(box[0], box[1]), self._point(box[2], box[3])
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        return ((x, y), (y, self._w - x), (self._w - x, self._h - y), (self._h - y, x))[self._turns]


def pieces(text: Any, count: int, turn: Turn) -> Iterator[list[Any]]:
    """Runs of characters on one line without a gap: [words, left, right, base line, size].

    Fonts side by side have boxes of different heights but one base line, so that is what tells lines apart.
    """
    run: Run | None = None
    blank = False
    for index in range(count):
        sign = chr(raw.FPDFText_GetUnicode(text, index) or 0xFFFD)
        if sign.isspace() or sign in "\ufffe\u200b":
            blank = True
            continue
        place = character(text, index, turn, is_wide="\u3400" <= sign <= "\u9fff")
        if run is not None and run.goes_on(place):
            run.add(sign, place, blank=blank)
        else:
            if run is not None:
                yield run.said()
            run = Run(sign, place)
        blank = False
    if run is not None:
        yield run.said()


class Place(NamedTuple):
    """Where a character is: where its pen starts, its ends, its base line, how big it is."""

    origin: float
    left: float
    right: float
    base: float
    size: float


def character(text: Any, index: int, turn: Turn, *, is_wide: bool) -> Place:
    """The place of one character. A Chinese one is as wide as its font is big; boxes are often higher than that."""
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect))
    raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    left, bottom, right, top = turn.shown((rect.left, rect.bottom, rect.right, rect.top))
    origin, base, _right, _top = turn.shown((x.value, y.value, x.value, y.value))
    size = right - left if is_wide else max(top - bottom, right - left)
    return Place(origin, min(left, origin), right, base, max(1.0, size))


class Run:
    """Characters side by side."""

    def __init__(self, sign: str, place: Place) -> None:
        self.signs, self.origins, self.first, self.last = [sign], [place.origin], place, place
        self.size = place.size

    def goes_on(self, place: Place) -> bool:
        size = min(self.size, max(self.last.size, place.size))
        level = abs(place.base - self.first.base) < size * 0.3
        return level and -size * 0.6 < place.left - self.last.right < size * 0.5

    def add(self, sign: str, place: Place, *, blank: bool) -> None:
        if blank and sign.isascii() and self.signs[-1].isascii():
            self.signs[-1] += " "
        self.signs.append(sign)
        self.origins.append(place.origin)
        self.last, self.size = place, max(self.size, place.size)

    def said(self) -> list[Any]:
        wide = [
            b - a
            for sign, a, b in zip(self.signs, self.origins, self.origins[1:], strict=False)
            if sign >= "\u2e80"
        ]
        size = median(wide) if wide and median(wide) > 1 else self.size
        right = max(
            self.last.right, self.last.origin + size if "\u3400" <= self.signs[-1] <= "\u9fff" else 0.0
        )
        return [
            "".join(self.signs),
            *(round(value, 1) for value in (self.first.left, right, self.first.base, size)),
        ]


def drawn(page: pdfium.PdfPage, turn: Turn) -> tuple[list[list[float]], float]:
    """The straight lines of a page, and the share of it that pictures cover."""
    lines: list[list[float]] = []
    covered = 0.0
    for thing in page.get_objects(max_depth=2):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            covered += abs((right - left) * (top - bottom))
        elif thing.type == raw.FPDF_PAGEOBJ_PATH and thing.level == 0 and len(lines) < MOST_LINES:
            lines += [[round(value, 1) for value in turn.shown(line)] for line in straight(thing)]
    return lines if len(lines) < MOST_LINES else [], covered / max(1.0, turn.width * turn.height)


def straight(path: pdfium.PdfObject) -> Iterator[Box]:
    """The level and upright lines of a path: strokes, and the edges of the thin boxes that stand for strokes."""
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path.raw), 2_000)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from edge(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from edge(point, first)
            last = first


def edge(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Box]:
    wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    if (wide < 1 and high >= 6) or (high < 1 and wide >= 6):
        yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def main() -> None:
    try:
        said = look(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except MemoryError:
        said = {"refused": "slow"}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
