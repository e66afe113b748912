"""Who may open and close seasons; write, issue and change notices; send and receive them; and who sees what of it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kepu.core.fields import under
from kepu.core.refusals import NotAllowed, StaleState
from kepu.notices.models import Delivery, DraftState, Notice, NoticeDraft, NoticeStatus
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Line, Place, Role, Unit

# whose reading counts as the unit's; who only looks on (auditors, evaluators) opens nothing
READING = (Role.FILER, Role.REVIEWER, Role.COORDINATOR)
NATION = "/"


def check_season(by: Actor) -> None:
    """A season is opened, begun as a copy and corrected by the system or by whoever coordinates the nation."""
    if not (by.is_system or by.reaches(Role.COORDINATOR, place=NATION)):
        raise NotAllowed(_("开设新一届由全国的统筹单位办理，或由系统管理员用命令完成。"))


def check_close_season(by: Actor) -> None:
    """Seasons are closed by the system."""
    if not by.is_system:
        raise NotAllowed(_("结束届次由系统管理员用命令完成。"))


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


def check_send(by: Actor, notice: Notice) -> None:
    """A notice is sent, and reminded of, by the coordinators of its issuer; while it holds and its text is known."""
    if not (by.is_system or _issues(by, notice)):
        raise NotAllowed(
            _("“%(title)s”由发文单位（%(issuer)s）的统筹人员发送和催办。")
            % {"title": notice.title, "issuer": notice.issuer}
        )
    if notice.status == NoticeStatus.PLACEHOLDER:
        raise NotAllowed(_("“%(title)s”未见正文，不能发送。请先录入正文。") % {"title": notice.title})
    if notice.withdrawn_at is not None or notice.status == NoticeStatus.WITHDRAWN:
        raise NotAllowed(_("“%(title)s”已经撤回，不能再发送或催办。") % {"title": notice.title})


def _issues(by: Actor, notice: Notice) -> bool:
    if notice.issuer_unit_id is not None:
        return by.acts_for(notice.issuer_unit_id) and by.holds(Role.COORDINATOR)
    reach = {"place": notice.place.path} if notice.line is None else {"place": "", "line": notice.line.path}
    return by.reaches(Role.COORDINATOR, **reach)


def looks_after(actor: Actor) -> bool:
    """Whether somebody looks after notices that were sent at all."""
    return actor.is_system or actor.holds(*OVERSEEING)


def sent_by(actor: Actor) -> QuerySet[Notice]:
    """The notices whose deliveries an actor may look at: those of its unit, and those for places and lines it oversees."""
    if actor.is_system:
        return Notice.objects.all()
    if not looks_after(actor):
        return Notice.objects.none()
    scope = Q(issuer_unit_id=actor.unit_id)
    for path in actor.places_as(*OVERSEEING):
        scope |= under("place__path", path)
    for path in actor.lines_as(*OVERSEEING):
        scope |= under("line__path", path)
    return Notice.objects.filter(scope)


def received_by(actor: Actor) -> QuerySet[Delivery]:
    """The deliveries to the unit acted for."""
    if actor.unit_id is None:
        return Delivery.objects.none()
    return Delivery.objects.filter(unit_id=actor.unit_id)


def check_open(by: Actor, delivery: Delivery) -> None:
    """A notice is opened and received by the people of the unit it was sent to."""
    if not (by.acts_for(delivery.unit_id) and by.holds(*READING)):
        raise NotAllowed(
            _("发给“%(unit)s”的通知，由该单位的填报、审核或统筹人员签收。请换成这个单位的身份。")
            % {"unit": delivery.unit.name}
        )


check_receive = check_open


def check_forward(by: Actor, delivery: Delivery) -> None:
    """A notice is forwarded by the coordinators of a unit that received it, to units of the area they coordinate."""
    if not (by.acts_for(delivery.unit_id) and by.holds(Role.COORDINATOR)):
        raise NotAllowed(
            _(
                "发给“%(unit)s”的通知，由该单位的统筹人员转发。请换成这个单位的身份，或请有统筹岗位的同事办理。"
            )
            % {"unit": delivery.unit.name}
        )
    if not (by.places_as(Role.COORDINATOR) or by.lines_as(Role.COORDINATOR)):
        raise NotAllowed(
            _("“%(unit)s”没有统筹的地区或系统，没有可以转发的下级单位。") % {"unit": delivery.unit.name}
        )
    if delivery.notice.withdrawn_at is not None:
        raise NotAllowed(_("“%(title)s”已经撤回，不能再转发。") % {"title": delivery.notice.title})


def check_feed(by: Actor, unit: Unit) -> None:
    """A unit's calendar is opened to other programs by its own people."""
    if not (by.acts_for(unit.pk) and by.holds(*READING)):
        raise NotAllowed(
            _("“%(unit)s”的日历地址由该单位的填报、审核或统筹人员生成和停用。") % {"unit": unit.name}
        )
