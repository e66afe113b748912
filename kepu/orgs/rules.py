"""Who may change places, units and posts, and which units somebody sees. Scope and permission are the same rule."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.fields import under
from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import OVERSEEING, TRACING, Actor
from kepu.orgs.models import Line, Place, Role, Unit, UnitQuerySet


def parent_path(path: str) -> str:
    """The path above; "" above a root."""
    return path[: path[:-1].rfind("/") + 1] if len(path) > 1 else ""


def reached_by(actor: Actor, *roles: Role, own: Q | None = None) -> UnitQuerySet:
    """The actor's own unit (or what ``own`` says) and the units in the places and lines reached in any of the roles."""
    if actor.is_system:
        return Unit.objects.all()
    scope = Q(pk=actor.unit_id) if own is None else own
    for path in actor.places_as(*roles):
        scope |= under("place_path", path)
    for path in actor.lines_as(*roles):
        scope |= under("line_path", path)
    return Unit.objects.filter(scope)


def reaches(actor: Actor, unit: Unit, *roles: Role) -> bool:
    """:func:`reached_by` for one unit in hand, without a query."""
    return (
        actor.is_system
        or actor.acts_for(unit.pk)
        or actor.reaches(*roles, place=unit.place_path, line=unit.line_path)
    )


def visible_to(actor: Actor) -> UnitQuerySet:
    """The units an actor sees: its own and what belongs to it or was merged into it, and those it oversees."""
    mine = Q(pk=actor.unit_id)
    if actor.unit_id is not None:
        mine |= Q(within_id=actor.unit_id) | Q(merged_into_id=actor.unit_id)
    return reached_by(actor, *OVERSEEING, own=mine)


def sees(actor: Actor, unit: Unit) -> bool:
    """:func:`visible_to` for one unit in hand, without a query."""
    belongs = actor.acts_for(unit.within_id) or actor.acts_for(unit.merged_into_id)
    return belongs or reaches(actor, unit, *OVERSEEING)


def traceable_by(actor: Actor) -> UnitQuerySet:
    """The units whose trace an actor reads: its own, and those in the places and lines it coordinates or audits."""
    return reached_by(actor, *TRACING)


def check_system(by: Actor) -> None:
    """Lists that hold for the whole country change only by command."""
    if not by.is_system:
        raise NotAllowed(_("全国通用的地区、系统和词表只能由系统管理员用命令装入。"))


def covers(by: Actor, *, place: str, line: str = "") -> bool:
    """Whether the actor coordinates a place or a line (paths), or is the system."""
    return by.is_system or by.reaches(Role.COORDINATOR, place=place, line=line)


def check_write_place(by: Actor, path: str, name: str) -> None:
    """A place is added or corrected by whoever coordinates the place above it."""
    if not covers(by, place=parent_path(path)):
        raise NotAllowed(_("“%(name)s”不在您统筹的地区之内。请交给它上一级的统筹单位导入。") % {"name": name})


def check_register(by: Actor, place: Place, line: Line | None) -> None:
    """A unit is registered by a coordinator of its place or its line."""
    if not covers(by, place=place.path, line=line.path if line else ""):
        raise NotAllowed(
            _("只有统筹“%(place)s”或该系统的单位，才能登记这里的单位。请联系上一级统筹单位。")
            % {"place": place.name}
        )


def check_change_unit(by: Actor, unit: Unit) -> None:
    """A unit's titles, seats and particulars are kept by a coordinator of its place or line."""
    if not covers(by, place=unit.place_path, line=unit.line_path):
        raise NotAllowed(_("“%(unit)s”不在您统筹的地区和系统之内，不能改动。") % {"unit": unit.name})


def check_designate_place(by: Actor, place: Place) -> None:
    """A place's titles are kept from above: nobody names their own."""
    if not covers(by, place=parent_path(place.path)):
        raise NotAllowed(_("“%(place)s”的称号由它上一级的统筹单位登记。") % {"place": place.name})


def check_name_coordinator(by: Actor, node: Place | Line) -> None:
    """Who coordinates a place or a line is decided from above."""
    above = parent_path(node.path)
    in_reach = covers(by, place=above) if isinstance(node, Place) else covers(by, place="", line=above)
    if not in_reach:
        raise NotAllowed(_("由谁统筹“%(node)s”，要由它上一级的统筹单位指定。") % {"node": node.name})


def check_appoint(
    by: Actor, unit: Unit, role: Role, *, place: Place | None = None, line: Line | None = None
) -> None:
    """A post is given by a coordinator whose area covers the unit, and never reaches further than the giver."""
    _check_area_fits(role, place, line)
    if by.is_system:
        return
    if by.deputy_for is not None:
        raise NotAllowed(_("代理期间不能安排人员：岗位比代理长。请本人或上级统筹单位办理。"))
    if not covers(by, place=unit.place_path, line=unit.line_path):
        raise NotAllowed(
            _("只有所在地区或系统的统筹岗位才能安排“%(unit)s”的人员。请联系上一级统筹单位。")
            % {"unit": unit.name}
        )
    if not all(covers(by, place=there, line=its) for there, its in _reach(unit, role, place, line)):
        raise NotAllowed(_("这个岗位管的范围超出了您统筹的范围，请由上一级统筹单位安排。"))


def check_not_oneself(by: Actor, person_id: int) -> None:
    """Nobody gives themselves a post, or lengthens the one they hold."""
    if by.person_id is not None and person_id in by.persons:
        raise NotAllowed(_("自己的岗位不能自己安排。请同单位的另一位或上级的统筹人员办理。"))


def check_keep_hooks(by: Actor, unit: Unit) -> None:
    """Where a unit's messages are pushed is kept by those who work for it: what is pushed is what they are told anyway."""
    if not (by.is_system or (by.acts_for(unit.pk) and by.holds(Role.COORDINATOR, Role.OPERATOR, Role.FILER))):
        raise NotAllowed(_("推送地址由本单位的统筹、运维或填报岗位管理。"))
    if by.deputy_for is not None or by.through is not None:  # an address goes on listening when they are gone
        raise NotAllowed(_("推送地址由在本单位任职的人自己管理：代理或替下属单位填报的人不能管。"))


def _check_area_fits(role: Role, place: Place | None, line: Line | None) -> None:
    if place is not None and line is not None:
        raise NotAllowed(_("一个岗位只能管一个地区或一个系统。两样都要管，请安排两个岗位。"))
    if role == Role.FILER and (place is not None or line is not None):
        raise NotAllowed(_("填报岗位只管本单位的填报，不能再指定地区或系统。"))


def _reach(unit: Unit, role: Role, place: Place | None, line: Line | None) -> Iterable[tuple[str, str]]:
    """What the post would reach beyond its unit: (place path, line path) pairs, one of them filled."""
    if place is not None or line is not None:
        return [(place.path if place else "", line.path if line else "")]
    if role not in OVERSEEING:
        return []
    found = unit.coordinations.order_by("pk").values_list("place__path", "line__path")
    return [(place_path or "", line_path or "") for place_path, line_path in found]
