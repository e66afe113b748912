"""Who may open and close seasons, who may write, issue and change notices, and which drafts somebody sees."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kepu.core.refusals import NotAllowed, StaleState
from kepu.notices.models import DraftState, NoticeDraft
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place, Role, Unit


def check_season(by: Actor) -> None:
    """Seasons are opened and closed by the system."""
    if not by.is_system:
        raise NotAllowed(_("开设届次由系统管理员用命令完成。"))


def check_issue(by: Actor, place: Place, line: Line | None) -> None:
    """A notice for a place or a line is issued, taken over and changed by whoever coordinates it."""
    if by.is_system:
        return
    reach = {"place": place.path} if line is None else {"place": "", "line": line.path}
    if not by.reaches(Role.COORDINATOR, **reach):
        raise NotAllowed(
            _("只有统筹“%(place)s”的单位可以录入这里的通知。请由该单位的统筹人员操作。")
            % {"place": line or place}
        )


def drafts_visible_to(actor: Actor) -> QuerySet[NoticeDraft]:
    """The drafts an actor sees: those of the unit acted for, to its coordinators."""
    if actor.is_system:
        return NoticeDraft.objects.all()
    if actor.unit is None or not actor.holds(Role.COORDINATOR):
        return NoticeDraft.objects.none()
    return NoticeDraft.objects.filter(unit=actor.unit)


def check_start_draft(by: Actor, place: Place, line: Line | None) -> Unit:
    """A draft is begun for a place or a line that the unit coordinates; gives the unit that writes it."""
    if by.unit is None:
        raise NotAllowed(_("起草通知要代表一个单位。请先选择单位。"))
    check_issue(by, place, line)
    return by.unit


def check_write_draft(by: Actor, draft: NoticeDraft) -> None:
    """A draft is written by the coordinators of its unit, as long as it is open."""
    if not (by.is_system or (by.acts_for(draft.unit_id) and by.holds(Role.COORDINATOR))):
        raise NotAllowed(_("这份通知稿由“%(unit)s”的统筹人员起草，您不能改。") % {"unit": draft.unit.name})
    if draft.state == DraftState.ISSUED:
        raise StaleState(_("这份通知已经发出，稿子不能再改。要改规定，请发补充通知或更正通知。"))
    if draft.state == DraftState.DISCARDED:
        raise StaleState(_("这份通知稿已经作废。要接着写，请先恢复。"))
