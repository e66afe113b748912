"""Who decides on applications, and who decides that units change. Each ``check_…`` raises a sentence."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.fields import under
from kepu.core.refusals import Incomplete, NotAllowed, Reason
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ON_A_DAY, OPEN, ApplicationKind, ApplicationState, ChangeKind, ChangeState
from kepu.orgs.models import Application, ApplicationQuerySet, Line, Place, Role, Unit, UnitChange
from kepu.orgs.rules import covers

LOOKING = (Role.COORDINATOR, Role.AUDITOR)
FURTHEST = timedelta(days=2 * 366)  # how far ahead a change may be laid down


def applications_visible_to(actor: Actor) -> ApplicationQuerySet:
    """The applications an actor sees: those of its area, those handed to its unit, those its unit made. Unordered."""
    if actor.is_system:
        return Application.objects.all()
    scope = Q(by_unit_id=actor.unit_id) if actor.unit_id else Q(pk__in=[])
    if actor.holds(*LOOKING):
        scope |= Q(receiver_id=actor.unit_id)
    for path in actor.places_as(*LOOKING):
        scope |= under("place_path", path)
    for path in actor.lines_as(*LOOKING):
        scope |= under("line_path", path)
    return Application.objects.filter(scope)


def check_decide(by: Actor, application: Application) -> None:
    """Approve, return, merge or refuse: a coordinator of the place or line, never the applicant."""
    _check_decider(by, application)
    if application.state != ApplicationState.FILED:
        raise NotAllowed(
            _("这份申请现在是“%(state)s”，不用再审核。")
            % {"state": ApplicationState(application.state).label}
        )


def check_see_contact(by: Actor, application: Application) -> None:
    """Who decides may look at whom to call, while there is something to decide."""
    _check_decider(by, application)
    if application.state not in OPEN:
        raise NotAllowed(_("这份申请已经办结，联系方式不再显示。"))


def check_merge(by: Actor, application: Application, unit: Unit) -> None:
    """An application for a new record may turn out to be one that is there."""
    check_decide(by, application)
    if application.kind != ApplicationKind.NEW:
        raise NotAllowed(_("只有“新登记”的申请才能并入已有的单位。"))
    if unit.closed_on is not None:
        raise NotAllowed(_("“%(unit)s”已经注销，不能并入。请选现在的单位。") % {"unit": unit.name})
    if not covers(by, place=unit.place_path, line=unit.line_path):
        raise NotAllowed(
            _("“%(unit)s”不在您统筹的地区和系统之内。请退回申请，请对方认领那个单位。") % {"unit": unit.name}
        )


def check_hand_in_again(application: Application) -> None:
    if application.state != ApplicationState.RETURNED:
        raise NotAllowed(
            _("这份申请现在是“%(state)s”，不用再提交一次。")
            % {"state": ApplicationState(application.state).label}
        )


def check_withdraw(application: Application) -> None:
    if application.state not in OPEN:
        raise NotAllowed(_("这份申请已经办结，不能撤回。"))


def check_withdraw_own(by: Actor, application: Application) -> None:
    """A unit takes back what it asked for."""
    if not (by.acts_for(application.by_unit_id) and by.holds(Role.FILER, Role.COORDINATOR)):
        raise NotAllowed(_("只有提出申请的单位才能撤回。"))
    check_withdraw(application)


def check_change(by: Actor, unit: Unit, kind: ChangeKind) -> None:
    """A unit is renamed, moved, merged, split or closed by a coordinator above it: never by itself."""
    if by.is_system:
        return
    if not covers(by, place=unit.place_path, line=unit.line_path):
        raise NotAllowed(_("“%(unit)s”不在您统筹的地区和系统之内，不能改动。") % {"unit": unit.name})
    if by.acts_for(unit.pk) and kind in ON_A_DAY - {ChangeKind.CORRECTED}:
        raise NotAllowed(
            _("“%(kind)s”由上一级的统筹单位办，本单位不能自己办。请联系上一级统筹单位。")
            % {"kind": kind.label}
        )


def check_still_open(unit: Unit) -> None:
    if unit.merged_into_id is not None:
        raise NotAllowed(_("“%(unit)s”已经并入别的单位，不再变更。") % {"unit": unit.name})
    if unit.closed_on is not None:
        raise NotAllowed(_("“%(unit)s”已经注销，不再变更。") % {"unit": unit.name})


def check_goes_on(unit: Unit) -> None:
    """What is new begins in the name of a unit that goes on; for one that was merged only the old is settled."""
    if unit.closed_on is not None and unit.merged_into_id is not None:
        raise NotAllowed(
            _("“%(unit)s”已经并入别的单位，只能办完原来的事。新的请换成现在的单位再办。")
            % {"unit": unit.name}
        )


def check_receives(by: Actor, unit: Unit, place: Place, line: Line | None) -> None:
    """A move ends where the mover coordinates too; from one area to another it is for the unit above both."""
    if not covers(by, place=place.path, line=line.path if line else ""):
        raise NotAllowed(reasons=[Reason(
            _("“%(place)s”不在您统筹的范围。从一个地区移到另一个地区，由两地共同的上级统筹单位办。") % {"place": place.name},
            "place",
        )])  # fmt: skip


def check_merge_units(by: Actor, unit: Unit, into: Unit) -> None:
    check_still_open(into)
    if unit.pk == into.pk:
        raise Incomplete(reasons=[Reason(_("单位不能并入自己。请选另一个单位。"), "into")])
    if not covers(by, place=into.place_path, line=into.line_path):
        raise NotAllowed(
            _("“%(unit)s”不在您统筹的地区和系统之内。两个单位都在范围内才能合并。") % {"unit": into.name}
        )
    for one in (unit, into):
        _check_holds_no_more(by, one)
    if unit.made_up != into.made_up:
        raise NotAllowed(_("演练单位和真实的单位不能合并。"))


def check_day(effective_on: date, today: date) -> None:
    """A change holds from a day on: today or later, so that what was counted stays as it was."""
    if effective_on < today:
        raise Incomplete(reasons=[Reason(
            _("生效日期不能早于今天：以前的统计不会改动。请填今天或以后的日期。"), "effective_on"
        )])  # fmt: skip
    if effective_on > today + FURTHEST:
        raise Incomplete(reasons=[Reason(_("生效日期太远，最多提前两年安排。请改正。"), "effective_on")])


def check_call_off(by: Actor, change: UnitChange) -> None:
    check_change(by, change.unit, ChangeKind(change.kind))
    if change.state != ChangeState.PLANNED:
        raise NotAllowed(_("这项变更已经生效或取消，不能再取消。"))


def check_take_in(by: Actor, parent: Unit, unit: Unit) -> None:
    """A unit that is there comes under another by the word of a coordinator of both."""
    for one in (unit, parent):
        if not covers(by, place=one.place_path, line=one.line_path):
            raise NotAllowed(_("“%(unit)s”不在您统筹的地区和系统之内，不能定它的归属。") % {"unit": one.name})
    check_fits_within(parent, unit)


def check_ask_for(by: Actor, parent: Unit, unit: Unit) -> None:
    """The parent asks; whoever coordinates the unit decides."""
    check_keeps_parts(by, parent)
    check_fits_within(parent, unit)


def check_keeps_parts(by: Actor, parent: Unit) -> None:
    """A unit's own filer, or a coordinator above, keeps the list of what belongs to it."""
    if by.is_system or covers(by, place=parent.place_path, line=parent.line_path):
        return
    if not (by.acts_for(parent.pk) and by.holds(Role.FILER)):
        raise NotAllowed(
            _("“%(unit)s”的下属单位由它自己的填报岗位或上级统筹单位管理。") % {"unit": parent.name}
        )


