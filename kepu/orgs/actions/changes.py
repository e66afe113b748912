"""Units are renamed, corrected, moved, merged, split and closed: acts of a coordinator above, effective on a day.

What was counted before stays where it was counted: an activity and a return keep the place, the line and the unit they
were filed with. What is not counted yet goes the new way, or stands in the way and is named. A change for today is
carried out at once; one for a later day waits in :class:`UnitChange` and goes the same way on that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, Refused, StaleState
from kepu.orgs import coming_messages, coming_queries, coming_rules
from kepu.orgs.actions.carrying_out import carry_out, check_credit_code
from kepu.orgs.actions.history import as_it_is, decided
from kepu.orgs.actions.units import check_particulars, check_term, credit_code_taken
from kepu.orgs.actor import SYSTEM, Actor
from kepu.orgs.coming import ChangeKind, ChangeState
from kepu.orgs.models import Line, Place, Unit, UnitChange, Vocabulary
from kepu.orgs.workflow import Event

LONGEST_GROUND = 300
MOST_PIECES = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the units that a unit is split into: at its place and line, with some of its people (posts by id)."""

    name: str
    kind: str
    code: str = ""
    credit_code: str = ""
    posts: tuple[int, ...] = ()


@transaction
def rename_unit(
    unit: Unit, name: str, *, effective_on: date | None = None, ground: str = "", by: Actor, at: datetime
) -> UnitChange:
    """Give a unit another name; what is public keeps the name it was published with."""
    coming_rules.check_change(by, unit, ChangeKind.RENAMED)
    name = name.replace("\0", "").strip()
    check_particulars(code=unit.code, name=name, credit_code="")
    if name == unit.name:
        raise Incomplete(reasons=[Reason(_("新名称和现在的一样。请写新的全称。"), "name")])
    return _lay_down(unit, ChangeKind.RENAMED, {"name": name}, effective_on, ground, by=by, at=at)


@transaction
def correct_unit(
    unit: Unit,
    *,
    kind: str,
    credit_code: str,
    effective_on: date | None = None,
    ground: str = "",
    by: Actor,
    at: datetime,
) -> UnitChange:
    """Put a unit's kind or credit code right."""
    coming_rules.check_change(by, unit, ChangeKind.CORRECTED)
    credit_code = credit_code.strip().upper()
    check_particulars(code=unit.code, name=unit.name, credit_code=credit_code)
    check_term(Vocabulary.UNIT_KIND, kind, field="kind")
    if (kind, credit_code) == (unit.kind, unit.credit_code or ""):
        raise Incomplete(_("类别和信用代码都没有改动。"))
    check_credit_code(unit, credit_code)
    after = {"kind": kind, "credit_code": credit_code}
    return _lay_down(unit, ChangeKind.CORRECTED, after, effective_on, ground, by=by, at=at)


@transaction
def move_unit(
    unit: Unit,
    place: Place,
    line: Line | None,
    *,
    effective_on: date | None = None,
    ground: str = "",
    by: Actor,
    at: datetime,
) -> UnitChange:
    """Let a unit belong to another place or line. What it filed before is counted where it was."""
    coming_rules.check_change(by, unit, ChangeKind.MOVED)
    coming_rules.check_receives(by, unit, place, line)
    if (place.pk, line.pk if line else None) == (unit.place_id, unit.line_id):
        raise Incomplete(reasons=[Reason(_("地区和系统都没有变。请改选。"), "place")])
    after = {
        "place": place.code, "place_name": place.name, "line": line.code if line else "", "line_name": line.name if line else "",
    }  # fmt: skip
    return _lay_down(unit, ChangeKind.MOVED, after, effective_on, ground, by=by, at=at)


@transaction
def merge_unit(
    unit: Unit, into: Unit, *, effective_on: date | None = None, ground: str = "", by: Actor, at: datetime
) -> UnitChange:
    """Let two records become one: ``unit`` is closed and points to ``into``, where its people and what is open go."""
    coming_rules.check_change(by, unit, ChangeKind.MERGED)
    coming_rules.check_merge_units(by, unit, into)
    after = {"into": into.pk, "into_name": into.name}
    return _lay_down(unit, ChangeKind.MERGED, after, effective_on, ground, others=[into], by=by, at=at)


@transaction
def split_unit(
    unit: Unit, pieces: Sequence[Piece], *, goes_on: bool, effective_on: date | None = None, ground: str = "",
    by: Actor, at: datetime,
) -> UnitChange:  # fmt: skip
    """Make new units out of one. Where it does not go on, the first of them takes over what is open and its people."""
    coming_rules.check_change(by, unit, ChangeKind.SPLIT)
    _check_pieces(unit, pieces, goes_on)
    after = {
        "goes_on": goes_on,
        "pieces": [
            {
                "name": p.name,
                "kind": p.kind,
                "code": p.code,
                "credit_code": p.credit_code,
                "posts": list(p.posts),
            }
            for p in pieces
        ],
    }
    return _lay_down(unit, ChangeKind.SPLIT, after, effective_on, ground, by=by, at=at)


