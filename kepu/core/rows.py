"""Instances from statements written once: for the few lists that the public reads most, where composing costs more than asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BooleanField, DateTimeField, JSONField, Model
from django.db.models.base import ModelState

from kepu.core.db import rows_of
from kepu.core.paging import Page, page_by

M = TypeVar("M", bound=Model)
Names = tuple[str, ...]


def instances(model: type[M], names: Names, sql: str, parameters: Sequence[Any] = ()) -> list[M]:
    """The rows of ``sql``, which selects these columns in this order, as instances; another field costs a query. One query."""
    return [instance(model, names, row) for row in rows_of(sql, parameters)]


def instance(model: type[M], names: Names, row: Sequence[Any]) -> M:
    """One row as an instance, of the columns named by their fields (``season_id``)."""
    values = list(row)
    reading = _reading(model, names)
    for n in reading.instants:
        values[n] = instant(values[n])
    for n in reading.truths:  # and truth as a number
        values[n] = bool(values[n])
    made = model.__new__(model)  # what from_db makes, without walking over each field that was not asked for
    made.__dict__.update(zip(reading.names, values, strict=True))
    made._state = state = ModelState()
    state.adding, state.db = False, connection.alias
    return made


def instant(value: datetime | None) -> datetime | None:
    """An instant as a statement gives it. SQLite gives instants in UTC without saying so."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def columns_of(model: type[Model], names: Names, table: str = "") -> str:
    """What a statement selects for :func:`instance`."""
    table = table or model._meta.db_table
    return ", ".join(f"{table}.{_field(model, name).column}" for name in names)


def page_of_rows(
    model: type[M], names: Names, where: str, parameters: Sequence[Any], *, order: Names, cursor: str = "", size: int = 20
) -> Page[M]:  # fmt: skip
    """The page of the rows that ``where`` holds of, which begins where ``cursor`` says. One query.

    ``order`` names fields, all with "-" for descending or none; the last one must be unique.
    """

    def fetch(walk: list[tuple[str, bool]], beyond: list[Any] | None, count: int) -> list[M]:
        descending = walk[0][1]
        keys = [_field(model, name).column for name, _descending in walk]
        conditions, asked = where, list(parameters)
        if beyond is not None:
            conditions += (
                f" AND ({', '.join(keys)}) {'<' if descending else '>'} ({', '.join(['%s'] * len(keys))})"
            )
            asked += [prepared(model, name, value) for (name, _d), value in zip(walk, beyond, strict=True)]
        ordered = ", ".join(f"{key} DESC" if descending else key for key in keys)
        sql = f"SELECT {columns_of(model, names)} FROM {model._meta.db_table} WHERE {conditions} ORDER BY {ordered} LIMIT {count}"
        return instances(model, names, sql, asked)

    return page_by(fetch, order=order, cursor=cursor, size=size)


def prepared(model: type[Model], name: str, value: Any) -> Any:
    """The value of a field as a statement takes it. Raises ``ValueError``, ``OverflowError`` or :class:`ValidationError`."""
    field = _field(model, name)
    found = field.to_python(value)
    if found is None:
        raise ValidationError(name)
    if isinstance(found, int) and not -(1 << 63) <= found < 1 << 63:
        raise OverflowError(name)
    return field.get_db_prep_value(found, connection)


def _field(model: type[Model], name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name.removesuffix("_id"))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How rows of some columns become instances: which are instants and truths, and what their fields are called."""

    instants: list[int]
    truths: list[int]
    names: list[str]


@cache
def _reading(model: type[Model], names: Names) -> _Reading:
    """Columns of JSON are refused: they would come as text."""
    fields = [_field(model, name) for name in names]
    assert not any(isinstance(field, JSONField) for field in fields)
    return _Reading(
        [n for n, field in enumerate(fields) if isinstance(field, DateTimeField)],
        [n for n, field in enumerate(fields) if isinstance(field, BooleanField)],
        [field.attname for field in fields],
    )  # fmt: skip
