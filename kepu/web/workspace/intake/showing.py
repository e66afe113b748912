"""A line of a sheet as the page shows it: what was read from it, and what stands in its way, with the clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.content import apply, from_plain
from kepu.activities.models import Activity
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.workflow import OPEN_LINES, LineState
from kepu.web.shared.sources import Said, cited
from kepu.web.workspace.activities import showing

# the questions that one column answers together
TOGETHER = {
    "when": ("starts_at", "ends_at", "sessions", "lead_days"), "where": ("place", "venue", "address", "online_link"),
    "when_where": ("starts_at", "ends_at", "sessions", "lead_days", "place", "venue", "address", "online_link"),
    "contact": ("contact_name", "contact_phone"), "host": ("co_hosts",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. ``said`` is what stands in its way or needs a waiver, the heaviest first; ``hints`` are to be looked at."""

    line: SheetLine
    title: str
    when: str
    where: str
    said: tuple[Said, ...]
    hints: tuple[Said, ...]
    open: bool  # its cells may be written


def shown(sheet: SheetImport, line: SheetLine) -> Shown:
    """A line without a query."""
    activity = Activity()
    apply(activity, from_plain(line.content))
    columns = [column["field"] for column in sheet.columns]
    found = tuple(said(sheet, line.findings))
    # why a line is not filed again is no hint
    aside = {one for one in found if one.tone == "plain"} if line.state != LineState.SKIPPED else set()
    return Shown(
        line, activity.title or _cell(line, columns, "title"), showing.span(activity) or _cell(line, columns, "when", "when_where", "starts_at"),
        activity.venue or activity.address or activity.online_link or _cell(line, columns, "where", "when_where", "venue", "address"),
        tuple(one for one in found if one not in aside), tuple(one for one in found if one in aside),
        line.state in OPEN_LINES,
    )  # fmt: skip


def read_as(line: SheetLine) -> list[tuple[Any, str]]:
    """What was read from a line's cells about time and place, which people write in many ways."""
    activity = Activity()
    apply(activity, from_plain(line.content))
    names = ("venue", "address", "online_link", "participants_expected")
    facts = [(Activity._meta.get_field(name).verbose_name, getattr(activity, name)) for name in names]  # type: ignore[union-attr]
    when = [(_("时间"), showing.span(activity))]
    return [(label, str(value)) for label, value in (*when, *facts) if value not in ("", None)]


def is_about(finding: dict[str, Any], column: dict[str, Any]) -> bool:
    """Whether a finding speaks of what stands in a column."""
    if finding.get("column"):
        return bool(finding["column"] == column["header"])
    return finding.get("field", "") in (column["field"], *TOGETHER.get(column["field"], ())) and bool(
        column["field"]
    )


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
