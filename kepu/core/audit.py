"""The trace of every act: append-only, chained by hash, verified by a command.

Rows of one act go into one strand, chosen by the first thing the act touched, and are written last, so that acts on
different things seldom wait for each other and never in a circle. A strand's head row holds its length and last hash:
a changed, removed, inserted or reordered row breaks the chain, a cut tail disagrees with the head.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from zlib import crc32

from django.db import connection, models
from django.utils.translation import gettext as _

from kepu.core.db import Gathering, engine, in_transaction, running_act
from kepu.core.models import AuditEntry, AuditStrand

STRANDS = 16


class Doer(Protocol):
    """Whoever acts: a person for a unit, or the system (both ids None)."""

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
    plain["detail"] = json.dumps(row.detail)
    return [plain[column] for column in _COLUMNS]


def digest(row: AuditEntry) -> str:
    """SHA-256 of the row with its place in the chain, in canonical JSON; instants in UTC."""
    content = [
        row.strand, row.seq, row.at.astimezone(UTC).isoformat(), row.event, row.thing, row.thing_id,
        row.person_id, row.unit_id, row.detail, row.previous,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


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
    """Leave the trace of an act on ``thing``. ``detail`` must be plain JSON; personal data does not belong in it.

    Where somebody acts for a unit by a post at another, the detail names that one as ``through``.
    """
    if (through := getattr(by, "through_id", None)) is not None:
        detail["through"] = through
    row = AuditEntry(
        at=at, event=str(event), thing=thing._meta.model_name or "", thing_id=thing.pk,
        person_id=by.person_id, unit_id=by.unit_id, detail=_canonical(json.loads(json.dumps(detail, default=str, allow_nan=False))),
    )  # fmt: skip
    running_act().gather(_Entries).rows.append(row)


def of(thing: models.Model) -> models.QuerySet[AuditEntry]:
    """The trace of one thing, oldest first."""
    return AuditEntry.objects.filter(thing=thing._meta.model_name, thing_id=thing.pk).order_by("id")


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    strand: int
    seq: int
    why: str


def verify() -> Iterator[Break]:
    """Walk every strand from its beginning; yields each break. Memory stays flat, the time grows with the trace."""
    for number in range(1, STRANDS + 1):
        yield from verify_strand(number)
    strangers = AuditEntry.objects.exclude(strand__range=(1, STRANDS)).order_by("id")
    for row in strangers.iterator(chunk_size=2000):
        yield Break(row.strand, row.seq, _("这条链上不该有行"))


def verify_strand(number: int) -> Iterator[Break]:
    """The breaks of one strand."""
    previous, seq = "", 0
    head = AuditStrand.objects.filter(pk=number).first()
    for row in AuditEntry.objects.filter(strand=number).order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if row.seq != seq:
            yield Break(number, seq, _("少了一行，或次序不对"))
            seq = row.seq
        if row.previous != previous:
            yield Break(number, row.seq, _("接不上前一行"))
        if digest(row) != row.hash:
            yield Break(number, row.seq, _("写入之后被改过"))
        previous = row.hash
    if head is None and seq:
        yield Break(number, seq, _("链头不见了"))
    elif head is not None and (head.length, head.head) != (seq, previous):
        yield Break(number, seq, _("链尾少了行，或链头被改过"))
