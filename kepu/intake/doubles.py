"""Lines that may be there already: the same line handed in before, one like it in the sheet, one like it among the unit's.

Three queries for a piece of work, however many lines it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.activities.models import Activity
from kepu.activities.workflow import WITH_AUTHOR, State
from kepu.intake.checking import Finding
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.tokens import likeness_of
from kepu.intake.workflow import LineState

Where = tuple[int, int]  # number and part of a line
GONE = (State.WITHDRAWN, State.CANCELLED)


def mark_doubles(
    sheet: SheetImport, lines: Sequence[SheetLine], *, older: Mapping[UUID, Sequence[UUID]] = MappingProxyType({})
) -> None:  # fmt: skip
    """Set on the lines in hand what is found; nothing is written. They have their tokens and likenesses already.

    ``older`` are tokens that a line had under keys that are being changed: what was made under one keeps it.
    """
    tokens = {line.token for line in lines if line.token is not None}
    tokens |= {token for before in older.values() for token in before}
    rows = Activity.objects.filter(token__in=tokens, unit_id=sheet.unit_id).order_by("pk")
    made = {activity.token: activity for activity in rows}
    for line in lines:
        if line.token is not None and line.token not in made:
            line.token = next((old for old in older.get(line.token, ()) if old in made), line.token)
    in_sheet = _in_sheet(sheet, lines)
    alike = _of_the_unit(sheet, lines)
    for line in lines:
        line.may_be_double = False
        if line.token is not None and (activity := made.get(line.token)) is not None:
            _made_before(line, activity)
        elif (first := in_sheet.tokens[line.token]) < _where(line):
            line.state = LineState.SKIPPED
            _add(line, _("和第%(n)s行一字不差，只填报那一行。") % {"n": _place(first)})
        elif line.likeness:
            _alike(line, in_sheet.like(line), alike.get(line.likeness))


class _InSheet:
    """Where in the sheet each token stands first, and each likeness everywhere, with the token there."""

    def __init__(self) -> None:
        self.tokens: dict[UUID | None, Where] = {}
        self.likenesses: dict[str, list[tuple[Where, UUID | None]]] = {}

    def see(self, where: Where, token: UUID | None, likeness: str) -> None:
        self.tokens[token] = min(where, self.tokens.get(token, where))
        if likeness:
            self.likenesses.setdefault(likeness, []).append((where, token))

    def like(self, line: SheetLine) -> list[Where]:
        """Other lines like this one that are not the very same."""
        found = self.likenesses.get(line.likeness, [])
        return sorted(where for where, token in found if where != _where(line) and token != line.token)


def _in_sheet(sheet: SheetImport, lines: Sequence[SheetLine]) -> _InSheet:
    found = _InSheet()
    here = {line.pk for line in lines}
    likenesses = {line.likeness for line in lines if line.likeness}
    for line in lines:
        found.see(_where(line), line.token, line.likeness)
    # equal lines are alike too, so this finds them all
    others = sheet.lines.filter(likeness__in=likenesses).exclude(state=LineState.WAITING).order_by("pk")
    for pk, number, part, token, likeness in others.values_list("pk", "number", "part", "token", "likeness"):
        if pk not in here:
            found.see((number, part), token, likeness)
    return found


def _where(line: SheetLine) -> Where:
    return line.number, line.part


def _of_the_unit(sheet: SheetImport, lines: Sequence[SheetLine]) -> dict[str, Activity]:
    """The unit's activities that are like a line, by likeness."""
    titles = {line.content.get("title", "") for line in lines} - {""}
    rows = (
        Activity.objects.filter(unit_id=sheet.unit_id, season_id=sheet.season_id, title__in=titles)
        .exclude(state__in=GONE)
        .only("title", "starts_at", "venue", "address", "state", "token")
        .order_by("pk")
    )
    tokens = {line.token for line in lines}
    return {
        likeness_of(row.title, row.starts_at, row.venue or row.address): row
        for row in rows
        if row.token not in tokens
    }


def _made_before(line: SheetLine, activity: Activity) -> None:
    """The very line was handed in before: what it made is gone on with, and no second one is made."""
    if activity.state in WITH_AUTHOR:
        if line.activity_id != activity.pk:
            _add(line, _("这一行以前存过草稿“%(title)s”，填报的是那份草稿。") % {"title": activity})
        return
    line.state, line.activity_id = LineState.SKIPPED, activity.pk
    _add(
        line,
        _("这一行已经填报过，现在是“%(state)s”，不会再填一次。") % {"state": activity.get_state_display()},
    )


def _place(where: Where) -> str:
    """A line as people call it: 12, or 12-2 where a line was made into several."""
    return str(SheetLine(number=where[0], part=where[1]))


def _alike(line: SheetLine, others: list[Where], activity: Activity | None) -> None:
    if others:
        line.may_be_double = True
        which = _("、").join(_place(where) for where in others[:5])
        _add(line, _("和第%(lines)s行名称、日期、地点都一样，可能重复。") % {"lines": which}, "warning")
    if activity is not None:
        line.may_be_double = True
        day = date_format(localtime(activity.starts_at), "MONTH_DAY_FORMAT") if activity.starts_at else ""
        _add(
            line,
            _("本单位已有“%(title)s”（%(day)s，%(state)s），名称、日期、地点都一样，可能重复。")
            % {"title": activity, "day": day, "state": activity.get_state_display()},
            "warning",
        )


def _add(line: SheetLine, sentence: str, tone: str = "plain") -> None:
    finding: Finding = {"sentence": sentence, "tone": tone, "field": "", "code": "double"}
    line.findings = [*line.findings, finding]
