"""Who reads which trace. Permission is a function; whom a reader finds named is in ``kepu.orgs.sentences``."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import TRACING, Actor
from kepu.orgs.models import Place, Post, Unit
from kepu.orgs.rules import traceable_by


def check_read_unit(reader: Actor, unit: Unit) -> None:
    """A unit's trace is read by the unit, and by whoever coordinates or audits its place or line."""
    allowed = (
        reader.is_system
        or reader.acts_for(unit.pk)
        or reader.reaches(*TRACING, place=unit.place_path, line=unit.line_path)
    )
    if not allowed:
        raise NotAllowed(_("“%(unit)s”的留痕只有它自己和统筹、审计它的单位能看。") % {"unit": unit.name})


def check_read_place(reader: Actor, place: Place) -> None:
    """An area's trace is read by whoever coordinates or audits it."""
    if not (reader.is_system or reader.reaches(*TRACING, place=place.path)):
        raise NotAllowed(_("“%(place)s”的留痕只有统筹或审计这个地区的岗位能看。") % {"place": place.name})


def may_read_rows(reader: Actor, owner_id: int | None, place_path: str) -> bool:
    """Whether rows of a thing that everybody may see are for this reader: its owner's, or its area's. One query at most."""
    if reader.is_system or reader.acts_for(owner_id) or reader.reaches(*TRACING, place=place_path):
        return True
    return owner_id is not None and traceable_by(reader).filter(pk=owner_id).exists()


def check_read_person(reader: Actor, person_id: int) -> None:
    """What somebody did is read by themselves, and by those who read the trace of a unit they hold or held a post in.

    One query.
    """
    if reader.is_system or reader.person_id == person_id:
        return
    near = Post.objects.filter(person_id=person_id, unit__in=traceable_by(reader))
    if not (reader.holds(*TRACING) and near.exists()):
        raise NotAllowed(_("一个人的留痕只有本人和统筹、审计其单位的岗位能看。"))


def check_export(reader: Actor, scope: Unit | Place) -> None:
    """A trace is exported by a coordinator or an auditor who reads it."""
    if isinstance(scope, Unit):
        check_read_unit(reader, scope)
    else:
        check_read_place(reader, scope)
    if not (reader.is_system or reader.holds(*TRACING)):
        raise NotAllowed(_("导出留痕需要统筹或审计岗位。"))


def check_export_all(reader: Actor) -> None:
    """The whole trace is exported by the system, by command."""
    if not reader.is_system:
        raise NotAllowed(_("全部留痕由系统管理员用命令导出。"))
