"""Who may hand in, take back, accept and release, and what a deadline is. Scope and permission are the same rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of, end_of_day
from kepu.core.fields import under
from kepu.core.refusals import GateClosed, NotAllowed, Reason, StaleState, refused
from kepu.notices.duties import Owed, duties_of
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.moments import Anchors
from kepu.notices.kinds.window import Window
from kepu.notices.models import Season
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Role, Unit
from kepu.returns.models import Return, ReturnQuerySet
from kepu.returns.workflow import HANDED, TRANSITIONS, State

WRITING = (Role.FILER, Role.COORDINATOR)
RECEIVING = (Role.REVIEWER, Role.COORDINATOR)


def visible_to(actor: Actor) -> ReturnQuerySet:
    """The returns an actor sees: its unit's own, those handed in to it, and those of its area once handed in."""
    if actor.is_system:
        return Return.objects.all()
    if actor.unit_id is None or actor.only_helps:
        return Return.objects.none()
    area = Q(receiver_id=actor.unit_id)
    for path in actor.places_as(*OVERSEEING):
        area |= under("place_path", path)
    for path in actor.lines_as(*OVERSEEING):
        area |= under("line_path", path)
    # a draft is its unit's own; that a unit need not hand in is for everybody who asks after it
    told = Q(state__in=sorted({*HANDED, State.RELEASED}))
    return Return.objects.filter(Q(unit_id=actor.unit_id) | (area & told))


def anchors_of(rules: Rules) -> dict[str, datetime]:
    """What relative dates may count from: the beginnings and ends of the windows in force."""
    anchors: dict[str, datetime] = {}
    for rule in rules.of_kind("window"):
        if isinstance(rule.params, Window):
            begins, ends = rule.params.begins(), rule.params.ends()
            anchors |= {f"{rule.key}.start": begins} if begins else {}
            anchors |= {f"{rule.key}.end": ends} if ends else {}
    return anchors


def owed_under(rules: Rules) -> list[Owed]:
    """The duties that the rules lay on a unit, with the dates that count from windows and from the notice's issue."""
    anchors = anchors_of(rules)
    return [_from_issue(owed, anchors) for owed in duties_of(rules, anchors=anchors)]


def _from_issue(owed: Owed, anchors: Anchors) -> Owed:
    """Dates such as "within 5 working days of this notice" count from the notice that lays the duty."""
    issued = owed.rule.clause.notice.in_force_at
    moment = owed.params.due
    if owed.due is not None or issued is None or moment is None:
        return owed
    found = moment.resolve({**anchors, "notice_issued": issued, "notice_received": issued})
    return owed if found.at is None else replace(owed, due=found.at, settled=found.settled)


def deadline_of(owed: Owed) -> datetime | None:
    """The last instant in time. A notice younger than its own deadline is judged from the day it came (TS-02, TS-52)."""
    known = owed.rule.clause.notice.in_force_at
    if owed.due is None or known is None or known <= owed.due:
        return owed.due
    return end_of_day(day_of(known))


def is_late(owed: Owed, at: datetime) -> bool:
    """Whether something first handed in at ``at`` is late. 9月8日前 lasts to the end of the 8th in China's time."""
    deadline = deadline_of(owed)
    return deadline is not None and at > deadline


def reason_of(rule: InForce, sentence: str, field: str = "") -> Reason:
    """A reason that names the clause of a rule."""
    return Reason(
        sentence, field=field, code=rule.key, clause=rule.cite, clause_id=rule.clause.code,
        notice=rule.clause.notice.code, rule=rule,
    )  # fmt: skip


def check_write(by: Actor, unit: Unit) -> None:
    """A unit's returns are written by its own people, in a filing or a coordinating post."""
    if not (by.acts_for(unit.pk) and by.holds(*WRITING)):
        raise NotAllowed(
            _(
                "“%(unit)s”的报送由该单位的填报人员或统筹人员办理。请换成这个单位的身份，或请统筹单位安排岗位。"
            )
            % {"unit": unit.name}
        )


def check_open(season: Season) -> None:
    """A season that was closed is a record."""
    if not season.is_open:
        raise NotAllowed(_("“%(season)s”已经结束归档，不能再报送。请联系统筹单位。") % {"season": season})


def check_begun(owed: Owed, *, at: datetime) -> None:
    """A duty that opens on a day is handed in from that day on. Late is no reason to refuse."""
    if not owed.is_open(at):
        opens = owed.params.opens.words() if owed.params.opens else ""
        sentence = _("“%(title)s”从%(opens)s起报送，现在还不能报。可以先写好保存。") % {
            "title": owed.title, "opens": opens
        }  # fmt: skip
        raise GateClosed(reasons=[reason_of(owed.rule, sentence)])


def check_receive(by: Actor, row: Return) -> None:
    """A return is accepted or sent back by the unit it was handed in to; where that is not in the system, from above."""
    if by.is_system:
        return
    if row.receiver_id is not None:
        if by.acts_for(row.receiver_id) and by.holds(*RECEIVING):
            return
        raise NotAllowed(
            _("“%(title)s”报送给%(receiver)s，由该单位的审核或统筹人员接收或退回。")
            % {"title": row.title, "receiver": row.receiver_name}
        )
    if not _coordinates_from_above(by, row.unit_id, row.place_path, row.line_path):
        raise NotAllowed(_("“%(title)s”由上一级的统筹人员接收或退回。") % {"title": row.title})


def check_show_people(by: Actor, row: Return) -> None:
    """Names and numbers in a return are shown to its unit, to who received it, and to who coordinates its area."""
    handed = row.state in HANDED
    receives = by.acts_for(row.receiver_id) and by.holds(*RECEIVING)
    above = _coordinates_from_above(by, row.unit_id, row.place_path, row.line_path)
    if not (by.acts_for(row.unit_id) or (handed and (receives or above))):
        raise NotAllowed(_("表里的姓名和号码只给报送单位、接收单位和统筹单位的人看。"))


def check_release(by: Actor, unit: Unit, owed: Owed) -> None:
    """A unit is released from a duty by whoever coordinates its area; nobody releases itself."""
    if by.is_system or _coordinates_from_above(by, unit.pk, unit.place_path, unit.line_path):
        return
    raise NotAllowed(
        _("免除“%(unit)s”的“%(title)s”，要由统筹它所在地区或系统的上级单位决定。")
        % {"unit": unit.name, "title": owed.title}
    )


def check_move(row: Return, to: State) -> None:
    """Whether the row may go there from where it is."""
    if to not in TRANSITIONS[State(row.state)]:
        raise StaleState(
            _("“%(title)s”现在是“%(state)s”，不能这样处理。请刷新后再看。")
            % {"title": row.title, "state": row.get_state_display()}
        )


def can_receive(by: Actor, row: Return) -> bool:
    return row.state == State.HANDED_IN and not refused(check_receive, by, row)


def _coordinates_from_above(by: Actor, unit_id: int, place: str, line: str) -> bool:
    return not by.acts_for(unit_id) and by.reaches(Role.COORDINATOR, place=place, line=line)
