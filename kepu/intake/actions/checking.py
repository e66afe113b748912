"""The dry run: each line read and checked as filing would check it, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kepu.activities.content import as_plain
from kepu.core.db import in_transaction, transaction
from kepu.intake import messages
from kepu.intake.actions.steps import CHECK, go_on, locked, move, touch
from kepu.intake.doubles import mark_doubles
from kepu.intake.examining import Examiner
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.queries import LINE_ORDER, counts_of
from kepu.intake.tokens import likeness_of, tokens_of
from kepu.intake.workflow import LineState, State

AT_ONCE = 100  # lines of one piece of work, and of one transaction


@transaction
def check_some(sheet_id: int, *, version: int | None = None, at: datetime, size: int = AT_ONCE) -> bool:
    """Check the next lines of an import; whether there is more to do. Stopped or killed, it goes on by being called again.

    ``version`` is the import's as the work was ordered: what was done meanwhile is not done twice.
    """
    sheet = locked(sheet_id)
    if sheet is None or sheet.state != State.CHECKING or (version is not None and version != sheet.version):
        return False
    lines = list(sheet.lines.filter(state=LineState.WAITING).order_by(*LINE_ORDER)[:size])
    check_lines(sheet, lines, at=at)
    done = {"done": sheet.done + len(lines)}
    if sheet.lines.filter(state=LineState.WAITING).exists():
        touch(sheet, done, at=at)
        go_on(sheet, CHECK, at=at)
        return True
    move(sheet, State.CHECKED, {**done, "checked_at": at}, at=at)
    counts = counts_of(sheet)
    messages.checked(sheet, good=counts.ready, bad=counts.bad, at=at)
    return False


@in_transaction
def check_lines(sheet: SheetImport, lines: Sequence[SheetLine], *, at: datetime) -> None:
    """Read and check some lines and write what was found. A fixed number of queries, however many lines."""
    if not lines:
        return
    examiner = Examiner(sheet, at=at)
    older: dict[UUID, list[UUID]] = {}
    for line in lines:
        values, line.findings = examiner.examine(line)
        line.content = as_plain(values)
        if line.activity_id is None:  # a draft that was made of it before stays its draft, whatever is mended
            line.token, *before = tokens_of(sheet.unit_id, sheet.season_id, line.content)
            older[line.token] = before
        line.likeness = likeness_of(
            values.get("title", ""),
            values.get("starts_at"),
            values.get("venue") or values.get("address") or "",
        )
        faulty = any(finding["tone"] == "error" for finding in line.findings)
        line.state = LineState.FAULTY if faulty else LineState.READY
    mark_doubles(sheet, lines, older=older)
    for line in lines:
        line.version += 1
    SheetLine.objects.bulk_update(
        lines,
        ["content", "findings", "state", "may_be_double", "likeness", "token", "activity_id", "version"],
        batch_size=100,
    )
