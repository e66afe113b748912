"""How a change of a unit takes effect: the same for one that is carried out at once and for one that waited for its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason
from kepu.orgs import coming_queries, coming_rules
from kepu.orgs.actions.history import as_it_is, register_in_history
from kepu.orgs.actions.links import give_up_links
from kepu.orgs.actions.merging import hand_over, in_the_way
from kepu.orgs.actions.posts import end, give
from kepu.orgs.actions.traits import retrait
from kepu.orgs.actions.units import credit_code_taken, new_unit
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ChangeKind, ChangeState
from kepu.orgs.models import Place, Post, Role, Unit, UnitChange
from kepu.orgs.settling import keepers
from kepu.orgs.workflow import Event


@in_transaction
def carry_out(change: UnitChange, *, by: Actor, at: datetime) -> None:
    """Let a change take effect. The unit is read again under a lock: it may have moved on since the change was laid down."""
    targets = [change.unit_id, change.after["into"]] if change.kind == ChangeKind.MERGED else [change.unit_id]
    locked = {u.pk: u for u in Unit.objects.select_for_update().filter(pk__in=targets).order_by("pk")}
    unit = locked[change.unit_id]
    coming_rules.check_still_open(unit)
    change.before = as_it_is(unit)
    _HOW[ChangeKind(change.kind)](change, unit, by, at)
    change.state, change.done_at, change.held_up = ChangeState.DONE, at, ""
    change.save(update_fields=["state", "done_at", "held_up", "before", "after"])
    change.unit = unit


def _rename(change: UnitChange, unit: Unit, by: Actor, at: datetime) -> None:
    unit.name = change.after["name"]
    unit.save(update_fields=["name", "name_key"])
    audit.record(Event.UNIT_CHANGED, unit, by=by, at=at, before=change.before["name"], name=unit.name)


def _correct(change: UnitChange, unit: Unit, by: Actor, at: datetime) -> None:
    check_credit_code(unit, change.after["credit_code"])
    unit.kind, unit.credit_code = change.after["kind"], change.after["credit_code"] or None
    unit.save(update_fields=["kind", "credit_code"])
    was = {"kind": change.before["kind"], "credit_code": change.before["credit_code"]}
    audit.record(Event.UNIT_CHANGED, unit, by=by, at=at, before=was, **change.after)


def _move(change: UnitChange, unit: Unit, by: Actor, at: datetime) -> None:
    place = Place.objects.get(code=change.after["place"])
    line = coming_queries.line_named(change.after["line"])
    _check_takes_along(unit, place)
    unit.place, unit.place_path, unit.place_kind, unit.level = place, place.path, place.kind, place.level
    unit.line, unit.line_path = line, line.path if line else ""
    unit.save(update_fields=["place", "place_path", "place_kind", "level", "line", "line_path"])
    retrait([unit], day=day_of(at))
    for keeper in keepers():
        keeper.moved(unit, by=by, at=at)
    was = {"place": change.before["place"], "line": change.before["line"]}
    audit.record(
        Event.UNIT_MOVED, unit, by=by, at=at, before=was, place=place.code, line=change.after["line"]
    )


def _merge(change: UnitChange, unit: Unit, by: Actor, at: datetime) -> None:
    into = Unit.objects.get(pk=change.after["into"])
    coming_rules.check_still_open(into)
    into_name = into.name
    hand_over(unit, into, day=change.effective_on, by=by, at=at)
    change.after = {**change.after, "into_name": into_name}
    audit.record(Event.UNIT_MERGED, unit, by=by, at=at, into=into.pk)


def _split(change: UnitChange, unit: Unit, by: Actor, at: datetime) -> None:
    born = [_piece(unit, piece, change, by, at) for piece in change.after["pieces"]]
    change.others.set(born)
    if not change.after["goes_on"]:
        hand_over(unit, born[0], day=change.effective_on, by=by, at=at)
    retrait(born, day=day_of(at))
    goes_on = change.after["goes_on"]
    audit.record(Event.UNIT_SPLIT, unit, by=by, at=at, into=[one.pk for one in born], goes_on=goes_on)


def _piece(unit: Unit, said: dict[str, Any], change: UnitChange, by: Actor, at: datetime) -> Unit:
    code = said["code"] or _code_beside(unit)
    if Unit.objects.filter(code=code).exists():
        raise Incomplete(_("编号 %(code)s 已经有单位在用。请换一个编号，或留空由系统编。") % {"code": code})
    piece = new_unit(
        code=code, name=said["name"], kind=said["kind"], place=unit.place, line=unit.line, credit_code="",
        made_up=unit.made_up,
    )  # fmt: skip
    check_credit_code(unit if not change.after["goes_on"] else piece, said["credit_code"])
    if (
        said["credit_code"] and said["credit_code"] == unit.credit_code
    ):  # the one that takes over keeps the code
        Unit.objects.filter(pk=unit.pk).update(credit_code=None)
        unit.credit_code = None
    piece.credit_code = said["credit_code"] or None
    piece.save()
    audit.record(Event.UNIT_REGISTERED, piece, by=by, at=at, code=code, out_of=unit.pk)
    register_in_history(piece, by=by, at=at)
    for post in (
        Post.objects.holding(at)
        .filter(unit=unit, pk__in=said["posts"])
        .select_related("person", "place", "line")
    ):
        give(
            post.person,
            piece,
            Role(post.role),
            place=post.place,
            line=post.line,
            since=None,
            until=post.until,
            by=by,
            at=at,
        )
    return piece


def _close(change: UnitChange, unit: Unit, by: Actor, at: datetime) -> None:
    sentences = list(in_the_way(unit))
    if sentences:
        raise NotAllowed(
            _("“%(unit)s”还不能注销。") % {"unit": unit.name},
            reasons=[Reason(sentence) for sentence in sentences],
        )
    unit.closed_on, unit.within = change.effective_on, None
    unit.save(update_fields=["closed_on", "within"])
    for keeper in keepers():
        keeper.closed(unit, by=by, at=at)
    for post in Post.objects.filter(unit=unit).holding(at).order_by("pk"):
        end(post, on=at, by=by, at=at)
    give_up_links(unit, to=None, by=by, at=at)
    audit.record(Event.UNIT_CLOSED, unit, by=by, at=at, day=change.effective_on)


_HOW: dict[ChangeKind, Callable[[UnitChange, Unit, Actor, datetime], None]] = {
    ChangeKind.RENAMED: _rename, ChangeKind.CORRECTED: _correct, ChangeKind.MOVED: _move, ChangeKind.MERGED: _merge,
    ChangeKind.SPLIT: _split, ChangeKind.CLOSED: _close,
}  # fmt: skip


def check_credit_code(unit: Unit, credit_code: str) -> None:
    if not credit_code:
        return
    other = Unit.objects.filter(credit_code=credit_code).exclude(pk=unit.pk).first()
    if other is not None:
        raise Incomplete(reasons=[Reason(credit_code_taken(credit_code, other.name), "credit_code")])


def _check_takes_along(unit: Unit, place: Place) -> None:
    """Who coordinates a place stays in it."""
    left = [
        c.place
        for c in unit.coordinations.select_related("place").order_by("pk")
        if c.place and c.place.path != place.path
    ]
    away = [one for one in left if not one.path.startswith(place.path)]
    if away:
        names = _("、").join(one.name for one in away[:5])
        raise NotAllowed(
            _("“%(unit)s”还在统筹%(places)s。请先由上一级指定别的统筹单位，再移到“%(place)s”。")
            % {"unit": unit.name, "places": names, "place": place.name}
        )


def _code_beside(unit: Unit) -> str:
    """A number that is free, beside that of the unit which was split."""
    first = unit.code[:33]
    taken = set(Unit.objects.filter(code__startswith=f"{first}-").order_by().values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := f"{first}-{n}") not in taken)
