"""Filing the good lines: each line is an act of its own, done as the person who asked for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from kepu.activities.actions import create_draft, edit_draft, file_activity, file_new
from kepu.activities.content import from_plain
from kepu.activities.models import Activity
from kepu.activities.workflow import WITH_AUTHOR
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete, NotAllowed, Refused, StaleState
from kepu.intake import messages, rules
from kepu.intake.actions.steps import FILE, check_seen, go_on, locked, move, touch
from kepu.intake.checking import Checker, Finding, as_findings
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.queries import LINE_ORDER, hands_in
from kepu.intake.workflow import Event, LineState, State
from kepu.orgs.actor import Actor
from kepu.orgs.queries import actor_for

AT_ONCE = 25  # lines of one piece of work: a message that waits in the outbox is not kept waiting long


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one line."""

    line: SheetLine
    state: LineState
    activity_id: int | None
    findings: list[Finding]


@transaction
def file_lines(
    sheet: SheetImport, *, as_drafts: bool = False, with_doubles: bool = False, expected_version: int | None = None,
    by: Actor, at: datetime,
) -> int:  # fmt: skip
    """Have the good lines filed, or kept as drafts; returns how many. The worker does it, as ``by``.

    Lines that may be there already are left out unless ``with_doubles``. Raises :class:`Incomplete` where none is good.
    """
    rules.check_file(by, sheet)
    check_seen(sheet, expected_version)
    now = locked(sheet.pk)
    check_seen(sheet, now.version if now else -1)
    good = sheet.lines.filter(state=LineState.READY)
    if not with_doubles:
        good = good.filter(may_be_double=False)
    n = good.update(state=LineState.ASKED)
    if not n:
        raise Incomplete(_("没有可以填报的行。请先改好有问题的行。"))
    values = {
        "as_drafts": as_drafts, "asked": n, "done": 0, "why_stopped": "", "person_id": by.person_id, "deputy_for": by.deputy_for
    }  # fmt: skip
    move(sheet, State.FILING, values, event=Event.FILING_ASKED, by=by, at=at, count=n, drafts=int(as_drafts))
    go_on(sheet, FILE, at=at)
    return n


def file_some(sheet_id: int, *, version: int | None = None, at: datetime, size: int = AT_ONCE) -> bool:
    """File the next lines of an import; whether there is more to do. Safe to do again, beside another worker, or after a kill:
    a line whose activity is there already makes no second one.

    ``version`` is the import's as the work was ordered: what was done meanwhile is not done twice. Where the person's post
    does not hold any more, the import stops and says so.
    """
    sheet = SheetImport.objects.select_related("unit", "season", "person").filter(pk=sheet_id).first()
    if sheet is None or sheet.state != State.FILING or (version is not None and version != sheet.version):
        return False
    try:
        by = actor_for(sheet.person, sheet.unit_id, at, deputy_for=sheet.deputy_for)
        rules.check_start(by, sheet.season)
    except NotAllowed as refusal:
        _stop(sheet.pk, str(refusal), at=at)
        return False
    lines = list(sheet.lines.filter(state=LineState.ASKED).order_by(*LINE_ORDER)[:size])
    checker = Checker(sheet.unit, sheet.season, at=at)
    hands = hands_in(sheet, lines)
    outcomes = [
        _file_line(sheet, line, checker, hands[line.pk].difference(by.persons), by=by, at=at)
        for line in lines
    ]
    return _settle(sheet.pk, outcomes, by=by, at=at)


def _file_line(
    sheet: SheetImport, line: SheetLine, checker: Checker, hands: Collection[int], *, by: Actor, at: datetime
) -> _Outcome:
    """One line: drafted and filed as one act, or, where it has a draft already, mended and filed. A refusal is the line's own.

    What the day has made impossible since the dry run leaves no draft behind.
    """
    activity: Activity | None = None
    content = from_plain(line.content)
    try:
        assert line.token is not None  # a line that was checked has one
        if not sheet.as_drafts and line.activity_id is None:
            activity = file_new(
                line.token,
                season=sheet.season,
                content=content,
                hands=hands,
                router=checker.router,
                by=by,
                at=at,
            )
            if activity.state not in WITH_AUTHOR:
                return _Outcome(line, LineState.FILED, activity.pk, line.findings)
        if not sheet.as_drafts:
            found = checker.findings(content)
            if any(one["tone"] == "error" for one in found):
                return _Outcome(line, LineState.REFUSED, line.activity_id, found)
        activity = create_draft(line.token, season=sheet.season, content=content, hands=hands, by=by, at=at)
        if activity.pk == line.activity_id and activity.state in WITH_AUTHOR:  # refused before, and mended
            edit_draft(activity, changes=content, hands=hands, by=by, at=at)
        if sheet.as_drafts:
            return _Outcome(line, LineState.DRAFTED, activity.pk, line.findings)
        if activity.state in WITH_AUTHOR:
            file_activity(activity, expected_version=activity.version, by=by, at=at)
    except StaleState as refusal:  # another worker, or the person on the activity's page
        pk = activity.pk if activity else None
        if pk and Activity.objects.filter(pk=pk, filed_at__isnull=False).exists():
            return _Outcome(line, LineState.FILED, pk, line.findings)
        return _Outcome(line, LineState.REFUSED, pk, as_findings(refusal.reasons, "error"))
    except Refused as refusal:
        pk = activity.pk if activity else line.activity_id
        return _Outcome(line, LineState.REFUSED, pk, as_findings(refusal.reasons, "error"))
    return _Outcome(line, LineState.FILED, activity.pk, line.findings)


@transaction
def _settle(sheet_id: int, outcomes: Sequence[_Outcome], *, by: Actor, at: datetime) -> bool:
    """Note what became of some lines and order the next piece; whether there is one. What another noted stays."""
    sheet = locked(sheet_id)
    if sheet is None:
        return False
    noted = 0
    for one in outcomes:
        values = {"state": one.state, "activity_id": one.activity_id, "findings": one.findings}
        same = sheet.lines.filter(pk=one.line.pk, state__in=[LineState.ASKED, LineState.READY])
        noted += same.update(**values, version=F("version") + 1)
    if sheet.state != State.FILING:  # cancelled meanwhile
        return False
    done = {"done": sheet.done + noted}
    if sheet.lines.filter(state=LineState.ASKED).exists():
        touch(sheet, done, at=at)
        go_on(sheet, FILE, at=at)
        return True
    refused = sheet.lines.filter(state=LineState.REFUSED).count()
    move(
        sheet, State.DONE, {**done, "filed_at": at}, event=Event.FILED, by=by, at=at,
        count=sheet.asked, drafts=int(sheet.as_drafts), refused=refused,
    )  # fmt: skip
    messages.filed(sheet, refused=refused, at=at)
    return False


@transaction
def _stop(sheet_id: int, why: str, *, at: datetime) -> None:
    """Go no further, and say why; the lines that were asked for are as good as they were."""
    sheet = locked(sheet_id)
    if sheet is None or sheet.state != State.FILING:
        return
    sheet.lines.filter(state=LineState.ASKED).update(state=LineState.READY)
    by = Actor(sheet.person_id, sheet.person.name, sheet.unit, deputy_for=sheet.deputy_for)
    move(sheet, State.STOPPED, {"why_stopped": why}, event=Event.STOPPED, by=by, at=at)
    messages.stopped(sheet, why, at=at)
