"""What every act on a sheet is made of: the row moves only from where the caller saw it; work goes on by the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kepu.core import audit, outbox
from kepu.core.db import in_transaction
from kepu.core.refusals import StaleState
from kepu.intake.models import SheetImport
from kepu.intake.workflow import TRANSITIONS, Event, State
from kepu.orgs.actor import Actor

CHECK, FILE = "intake.check", "intake.file"


def check_seen(row: Any, version: int | None) -> None:
    """The caller has seen this version, and no older one."""
    if version is not None and version != row.version:
        raise StaleState()


@in_transaction
def locked(sheet_id: int) -> SheetImport | None:
    """The row, held until the commit, so that two workers take turns; None where there is none."""
    rows = SheetImport.objects.select_for_update(of=("self",)).select_related("unit", "season", "person")
    return rows.filter(pk=sheet_id).first()


@in_transaction
def move(
    sheet: SheetImport, to: State, values: Mapping[str, Any] | None = None, *,
    event: Event | None = None, by: Actor | None = None, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    """Move the import with ``values``, if it is still where the caller saw it; an act of a person is traced."""
    if to not in TRANSITIONS[State(sheet.state)]:
        raise StaleState()
    touch(sheet, {**(values or {}), "state": to}, event=event, by=by, at=at, **detail)


@in_transaction
def touch(
    sheet: SheetImport, values: Mapping[str, Any] | None = None, *,
    event: Event | None = None, by: Actor | None = None, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    """Write ``values`` where the import stays in its state; otherwise like :func:`move`."""
    taken = {**(values or {}), "version": sheet.version + 1, "worked_at": at}
    same = SheetImport.objects.filter(pk=sheet.pk, state=sheet.state, version=sheet.version)
    if not same.update(**taken):
        raise StaleState()
    for name, value in taken.items():
        setattr(sheet, name, value)
    if event is not None and by is not None:
        audit.record(event, sheet, by=by, at=at, **detail)


@in_transaction
def go_on(sheet: SheetImport, kind: str, *, at: datetime) -> None:
    """Let the worker take the next piece. The version says which: a row that comes twice does its piece once."""
    outbox.send(kind, at=at, sheet_id=sheet.pk, version=sheet.version)
