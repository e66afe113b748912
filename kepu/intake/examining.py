"""One line from its cells to what it would be as an activity, and everything that is to be said about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.intake.checking import Checker, Finding
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.reading import FIELDS, Column, Fault, RawRow, read_line
from kepu.intake.surroundings import context_for

# fields that a cell of another one may answer as well
_ANSWERED_BY = {"contact_name": ("contact",), "contact_phone": ("contact",)}
_TONES = {"error": "error", "hint": "plain"}


class Examiner:
    """Reads and checks the lines of one import. Made for a run: what all lines share is looked up once."""

    def __init__(self, sheet: SheetImport, *, at: datetime) -> None:
        self.checker = Checker(sheet.unit, sheet.season, at=at)
        self.columns = columns_of(sheet)
        self.common = common_columns(sheet)
        self.context = context_for(sheet.unit, sheet.season, self.checker.rules)

    def examine(self, line: SheetLine) -> tuple[dict[str, Any], list[Finding]]:
        """The values as an activity's row takes them, and the findings: of the reading first, then of filing.

        What was not read is not also asked for: a cell has one sentence, not two.
        """
        read = read_line(self._row(line), (*self.columns, *self.common), self.context)
        said = _of_reading(read.faults)
        unread = {one["field"] for one in said if one["tone"] == "error"}
        if "starts_at" in unread:
            unread.add("ends_at")  # both stand in one cell
        values, _unfit = self.checker.values(read.content)
        found = [one for one in self.checker.findings(read.content) if one["field"] not in unread]
        return values, [*said, *found]

    def split(self, line: SheetLine) -> list[list[str]]:
        """The cells of the lines that a line with several activities becomes; none where it holds just one."""
        headers = [column.header for column in self.columns]
        proposed = read_line(self._row(line), self.columns, self.context).split
        return [[cells.get(header, "") for header in headers] for cells in proposed]

    def _row(self, line: SheetLine) -> RawRow:
        headers = [column.header for column in self.columns]
        cells = dict(zip(headers, line.cells, strict=False))
        filled = {column.field for column in self.columns if cells.get(column.header, "").strip()}
        for column, text in self.common.items():
            if not filled & {column.field, *_ANSWERED_BY.get(column.field, ())}:
                cells[column.header] = text
        return RawRow(line.number, cells, frozenset(headers[n] for n in line.carried if n < len(headers)))


def common_columns(sheet: SheetImport) -> dict[Column, str]:
    """What is the same in all lines, as columns that the sheet does not have."""
    width = len(sheet.columns)
    return {
        Column(width + n, _("各行都一样：%(field)s") % {"field": FIELDS[field]}, field, 1.0): text
        for n, (field, text) in enumerate(sheet.common.items())
    }


def columns_of(sheet: SheetImport) -> tuple[Column, ...]:
    """The columns of an import as the reading takes them."""
    return tuple(
        Column(one["index"], one["header"], one["field"], one["sure"], one["note"]) for one in sheet.columns
    )


def _of_reading(faults: Iterable[Fault]) -> list[Finding]:
    """Faults of the reading as findings; each names the column it speaks of."""
    return [
        {
            "sentence": fault.sentence, "tone": _TONES[fault.severity], "field": fault.field, "code": fault.code,
            "column": fault.column,
        }
        for fault in faults
    ]  # fmt: skip
