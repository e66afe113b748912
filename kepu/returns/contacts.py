"""The people in a return: which cells of its form hold them, how a version without them can still be proven. Pure, but for one look-up."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from kepu.core.contacts import GONE, mask_cell, mask_text, without
from kepu.notices.kinds.form import Column, Form
from kepu.notices.models import RulesSnapshot
from kepu.returns.sealing import SEAL

_OF_PEOPLE = re.compile("联系人|联系方式|联系电话|电话|手机|邮箱|姓名|责任人|负责人|身份证")
_SOURCES = (
    "contact",
    "contact_name",
    "contact_phone",
    "safety_person",
    "content_person",
    "host_place_person",
)


def is_of_people(column: Column) -> bool:
    """Whether a column holds people: it says so, it is a phone, it is drawn from a contact, or its title says it."""
    source = (column.source or "").removeprefix("activity.")
    named = any(_OF_PEOPLE.search(text) for text in (column.title, *column.parts))
    return column.personal or column.type == "phone" or source in _SOURCES or named


def columns_of_people(form: Form | None) -> frozenset[str]:
    """The codes of a form's columns that hold people, in all its variants."""
    if form is None:
        return frozenset()
    every = (
        *form.header,
        *form.columns,
        *(column for variant in form.variants for column in variant.columns),
    )
    return frozenset(column.code for column in every if is_of_people(column))


def cells_without_people(row: Any, value: Any) -> Any:
    """Sections or rows of a return without the people in them."""
    return _without(value, _columns_at(row.rules.content if row.rules_id else {}, row.duty))


def content_without_people(version: Any, value: Any) -> Any:
    """A frozen copy without the people in it, and without its seal."""
    kept = (
        RulesSnapshot.objects.filter(digest=value.get("rules", "")).values_list("content", flat=True).first()
    )
    codes = _columns_at(kept or {}, version.handed_in.duty)
    people = {name: _without(value.get(name), codes) for name in ("sections", "rows")}
    erased = {**value, **people, "parts": without(value.get("parts"))}
    return {name: inner for name, inner in erased.items() if name != SEAL}


def people_masked(value: Any, codes: Collection[str]) -> Any:
    """Sections or rows as a page shows them: cells that hold people are masked, elsewhere what leads to somebody."""
    if isinstance(value, list):
        return [people_masked(row, codes) for row in value]
    return {code: mask_cell(text) if code in codes else mask_text(text) for code, text in value.items()}


def _columns_at(snapshot: Mapping[str, Any], duty: str) -> frozenset[str]:
    """The columns of people in the form of a duty, as the rules it was handed in under had it."""
    code = snapshot.get(duty, {}).get("params", {}).get("form")
    params = snapshot.get(f"form.{code}", {}).get("params") if code else None
    return columns_of_people(Form.model_validate(params) if params else None)


def _without(value: Any, codes: Collection[str]) -> Any:
    if isinstance(value, list):
        return [_without(row, codes) for row in value]
    if not isinstance(value, dict):
        return value
    return {code: GONE if code in codes and text else without(text) for code, text in value.items()}
