"""Clauses and heads as a notice file may have them, made from the models themselves."""

from __future__ import annotations

import string
import types
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints, ValidationError

from kepu.notices.format.schema import FileClause, Header
from kepu.notices.kinds import kinds
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.base import Bound
from kepu.notices.kinds.moments import ANCHORS, Moment

_CODES = st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,11}", fullmatch=True)
_LINE = st.text(
    st.one_of(
        st.sampled_from("通知活动场主题乡镇“”《》：；，、（）“<&>\"'{}+=/#%"),
        st.characters(categories=["L", "N", "P", "S"], codec="utf-8"),
        st.just(" "),
    ),
    min_size=1, max_size=12,
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip
_WORD = st.text(string.ascii_letters + string.digits + "_.-教育乡", min_size=1, max_size=8)
_DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(date.isoformat)
_RECEIVERS = st.one_of(
    st.sampled_from(
        ["issuer", "caller", "host_above", "coordinator@city", "line:education@county", "line:x.y-z@nation"]
    ),
    st.from_regex(r"unit:[A-Za-z0-9_.-]{1,8}", fullmatch=True),
)
_RELATIONS = st.builds(
    "{}:{}".format, st.sampled_from(["same", "near", "extends", "narrows", "overrides", "pending"]),
    st.from_regex(r"[A-Za-z0-9_.-]{1,8}", fullmatch=True),
)  # fmt: skip
_OF_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "to@Duty": _RECEIVERS,
    "steps": st.lists(_RECEIVERS, min_size=1, max_size=3),
    "relates": st.lists(_RELATIONS, max_size=3, unique=True),
    "aspect": st.lists(st.sampled_from(["16:9", "4:3", "2.35:1"]), max_size=2, unique=True),
    "key": st.from_regex(r"[a-z0-9_]{1,6}(\.[A-Za-z0-9_-]{1,6}){0,2}", fullmatch=True),
    "in_force": st.one_of(
        _DAYS, st.datetimes().filter(lambda d: d.year > 1000).map(lambda d: d.isoformat(timespec="minutes"))
    ),
}
_MOMENTS = st.one_of(
    st.fixed_dictionaries({"date": _DAYS}, optional={"time": st.sampled_from(["09:00", "9:30", "16:00", "24:00"])}),
    st.fixed_dictionaries({"month": st.sampled_from(["2023-09", "2025-12"])}, optional={"part": st.sampled_from(["early", "middle", "late"])}),
    st.builds(
        lambda counted, n, side, anchor: {counted: n, side: anchor},
        st.sampled_from(["days", "working_days"]), st.integers(0, 400), st.sampled_from(["before", "after"]),
        st.sampled_from([*ANCHORS, "window.main.end", "event.opening", "duty.a.b-c"]),
    ),
    st.fixed_dictionaries({"reference": _LINE}, optional={"outer": _DAYS, "time": st.just("18:00")}),
)  # fmt: skip

_BOUNDS = st.dictionaries(
    st.sampled_from(["min", "over", "max", "under"]), st.integers(0, 10**6), min_size=1, max_size=2
)


def clauses(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """A valid clause of a kind, as it stands in a file."""
    common = _tables(FileClause, without={"id", "kind", *kinds()}, always=("summary",))
    made = st.builds(
        lambda table, params, code: {**table, "id": code, "kind": kind, kind: params},
        common, _tables(kinds()[kind]), st.from_regex(r"[A-Z]{2}-[0-9]{2}(\.[a-z]{1,5})?", fullmatch=True),
    )  # fmt: skip
    return made.filter(_is_valid(FileClause))


def heads() -> st.SearchStrategy[dict[str, Any]]:
    return _tables(Header)


def _tables(
    model: Any, without: Any = (), always: tuple[str, ...] = (), depth: int = 0
) -> st.SearchStrategy[dict[str, Any]]:
    needed, may = {}, {}
    for name, field in model.model_fields.items():
        if name in without or (model is Audience and depth > 2 and name in ("any_of", "exceptions")):
            continue
        strategy = _OF_FIELDS.get(f"{name}@{model.__name__}", _OF_FIELDS.get(name))
        if strategy is None:
            strategy = _values(_with(field.annotation, field.metadata), depth)
        (needed if field.is_required() or name in always else may)[name] = strategy
    chosen = st.sets(st.sampled_from(sorted(may)), max_size=5) if may else st.just(set())
    tables = chosen.flatmap(
        lambda names: st.fixed_dictionaries({**needed, **{name: may[name] for name in sorted(names)}})
    )
    return tables if model is FileClause else tables.filter(_is_valid(model))


def _values(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    kind, constraints = _apart(annotation)
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of([_values(inner, depth) for inner in get_args(kind) if inner is not type(None)])
    if kind is str:
        pattern = any(isinstance(c, StringConstraints) and c.pattern for c in constraints)
        text = any(isinstance(c, StringConstraints) and c.min_length for c in constraints)
        return _CODES if pattern else _LINE if text else _WORD
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return st.lists(_values(inner, depth), max_size=3, unique_by=repr)
    if get_origin(kind) is dict:
        key, value = get_args(kind)
        return st.dictionaries(_values(key, depth), _values(value, depth), max_size=2)
    simple = {
        bool: st.booleans(), int: _numbers(constraints, whole=True), float: _numbers(constraints, whole=False), date: _DAYS,
        Moment: _MOMENTS, Bound: _BOUNDS,
    }  # fmt: skip
    if kind in simple:
        return simple[kind]
    if issubclass(kind, Enum):
        return st.sampled_from([member.value for member in kind])
    assert issubclass(kind, BaseModel), kind
    inner = st.deferred(lambda: _tables(kind, depth=depth + 1))
    return inner.filter(
        lambda table: kind.model_validate(table) != Audience()
    )  # a row that says nothing is none


def _numbers(constraints: Any, *, whole: bool) -> st.SearchStrategy[Any]:
    least = max(
        [c for m in constraints for c in (getattr(m, "ge", None), getattr(m, "gt", None)) if c is not None],
        default=None,
    )
    most = min(
        [getattr(m, "le", None) for m in constraints if getattr(m, "le", None) is not None], default=10**6
    )
    above = any(getattr(m, "gt", None) is not None for m in constraints)
    if whole:
        return st.integers(least if least is not None else -(10**6), most)
    low = least if least is not None else -(10.0**6)
    return st.one_of(
        st.floats(low, most, exclude_min=above, allow_nan=False), st.integers(int(low) + above, int(most))
    )


def _apart(annotation: Any) -> tuple[Any, list[Any]]:
    if get_origin(annotation) is Annotated:
        kind, constraints = _apart(get_args(annotation)[0])
        return kind, [*constraints, *annotation.__metadata__]
    return annotation, []


def _with(annotation: Any, metadata: list[Any]) -> Any:
    for one in metadata:
        annotation = Annotated[annotation, one]
    return annotation


def _is_valid(model: Any) -> Any:
    def holds(data: dict[str, Any]) -> bool:
        try:
            model.model_validate(data)
        except (ValidationError, OverflowError):
            return False
        return True

    return holds
