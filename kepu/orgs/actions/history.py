"""Writing a unit's history: one row for what became of it on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from kepu.core.calendar import day_of
from kepu.core.db import in_transaction
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ChangeKind, ChangeState
from kepu.orgs.models import Unit, UnitChange


def as_it_is(unit: Unit) -> dict[str, Any]:
    """The particulars that a change may touch, as plain data; names stand beside codes, so that it can be read later."""
    return {
        "name": unit.name, "kind": unit.kind, "credit_code": unit.credit_code or "", "place": unit.place.code,
        "place_name": unit.place.name, "line": unit.line.code if unit.line else "",
        "line_name": unit.line.name if unit.line else "",
    }  # fmt: skip


@in_transaction
def write_history(
    unit: Unit, kind: ChangeKind, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
    others: Iterable[Unit] = (), ground: str = "", by: Actor, at: datetime, day: date | None = None,
) -> UnitChange:  # fmt: skip
    """A change that is done."""
    change = UnitChange.objects.create(
        unit=unit, kind=kind, state=ChangeState.DONE, effective_on=day or day_of(at), before=before or {},
        after=after or {}, ground=ground, decided_at=at, done_at=at, **decided(by),
    )  # fmt: skip
    change.others.set(others)
    return change


@in_transaction
def register_in_history(unit: Unit, *, by: Actor, at: datetime) -> None:
    """The first line of a unit's history. Units that came in with a table have none: their trace says when."""
    write_history(unit, ChangeKind.REGISTERED, after=as_it_is(unit), by=by, at=at)


@in_transaction
def write_renamings(renamed: Sequence[tuple[Unit, str]], *, by: Actor, at: datetime) -> None:
    """A line for each unit that a table gave another name: the unit and its name before. One statement for many."""
    UnitChange.objects.bulk_create(
        [
            UnitChange(
                unit=unit, kind=ChangeKind.RENAMED, state=ChangeState.DONE, effective_on=day_of(at), before={"name": was},
                after={"name": unit.name}, decided_at=at, done_at=at, **decided(by),
            )
            for unit, was in renamed
        ],
        batch_size=500,
    )  # fmt: skip


def decided(by: Actor) -> dict[str, Any]:
    """Who decided, as columns of a change."""
    return {"decided_by_id": by.person_id, "deciding_unit": by.unit}
