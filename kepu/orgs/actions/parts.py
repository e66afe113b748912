"""Units that belong to a unit, such as the departments of a school: taken in, made anew, let go."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Reason
from kepu.orgs import coming_messages, coming_queries, coming_rules
from kepu.orgs.actions.history import register_in_history, write_history
from kepu.orgs.actions.traits import retrait
from kepu.orgs.actions.units import check_particulars, check_term, new_unit
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ChangeKind
from kepu.orgs.models import Unit, Vocabulary
from kepu.orgs.workflow import Event

MOST_PARTS = 2000


@transaction
def take_in_unit(parent: Unit, unit: Unit, *, by: Actor, at: datetime) -> None:
    """Let a unit belong to another, by the word of a coordinator of both."""
    coming_rules.check_take_in(by, parent, unit)
    take_in_now(parent, unit, by=by, at=at)


@transaction
def add_part(
    parent: Unit, *, name: str, kind: str, is_another: bool = False, by: Actor, at: datetime
) -> Unit:
    """Make a new record for a part of a unit, at its place and line. The coordinator above is told.

    What looks like a unit that is there already is refused with its name: that one is asked for instead.
    """
    coming_rules.check_keeps_parts(by, parent)
    coming_rules.check_still_open(parent)
    if parent.within_id is not None:
        raise Incomplete(_("下属单位下面不能再有下属单位。请加在上级单位之下。"))
    name = name.replace("\0", "").strip()
    check_particulars(code="x", name=name, credit_code="")
    check_term(Vocabulary.UNIT_KIND, kind, field="kind")
    if not is_another:
        _check_no_lookalike(parent, name)
    number = Unit.objects.select_for_update().filter(within=parent).count() + 1
    if number > MOST_PARTS:
        raise Incomplete(_("下属单位已有 %(most)d 个，不能再加。请分给几个上级单位。") % {"most": MOST_PARTS})
    unit = new_unit(
        code=_free_code(parent, number), name=name, kind=kind, place=parent.place, line=parent.line, credit_code="",
        made_up=parent.made_up,
    )  # fmt: skip
    unit.within = parent
    try:
        unit.save()
    except IntegrityError:
        raise Incomplete(reasons=[Reason(_("同时有人在添加下属单位。请再试一次。"), "name")]) from None
    retrait([unit], day=day_of(at))
    audit.record(Event.UNIT_REGISTERED, unit, by=by, at=at, code=unit.code, within=parent.pk)
    audit.record(Event.UNIT_TAKEN_IN, parent, by=by, at=at, part=unit.pk)
    register_in_history(unit, by=by, at=at)
    write_history(
        unit, ChangeKind.TAKEN_IN, after={"within_name": parent.name}, others=[parent], by=by, at=at
    )
    receiver = coming_queries.who_decides(parent.place_path, parent.line_path, but=parent.pk)
    coming_messages.part_added(parent, unit, receiver, at=at)
    return unit


@transaction
def let_go(unit: Unit, *, by: Actor, at: datetime) -> None:
    """A unit no longer belongs to another; it stays registered, and people of its own must act for it."""
    coming_rules.check_let_go(by, unit)
    parent = unit.within
    assert parent is not None  # the check has seen it
    Unit.objects.filter(pk=unit.pk).update(within=None)
    unit.within = None
    audit.record(Event.UNIT_LET_GO, unit, by=by, at=at, of=parent.pk)
    write_history(unit, ChangeKind.LET_GO, before={"within_name": parent.name}, others=[parent], by=by, at=at)


@in_transaction
def take_in_now(parent: Unit, unit: Unit, *, by: Actor, at: datetime) -> None:
    """:func:`take_in_unit` as a part of another act, which has asked who may."""
    locked = list(Unit.objects.select_for_update().filter(pk__in=[parent.pk, unit.pk]).order_by("pk"))
    by_id = {one.pk: one for one in locked}
    coming_rules.check_fits_within(by_id[parent.pk], by_id[unit.pk])
    Unit.objects.filter(pk=unit.pk).update(within=parent)
    unit.within = parent
    audit.record(Event.UNIT_TAKEN_IN, unit, by=by, at=at, into=parent.pk)
    write_history(
        unit, ChangeKind.TAKEN_IN, after={"within_name": parent.name}, others=[parent], by=by, at=at
    )


def _free_code(parent: Unit, number: int) -> str:
    """The parent's number and the part's own, the first that is free."""
    first = parent.code[:33]
    taken = set(Unit.objects.filter(code__startswith=f"{first}-").order_by().values_list("code", flat=True))
    return next(code for n in range(number, number + len(taken) + 1) if (code := f"{first}-{n}") not in taken)


def _check_no_lookalike(parent: Unit, name: str) -> None:
    found = coming_queries.lookalikes(name=name, place=parent.place)
    if found:
        raise Incomplete(reasons=[
            Reason(f"{one}{_('如果就是它，请改用“申请归入已有的单位”；如果不是，请勾选“不是上面的单位”。')}", "name", code="lookalike")
            for one in found
        ])  # fmt: skip
