"""The rows of a table as a form takes them: cells for a short table, lines to paste for a long one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kepu.core.refusals import Reason
from kepu.notices.kinds.form import Column
from kepu.returns.contacts import is_of_people

MOST_CELLS = 600  # beyond it a browser's form grows heavy, and lines are pasted from a sheet instead
SPARE_ROWS = 2
NOT_TYPED = ("serial", "file")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its column, its name in the form, what stands there, and what is wrong with it."""

    column: Column
    name: str
    value: str
    errors: tuple[Reason, ...]

    @property
    def long(self) -> bool:
        return self.column.type == "long_text" or len(self.value) > 40

    @property
    def private(self) -> bool:
        """Whether it holds people: no browser keeps it."""
        return is_of_people(self.column)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: tuple[Cell, ...]


def typed(columns: Sequence[Column]) -> list[Column]:
    """The columns that people write; serial numbers come of themselves."""
    return [column for column in columns if column.type not in NOT_TYPED]


def is_long(columns: Sequence[Column], count: int) -> bool:
    """Whether the rows are better pasted as lines."""
    return (count + SPARE_ROWS) * max(len(typed(columns)), 1) > MOST_CELLS


def lines(
    columns: Sequence[Column], rows: Sequence[Mapping[str, str]], errors: Mapping[str, Sequence[Reason]]
) -> list[Line]:
    """Rows with two spare ones, cell by cell."""
    asked = typed(columns)
    return [
        Line(n + 1, tuple(
            Cell(c, f"rows.{n}.{c.code}", row.get(c.code, ""), tuple(errors.get(f"rows.{n}.{c.code}", ()))) for c in asked
        ))
        for n, row in enumerate([*rows, *({} for _spare in range(SPARE_ROWS))])
    ]  # fmt: skip


def as_lines(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as a sheet copies them: a line each, columns apart by tabs."""
    codes = [column.code for column in typed(columns)]
    return "\n".join("\t".join(" ".join(row.get(code, "").split()) for code in codes) for row in rows)


def read_rows(columns: Sequence[Column], data: Mapping[str, Any]) -> list[Row]:
    """The rows that were sent, empty ones left out, numbered anew."""
    asked = typed(columns)
    if "rows.lines" in data:
        split = [line.split("\t") for line in str(data["rows.lines"]).splitlines() if line.strip()]
        rows = [{c.code: text.strip() for c, text in zip(asked, cells, strict=False)} for cells in split]
    else:
        count = 1 + max((_number(name) for name in data if name.startswith("rows.")), default=-1)
        rows = [
            {c.code: str(data.get(f"rows.{n}.{c.code}", "")).strip() for c in asked} for n in range(count)
        ]
    filled = [{code: text for code, text in row.items() if text} for row in rows]
    return numbered(columns, [row for row in filled if row])


def numbered(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> list[Row]:
    """Rows with their serial numbers."""
    serial = [column.code for column in columns if column.type == "serial"]
    return [{**row, **dict.fromkeys(serial, str(n))} for n, row in enumerate(rows, start=1)]


def _number(name: str) -> int:
    part = name.split(".")[1]
    return min(int(part), MOST_CELLS) if part.isascii() and part.isdecimal() and len(part) < 5 else -1
