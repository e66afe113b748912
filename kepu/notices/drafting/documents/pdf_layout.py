"""Pieces of text on a page to lines in the order of reading; what a ruled table holds to one line for each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kepu.notices.drafting.documents.joining import glued
from kepu.notices.drafting.documents.pdf_tables import Grid, Stroke, grids


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters without a gap, and its place; heights count from the foot of the page."""

    words: str
    left: float
    right: float
    base: float
    size: float  # how far a full-width character moves on

    @property
    def across(self) -> float:
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        return self.base + 0.3 * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; a row of a table has tabs between its cells."""

    text: str
    left: float
    right: float
    middle: float
    size: float

    @property
    def is_row(self) -> bool:
        return "\t" in self.text


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    strokes: tuple[Stroke, ...]
    covered: float  # the share of it that pictures cover


def lines_of(page: Page) -> list[Line]:
    """The lines of a page from its head to its foot."""
    tables = grids(page.strokes)
    held: list[list[Piece]] = [[] for _table in tables]
    rest: list[Piece] = []
    for piece in page.pieces:
        at = next((i for i, table in enumerate(tables) if table.holds(piece.across, piece.middle)), None)
        (rest if at is None else held[at]).append(piece)
    lines = [_line(pieces) for pieces in levels(rest)]
    for table, pieces in zip(tables, held, strict=True):
        lines += _rows(table, pieces)
    return sorted(lines, key=lambda line: -line.middle)


def levels(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that stand side by side, the highest first, each level from left to right."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.base, p.left)):
        if found:
            first = found[-1][0]
            if first.base - piece.base < 0.4 * min(first.size, piece.size):
                found[-1].append(piece)
                continue
        found.append([piece])
    return [sorted(level, key=lambda p: p.left) for level in found]


def _line(pieces: Sequence[Piece]) -> Line:
    """Pieces of one level as a line: a wide gap is a blank, a very wide one stands between columns."""
    text = [pieces[0].words]
    spread = len(pieces) > 3 and all(len(p.words) == 1 for p in pieces)  # a word drawn out over the line
    for before, piece in pairwise(pieces):
        size = max(before.size, piece.size)
        gap = piece.left - before.right
        if spread or gap < 0.8 * size:
            text.append(" " if _are_words(before, piece) and gap > 0.15 * size else "")
        else:
            text.append("\t" if gap > 2.5 * size else "  ")
        text.append(piece.words)
    return Line(
        "".join(text),
        pieces[0].left,
        max(p.right for p in pieces),
        sum(p.middle for p in pieces) / len(pieces),
        max(pieces, key=lambda p: len(p.words)).size,
    )


def _are_words(before: Piece, piece: Piece) -> bool:
    return before.words[-1].isascii() and piece.words[0].isascii()


def _rows(grid: Grid, pieces: Sequence[Piece]) -> list[Line]:
    """The rows of a table that hold anything; a cell that goes over several columns has empty ones after it."""
    rows: dict[int, dict[int, list[Piece]]] = {}
    for piece in pieces:
        row, column = grid.cell(piece.across, piece.middle)
        rows.setdefault(row, {}).setdefault(column, []).append(piece)
    lines = []
    for row, cells in sorted(rows.items()):
        texts = [_cell(cells[column]) if column in cells else "" for column in range(grid.columns)]
        size = min(p.size for held in cells.values() for p in held)
        lines.append(Line("\t".join(texts), grid.left, grid.right, grid.middle(row), size))
    return lines


def _cell(pieces: Sequence[Piece]) -> str:
    return glued([_line(level).text.replace("\t", " ") for level in levels(pieces)])
