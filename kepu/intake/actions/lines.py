"""Mending one line in place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.intake import rules
from kepu.intake.actions.checking import check_lines
from kepu.intake.actions.steps import check_seen, touch
from kepu.intake.examining import Examiner
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.workflow import Event, LineState
from kepu.orgs.actor import Actor

LONGEST_CELL = 20_000
SEVERAL = "several_activities"  # the code under which the reading says that a line holds several


@transaction
def change_line(
    sheet: SheetImport, line: SheetLine, cells: Mapping[int, str], *, expected_version: int | None = None, by: Actor, at: datetime
) -> SheetLine:  # fmt: skip
    """Write cells of a line, by the number of their column from 0, and check the line anew at once.

    Raises :class:`Incomplete` for what is too long to be kept: nothing is ever cut off.
    """
    rules.check_change_line(by, sheet, line)
    check_seen(line, expected_version)
    written = {n: text.replace("\0", "").replace("\r\n", "\n").strip() for n, text in cells.items()}
    changed = [n for n, text in written.items() if n < len(line.cells) and text != line.cells[n]]
    _check_lengths(sheet, {n: written[n] for n in changed})
    if line.state == LineState.SKIPPED:
        line.activity_id = None
    for n in changed:
        line.cells[n] = written[n]
    line.carried = [n for n in line.carried if n not in changed]
    _write(line, cells=line.cells, carried=line.carried)
    check_lines(sheet, [line], at=at)
    touch(sheet, event=Event.LINE_CHANGED, by=by, at=at, line=str(line), count=len(changed))
    return line


@transaction
def split_line(sheet: SheetImport, line: SheetLine, *, by: Actor, at: datetime) -> list[SheetLine]:
    """Make a line that holds several activities into one line for each, as the reading proposes, and check them.

    Raises :class:`Incomplete` where it holds no list of activities.
    """
    rules.check_change_line(by, sheet, line)
    rows = Examiner(sheet, at=at).split(line)
    if not rows:
        raise Incomplete(_("第%(n)s行不是一格几项活动，拆不开。请直接改。") % {"n": line})
    first, *others = rows
    after = sheet.lines.filter(number=line.number).aggregate(last=Max("part"))["last"]
    made = [
        SheetLine(sheet=sheet, number=line.number, part=after + n, cells=cells, carried=line.carried)
        for n, cells in enumerate(others, start=1)
    ]
    line.cells = first
    _write(line, cells=first)
    SheetLine.objects.bulk_create(made)
    lines = [line, *made]
    check_lines(sheet, lines, at=at)
    touch(
        sheet, {"rows": sheet.rows + len(made)}, event=Event.LINE_SPLIT, by=by, at=at, line=str(line), count=len(lines)
    )  # fmt: skip
    return lines


def _check_lengths(sheet: SheetImport, written: Mapping[int, str]) -> None:
    said = _("“%(name)s”最多%(most)s个字，现在有%(now)s个字。")
    faults = [
        Reason(
            said % {"name": sheet.columns[n]["header"], "most": LONGEST_CELL, "now": len(text)},
            field=f"cell-{n}", code="form",
        )
        for n, text in written.items()
        if len(text) > LONGEST_CELL
    ]  # fmt: skip
    if faults:
        raise Incomplete(reasons=faults)


@in_transaction
def _write(line: SheetLine, **values: Any) -> None:
    """Write to the line as the caller saw it; whoever was overtaken is told."""
    if not SheetLine.objects.filter(pk=line.pk, version=line.version, state=line.state).update(**values):
        raise StaleState()
