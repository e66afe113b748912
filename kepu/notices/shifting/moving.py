"""Models moved from one year to another: every day and month they hold, at any depth, and the words that name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel

from kepu.notices.kinds.call import Call
from kepu.notices.kinds.moments import Moment
from kepu.notices.shifting.shift import Shift
from kepu.notices.shifting.texts import Days, told

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
# from the first to the last day of a calendar year: a year, not so many days
_SPANS = (
    ("start", "end"), ("opens", "closes"), ("opens", "due"), ("made_from", "made_until"), ("not_before", "not_after"),
)  # fmt: skip


def moments_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Moment]]:
    """Every moment a model holds, with the way to it."""
    for where, model in models_in(value, path):
        if isinstance(model, Moment):
            yield where, model


def models_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Every model inside a value, itself first."""
    if isinstance(value, BaseModel):
        yield path, value
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if isinstance(inner, BaseModel | tuple):
                yield from models_in(inner, (*path, name))
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from models_in(inner, (*path, i))


def moved_days(value: Any, shift: Shift) -> dict[date, date]:
    """Each day that a model holds, and what it becomes. Raises OverflowError beyond the calendar.

    A window over a whole calendar year stays one; every other day moves by so many days.
    """
    whole = days_of_years(value)
    held = (day for _path, moment in moments_in(value) for day in (moment.date, moment.outer) if day)
    return {day: shift.same_day(day) if day in whole else shift.day(day) for day in held}


def days_of_years(value: Any) -> frozenset[date]:
    """The first and last days of the calendar years that a model speaks of: they move with the year."""
    return frozenset(day for _path, model in models_in(value) for day in _whole_year(model))


def _whole_year(model: BaseModel) -> Iterator[date]:
    fields = type(model).model_fields
    for names in _SPANS:
        if names[0] not in fields or names[1] not in fields:
            continue
        first, last = (getattr(model, name) for name in names)
        if not (isinstance(first, Moment) and isinstance(last, Moment) and first.date and last.date):
            continue
        if (first.date.month, first.date.day, last.date.month, last.date.day) == (1, 1, 12, 31):
            yield from (first.date, last.date)


def moved(model: M, shift: Shift, days: Days, stayed: Callable[[str], None] | None = None) -> M:
    """The model with its days, months and words moved, checked anew. ``stayed`` hears of days in words that did not move.

    Raises ValueError (pydantic's too) where what comes out contradicts itself, OverflowError beyond the calendar.
    """
    new = _moved(model, shift, days, stayed or (lambda words: None))
    if new is model:
        return model
    return type(model).model_validate(new.model_dump(exclude_unset=True))


def _moved(value: Any, shift: Shift, days: Days, stayed: Callable[[str], None]) -> Any:
    if isinstance(value, Moment):
        value = _moment(value, shift, days)
    if isinstance(value, BaseModel):
        update = {}
        for name in type(value).model_fields:
            old = getattr(value, name)
            new = _moved(old, shift, days, stayed)
            if new is not old:
                update[name] = new
        if isinstance(value, Call) and value.since_year == shift.from_year:
            update["since_year"] = shift.year
        return value.model_copy(update=update) if update else value
    if isinstance(value, tuple | list):
        parts = [_moved(one, shift, days, stayed) for one in value]
        return type(value)(parts) if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    if isinstance(value, dict):
        found = {key: _moved(one, shift, days, stayed) for key, one in value.items()}
        return found if any(found[key] is not one for key, one in value.items()) else value
    if isinstance(value, str) and not isinstance(value, Enum):
        said = told(value, shift, days)
        for words in said.stayed:
            stayed(words)
        return said.text if said.text != value else value
    return value


def _moment(moment: Moment, shift: Shift, days: Days) -> Moment:
    update: dict[str, Any] = {
        name: days[day] for name in ("date", "outer") if (day := getattr(moment, name)) is not None
    }
    if moment.month:
        update["month"] = shift.month(moment.month)
    return moment.model_copy(update=update) if update else moment
