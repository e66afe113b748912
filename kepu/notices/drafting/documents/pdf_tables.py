"""Ruled tables of a PDF: from the straight lines of a page to the grid they make, with cells that go over several."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

NEAR = 3.0  # points: lines nearer than this are one, ends nearer than this touch


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level or an upright line."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.top - self.bottom


class Rules:
    """Level strokes by their height, or upright ones by their place: those in one line together, asked about quickly."""

    def __init__(self, ends: Iterable[tuple[float, float, float]]) -> None:
        self.at: list[float] = []
        self._spans: list[list[tuple[float, float]]] = []
        for position, first, last in sorted(ends):
            if not self.at or position - self.at[-1] > NEAR:
                self.at.append(position)
                self._spans.append([])
            self._spans[-1].append((first, last))
        self._spans = [_merged(spans) for spans in self._spans]
        self._begins = [[first for first, _last in spans] for spans in self._spans]

    def lines(self) -> Iterator[tuple[float, float, float]]:
        """Each line with its position and its two ends."""
        for position, spans in zip(self.at, self._spans, strict=True):
            for first, last in spans:
                yield position, first, last

    def has(self, index: int, across: float) -> bool:
        """Whether there is ink on the ``index``-th position at a point along it."""
        found = bisect_right(self._begins[index], across + NEAR) - 1
        return found >= 0 and across <= self._spans[index][found][1] + NEAR


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    whole: list[tuple[float, float]] = []
    for first, last in sorted(spans):
        if whole and first <= whole[-1][1] + NEAR:
            whole[-1] = whole[-1][0], max(whole[-1][1], last)
        else:
            whole.append((first, last))
    return whole


class Grid:
    """A table: rows from the top down between level lines, columns between upright ones; cells may go over several."""

    def __init__(self, level: Rules, upright: Rules) -> None:
        self._level, self._upright = level, upright
        self.columns, self.rows = len(upright.at) - 1, len(level.at) - 1
        self.left, self.right = upright.at[0], upright.at[-1]

    def middle(self, row: int) -> float:
        """The height of a row's middle."""
        return (self._level.at[self.rows - row] + self._level.at[self.rows - row - 1]) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self._level.at[0] <= y <= self._level.at[-1]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the cell around a point inside; of a cell that goes over several, the upper left ones."""
        top = min(max(bisect_left(self._level.at, y), 1), self.rows)
        while top < self.rows and not self._level.has(top, x):
            top += 1
        column = min(max(bisect_right(self._upright.at, x) - 1, 0), self.columns - 1)
        while column and not self._upright.has(column, y):
            column -= 1
        return self.rows - top, column


def grids(strokes: Sequence[Stroke]) -> list[Grid]:
    """The tables that strokes make: two columns at least, since a single frame only sets its text apart."""
    level = list(Rules((s.top, s.left, s.right) for s in strokes if s.is_level).lines())
    upright = list(Rules((s.left, s.bottom, s.top) for s in strokes if not s.is_level).lines())
    tables = [Grid(Rules(a), Rules(b)) for a, b in _crossing(level, upright) if a and b]
    return [table for table in tables if table.columns >= 2 and table.rows >= 1]


Line = tuple[float, float, float]  # its height or place, its first and its last end


def _crossing(level: Sequence[Line], upright: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Lines that hang together by crossing or meeting."""
    parent = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for i, (height, left, right) in enumerate(level):
        for j, (place, bottom, top) in enumerate(upright, len(level)):
            if left - NEAR <= place <= right + NEAR and bottom - NEAR <= height <= top + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for at, line in enumerate((*level, *upright)):
        groups.setdefault(root(at), ([], []))[at >= len(level)].append(line)
    yield from groups.values()
