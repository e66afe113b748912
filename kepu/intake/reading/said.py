"""What one row comes to while it is read: values by name, and a fault for everything that stays unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kepu.intake.reading.columns import Column
from kepu.intake.reading.context import Context

Severity = Literal["error", "hint"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: its header, the field it speaks of, a sentence, and the cell's text as it stands.

    An "error" keeps the row from being filed as it is; a "hint" says how something was read, to be looked at.
    """

    column: str
    field: str
    sentence: str
    severity: Severity
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell under a column that has a field."""

    column: Column
    text: str

    @property
    def header(self) -> str:
        return self.column.header


@dataclass(slots=True)
class Said:
    """The row being read. ``cells`` are its filled cells by field, in the order of the sheet."""

    context: Context
    cells: Mapping[str, list[Cell]]
    content: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    host: str = ""

    def of(self, *names: str) -> list[Cell]:
        """The filled cells of these fields."""
        if len(names) == 1:
            return self.cells.get(names[0], [])
        return [cell for name in names for cell in self.cells.get(name, ())]

    def error(self, cell: Cell, name: str, code: str, sentence: str) -> None:
        self.faults.append(Fault(cell.header, name, sentence, "error", code, cell.text))

    def hint(self, cell: Cell, name: str, code: str, sentence: str) -> None:
        self.faults.append(Fault(cell.header, name, sentence, "hint", code, cell.text))
