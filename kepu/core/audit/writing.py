"""Leaving a trace: what an act gathers, written in one piece just before its commit."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Protocol
from zlib import crc32

from django.db import connection, models

from kepu.core.audit.rows import STRANDS, VERSION, digest
from kepu.core.calendar import day_of
from kepu.core.contacts import mask_text
from kepu.core.db import Gathering, engine, in_transaction, running_act
from kepu.core.models import AuditEntry, AuditStrand


class Doer(Protocol):
    """Whoever acts: a person for a unit, or the system (both ids None). One with ``deputy_for`` acts in another's stead."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def unit_id(self) -> int | None: ...


class _Entries(Gathering):
    order = 90  # last: the strand's row is the one lock that unrelated acts share

    def __init__(self) -> None:
        self.rows: list[AuditEntry] = []

    def write(self) -> None:
        first = self.rows[0]
        number = crc32(f"{first.thing}:{first.thing_id}".encode()) % STRANDS + 1
        # every act comes by here: three statements, without the cost of building them
        with connection.cursor() as cursor:
            length, head = _locked_head(cursor, number)
            for row in self.rows:
                length += 1
                row.strand, row.seq, row.previous = number, length, head
                row.hash = head = digest(row)
            for start in range(0, len(self.rows), _AT_ONCE):
                rows = self.rows[start : start + _AT_ONCE]
                places = ", ".join([_ROW] * len(rows))
                cursor.execute(_INSERT + places, [value for row in rows for value in _values(row)])
            cursor.execute(_MOVE_HEAD, [length, head, number])


_STRAND, _ENTRY = AuditStrand._meta.db_table, AuditEntry._meta.db_table
_COLUMNS = [str(field.column) for field in AuditEntry._meta.concrete_fields if not field.primary_key]
_ROW = f"({', '.join(['%s'] * len(_COLUMNS))})"
_INSERT = f"INSERT INTO {_ENTRY} ({', '.join(_COLUMNS)}) VALUES "
_AT_ONCE = 500  # rows of one statement: databases bound the number of its parameters
_MOVE_HEAD = f"UPDATE {_STRAND} SET length = %s, head = %s WHERE id = %s"


def _locked_head(cursor: Any, number: int) -> tuple[int, str]:
    """A strand's length and last hash, held until the commit; the strand is made at its first use."""
    query = f"SELECT length, head FROM {_STRAND} WHERE id = %s{engine().FOR_UPDATE}"
    found = cursor.execute(query, [number]).fetchone()
    if found is None:
        AuditStrand.objects.bulk_create([AuditStrand(pk=number)], ignore_conflicts=True)
        found = cursor.execute(query, [number]).fetchone()
    return found[0], found[1]


def _values(row: AuditEntry) -> list[Any]:
    """The row's values as the database takes them, in the order of its columns."""
    plain = {column: getattr(row, column) for column in _COLUMNS}
    plain["at"] = connection.ops.adapt_datetimefield_value(row.at)
    plain["day"] = connection.ops.adapt_datefield_value(row.day)
    plain["detail"] = json.dumps(row.detail)
    return [plain[column] for column in _COLUMNS]


def _canonical(value: Any) -> Any:
    """The value as every database gives it back: PostgreSQL keeps 1e16 as a whole number, so it is one from the start."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_canonical(inner) for inner in value]
    return value


@in_transaction
def record(event: str, thing: models.Model, *, by: Doer, at: datetime, **detail: Any) -> None:
    """Leave the trace of an act on ``thing``. ``detail`` must be plain JSON; personal data does not belong in it: of a
    ``reason`` in a person's own words numbers and mailboxes are masked, since the trace outlives every erasure.

    What a deputy does carries ``deputy_for``, the person in whose stead it was done; where somebody acts for a unit by a
    post at another, the detail names that one as ``through``.
    """
    owner, place, line = _whose(thing, by)
    if isinstance(detail.get("reason"), str):
        detail["reason"] = mask_text(detail["reason"])
    for name, value in (
        ("deputy_for", getattr(by, "deputy_for", None)),
        ("through", getattr(by, "through_id", None)),
    ):
        if value is not None:
            detail[name] = value
    row = AuditEntry(
        at=at, event=str(event), thing=thing._meta.model_name or "", thing_id=thing.pk, person_id=by.person_id, unit_id=by.unit_id,
        detail=_canonical(json.loads(json.dumps(detail, default=str, allow_nan=False))),
        version=VERSION, day=day_of(at), owner_id=owner, place_path=place, line_path=line,
    )  # fmt: skip
    running_act().gather(_Entries).rows.append(row)


def _whose(thing: models.Model, by: Doer) -> tuple[int | None, str, str]:
    """The unit whose thing it is, and where it lies: place and line, as paths.

    A thing may say so itself (``traced_under``); else it is that of its ``unit``; what belongs to no unit lies where the
    one acted for does.
    """
    if (said := getattr(thing, "traced_under", None)) is not None:
        whose: tuple[int | None, str, str] = said()
        return whose
    doer = getattr(by, "unit", None)
    owner: int | None = getattr(thing, "unit_id", None)
    unit = doer if owner is None or owner == by.unit_id else thing.unit  # type: ignore[attr-defined]  # it has an id
    place: str = getattr(thing, "place_path", "") or getattr(unit, "place_path", "")
    line: str = getattr(thing, "line_path", "") or getattr(unit, "line_path", "")
    return owner, place, line


def of(thing: models.Model) -> models.QuerySet[AuditEntry]:
    """The trace of one thing, oldest first."""
    return AuditEntry.objects.filter(thing=thing._meta.model_name, thing_id=thing.pk).order_by("id")
