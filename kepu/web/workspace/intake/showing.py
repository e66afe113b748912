"""A line of a sheet as the page shows it: what was read from it, and what stands in its way, with the clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kepu.activities.content import apply, from_plain
from kepu.activities.models import Activity
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.workflow import OPEN_LINES
from kepu.web.shared.sources import Said, cited
from kepu.web.workspace.activities import showing


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. ``said`` are its findings, the heaviest first."""

    line: SheetLine
    title: str
    when: str
    where: str
    said: tuple[Said, ...]
    open: bool  # its cells may be written


def shown(sheet: SheetImport, line: SheetLine) -> Shown:
    """A line without a query."""
    activity = Activity()
    apply(activity, from_plain(line.content))
    columns = [column["field"] for column in sheet.columns]
    return Shown(
        line, activity.title or _cell(line, columns, "title"), showing.span(activity) or _cell(line, columns, "when", "when_where", "starts_at"),
        activity.venue or activity.address or activity.online_link or _cell(line, columns, "where", "when_where", "venue", "address"),
        tuple(said(sheet, line.findings)), line.state in OPEN_LINES,
    )  # fmt: skip


def said(sheet: SheetImport, findings: Iterable[dict[str, Any]]) -> Iterable[Said]:
    """Findings as a page says them, each leading to its clause."""
    heavy = {"error": 0, "warning": 1, "plain": 2}
    for one in sorted(findings, key=lambda finding: heavy.get(finding["tone"], 2)):
        clause = one.get("clause", "")
        source = (
            cited(clause, sheet.season, one.get("notice", ""), one.get("clause_id", "")) if clause else None
        )
        yield Said(one["sentence"], one["tone"], one.get("field", ""), source)


def _cell(line: SheetLine, columns: list[str], *fields: str) -> str:
    """What the sheet itself says where nothing was read from it."""
    return next(
        (text for field, text in zip(columns, line.cells, strict=False) if field in fields and text), ""
    )