def check_let_go(by: Actor, unit: Unit) -> None:
    if unit.within_id is None:
        raise NotAllowed(_("“%(unit)s”没有归入任何单位。") % {"unit": unit.name})
    if covers(by, place=unit.place_path, line=unit.line_path):
        return
    if not (by.acts_for(unit.within_id) and by.holds(Role.FILER)):
        raise NotAllowed(_("归属由上级单位的填报岗位或统筹单位解除。"))


def check_fits_within(parent: Unit, unit: Unit) -> None:
    """Two layers, never a circle: what belongs to a unit has no units of its own."""
    check_still_open(parent)
    check_still_open(unit)
    if parent.pk == unit.pk:
        raise Incomplete(_("单位不能归入自己。"))
    if unit.within_id is not None:
        raise NotAllowed(_("“%(unit)s”已经归入一个单位。请先解除，再归入别的单位。") % {"unit": unit.name})
    if parent.within_id is not None:
        raise NotAllowed(
            _("“%(unit)s”自己是下属单位，下面不能再有下属单位。请归入它的上级单位。") % {"unit": parent.name}
        )
    if unit.parts.exists():
        raise NotAllowed(
            _("“%(unit)s”自己有下属单位，不能再归入别的单位。请先解除它的下属单位。") % {"unit": unit.name}
        )


def _check_holds_no_more(by: Actor, unit: Unit) -> None:
    """In a merger the people of each gain what the other coordinates: whoever decides must coordinate it all."""
    for one in unit.coordinations.select_related("place", "line").order_by("pk"):
        if not covers(by, place=one.place.path if one.place else "", line=one.line.path if one.line else ""):
            raise NotAllowed(
                _("“%(unit)s”统筹的“%(node)s”超出了您统筹的范围，请由上一级统筹单位办理合并。")
                % {"unit": unit.name, "node": (one.place or one.line).name}  # type: ignore[union-attr]
            )


def _check_decider(by: Actor, application: Application) -> None:
    if application.person_id is not None and application.person_id in by.persons:
        raise NotAllowed(_("自己提出的申请不能自己审核。请同一单位的另一位统筹人员或上一级办理。"))
    if not covers(by, place=application.place_path, line=application.line_path):
        raise NotAllowed(_("这份申请由所在地区或系统的统筹岗位审核。"))