@transaction
def close_unit(
    unit: Unit, *, effective_on: date | None = None, ground: str = "", by: Actor, at: datetime
) -> UnitChange:
    """End a unit for good. Refused while anything stands open that nobody would go on with."""
    coming_rules.check_change(by, unit, ChangeKind.CLOSED)
    return _lay_down(unit, ChangeKind.CLOSED, {}, effective_on, ground, by=by, at=at)


@transaction
def call_off_change(change: UnitChange, *, by: Actor, at: datetime) -> None:
    """Take back a change that has not taken effect."""
    coming_rules.check_call_off(by, change)
    same = UnitChange.objects.filter(pk=change.pk, state=ChangeState.PLANNED)
    if not same.update(state=ChangeState.CALLED_OFF):
        raise StaleState()
    change.refresh_from_db()
    audit.record(Event.CHANGE_CALLED_OFF, change.unit, by=by, at=at, kind=change.kind, change=change.pk)


def carry_out_changes(at: datetime) -> tuple[int, int]:
    """Let the changes of this day take effect; returns how many did, and how many were held up. Idempotent.

    A series of short acts: what cannot be carried out says why to whoever laid it down, and is tried again tomorrow.
    """
    done = held_up = 0
    due = UnitChange.objects.filter(state=ChangeState.PLANNED, effective_on__lte=day_of(at)).order_by(
        "effective_on", "id"
    )
    for pk in due.values_list("pk", flat=True):
        try:
            done += _carry_out_planned(pk, at)
        except Refused as refusal:
            _hold_up(pk, " ".join(str(reason) for reason in refusal.reasons), at)
            held_up += 1
    return done, held_up


@transaction
def _carry_out_planned(pk: int, at: datetime) -> int:
    change = UnitChange.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if change.state != ChangeState.PLANNED:  # another worker was faster
        return 0
    carry_out(change, by=SYSTEM, at=at)
    coming_messages.changed(change.unit.merged_into or change.unit, change, at=at)
    return 1


@transaction
def _hold_up(pk: int, sentence: str, at: datetime) -> None:
    change = UnitChange.objects.select_related("unit").get(pk=pk)
    if change.state == ChangeState.PLANNED and change.held_up != sentence:
        UnitChange.objects.filter(pk=pk).update(held_up=sentence)
        change.held_up = sentence
        audit.record(Event.CHANGE_HELD_UP, change.unit, by=SYSTEM, at=at, change=pk)
        coming_messages.held_up(change, at=at)


@in_transaction
def _lay_down(
    unit: Unit, kind: ChangeKind, after: dict[str, Any], effective_on: date | None, ground: str, *,
    others: Sequence[Unit] = (), by: Actor, at: datetime,
) -> UnitChange:  # fmt: skip
    """Keep what was decided; carry it out where its day is today."""
    today = day_of(at)
    day = effective_on or today
    coming_rules.check_day(day, today)
    coming_rules.check_still_open(unit)
    ground = ground.replace("\0", "").strip()
    if len(ground) > LONGEST_GROUND:
        raise Incomplete(reasons=[Reason(_("依据最多 300 字。"), "ground")])
    if (waiting := coming_queries.planned_for(unit)) is not None:
        raise NotAllowed(
            _("“%(unit)s”已经安排了“%(kind)s”，%(day)s生效。请先取消那一项，或等它生效以后再办。")
            % {
                "unit": unit.name,
                "kind": ChangeKind(waiting.kind).label,
                "day": waiting.effective_on.isoformat(),
            }
        )
    try:
        change = UnitChange.objects.create(
            unit=unit, kind=kind, state=ChangeState.PLANNED, effective_on=day, before=as_it_is(unit), after=after,
            ground=ground, decided_at=at, **decided(by),
        )  # fmt: skip
    except IntegrityError:  # laid down by two at once
        raise StaleState() from None
    change.others.set(others)
    if day <= today:
        carry_out(change, by=by, at=at)
        unit.refresh_from_db()
        coming_messages.changed(unit.merged_into or unit, change, at=at)
    else:
        audit.record(Event.CHANGE_PLANNED, unit, by=by, at=at, kind=kind, day=day, change=change.pk)
        coming_messages.planned(unit, change, at=at)
    return change


def _check_pieces(unit: Unit, pieces: Sequence[Piece], goes_on: bool) -> None:
    if not pieces or len(pieces) > MOST_PIECES:
        raise Incomplete(_("请写明分出的单位，一次最多 %(most)d 个。") % {"most": MOST_PIECES})
    if not goes_on and len(pieces) < 2:
        raise Incomplete(_("原单位不再保留时，至少要分成两个单位。只是改名，请用“更名”。"))
    codes = [p.code for p in pieces if p.code]
    credit_codes = [p.credit_code for p in pieces if p.credit_code]
    if len(set(codes)) != len(codes) or len(set(credit_codes)) != len(credit_codes):
        raise Incomplete(_("分出的单位有相同的编号或信用代码。请改正。"))
    for piece in pieces:
        check_particulars(code=piece.code or "x", name=piece.name, credit_code=piece.credit_code)
        check_term(Vocabulary.UNIT_KIND, piece.kind, field="kind")
        taken = Unit.objects.filter(credit_code=piece.credit_code).first() if piece.credit_code else None
        if taken is not None and (goes_on or taken.pk != unit.pk):
            raise Incomplete(credit_code_taken(piece.credit_code, taken.name))
