"""Instances from statements written once: for the few lists that the public reads most, where composing costs more than asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, DateTimeField, JSONField, Model
from django.db.models.base import ModelState

from kepu.core.db import rows_of

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
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return made


def instant(value: datetime | None) -> datetime | None:
    """An instant as a statement gives it. SQLite gives instants in UTC without saying so."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def columns_of(model: type[Model], names: Names, table: str = "") -> str:
    """What a statement selects for :func:`instance`."""
    table = table or model._meta.db_table
    return ", ".join(f"{table}.{_field(model, name).column}" for name in names)


def beyond(
    model: type[Model], walk: Sequence[tuple[str, bool]], after: Sequence[Any] | None
) -> tuple[list[str], list[Any], str]:
    """What a statement needs for a page of :func:`kepu.core.paging.page_by`: the conditions that its rows come after some
    values, their parameters, and the order. ``walk`` names fields, all of them descending or none; the last is unique.
    """
    descending, table = walk[0][1], model._meta.db_table
    keys = [f"{table}.{_field(model, name).column}" for name, _descending in walk]
    ordered = ", ".join(f"{key} DESC" if descending else key for key in keys)
    if after is None:
        return [], [], ordered
    marks = ", ".join(["%s"] * len(keys))
    values = [prepared(model, name, value) for (name, _descending), value in zip(walk, after, strict=True)]
    return [f"({', '.join(keys)}) {'<' if descending else '>'} ({marks})"], values, ordered


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
