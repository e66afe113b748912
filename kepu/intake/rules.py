"""Who may hand in a sheet and what may be done with it now. Scope is a queryset, permission a function: the same rule."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kepu.activities.rules import check_create
from kepu.core.refusals import NotAllowed, StaleState, refused
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.workflow import AT_WORK, CORRIGIBLE, FILEABLE, OPEN_LINES, TRANSITIONS, State
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Role

STUCK_AFTER = timedelta(minutes=10)


def visible_to(actor: Actor) -> QuerySet[SheetImport]:
    """The imports of the unit acted for, to those who file for it: a sheet is full of contacts. Unordered."""
    if actor.unit_id is None or not actor.holds(Role.FILER):
        return SheetImport.objects.none()
    return SheetImport.objects.filter(unit_id=actor.unit_id).select_related("season", "unit")


def check_start(by: Actor, season: Season) -> None:
    """Whoever may draft activities for the unit may hand in a table of them."""
    check_create(by, season)


def can_start(by: Actor, season: Season) -> bool:
    return not refused(check_start, by, season)


def check_choose_columns(by: Actor, sheet: SheetImport) -> None:
    _check_theirs(by, sheet)
    _check_idle(sheet, CORRIGIBLE)


def check_change_line(by: Actor, sheet: SheetImport, line: SheetLine) -> None:
    _check_theirs(by, sheet)
    _check_idle(sheet, CORRIGIBLE - {State.READ})
    if line.state not in OPEN_LINES:
        raise NotAllowed(_("这一行已经成了活动，请到活动的页面上改。"))


def can_change_line(by: Actor, sheet: SheetImport, line: SheetLine) -> bool:
    return not refused(check_change_line, by, sheet, line)


def check_file(by: Actor, sheet: SheetImport) -> None:
    _check_theirs(by, sheet)
    _check_idle(sheet, FILEABLE)


def check_resume(by: Actor, sheet: SheetImport, at: datetime) -> None:
    """Work that has not come on for a while is taken up again; the worker may have given it up."""
    _check_theirs(by, sheet)
    if not is_stuck(sheet, at):
        raise StaleState(_("这张表没有停住。"))


def is_stuck(sheet: SheetImport, at: datetime) -> bool:
    return sheet.state in AT_WORK and at - (sheet.worked_at or sheet.started_at) > STUCK_AFTER


def check_cancel(by: Actor, sheet: SheetImport) -> None:
    _check_theirs(by, sheet)
    if State.CANCELLED not in TRANSITIONS[State(sheet.state)]:
        raise NotAllowed(
            _("这张表现在是“%(state)s”，不用取消。已经填报的活动，请在活动页撤回。")
            % {"state": sheet.get_state_display()}
        )


def _check_theirs(by: Actor, sheet: SheetImport) -> None:
    if not by.acts_for(sheet.unit_id):
        raise NotAllowed(_("这张表由交表的单位办理。"))
    check_create(by, sheet.season)


def _check_idle(sheet: SheetImport, states: frozenset[State]) -> None:
    """The work under way is let finish first; what was cancelled or forgotten is handed in again."""
    if sheet.state in AT_WORK:
        raise StaleState(_("这张表正在办，办完再改。"))
    if sheet.state not in states or sheet.forgotten_at is not None:
        raise NotAllowed(
            _("这张表现在是“%(state)s”，不能再办。要办，请重新交表；已经填报过的行不会重复。")
            % {"state": sheet.get_state_display()}
        )
