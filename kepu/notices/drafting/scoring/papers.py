"""Forms, files and calls.

=========== =================================================================================================
form        titles alike, or half of the columns; where both have their columns, half of all must be the same,
            and where only one of the two has them the form is not found
file_rule   each single demand once (formats, size, pixels, length, name …) on the same material; numbers exact.
            What people judge by eye does not count
call        the same last day; titles alike, or the same material. The first day decides between several
=========== =================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.items import Group, Item, clauses, whole
from kepu.notices.drafting.scoring.times import deadline, first_day
from kepu.notices.drafting.scoring.words import ENOUGH, alike, plain
from kepu.notices.format.schema import NoticeFile

_HALF = 0.5
_ONE_FORMAT = {"jpeg": "jpg", "tif": "tiff", "docx": "doc", "mpg": "mpeg", "pptx": "ppt", "xlsx": "xls"}
_ONE_MATERIAL = {"photo": "picture", "image": "picture", "text": "document", "movie": "video"}
_LIMITS = (
    "size_mb", "pixels", "width", "height", "long_side", "short_side", "dpi", "duration_s", "count",
)  # fmt: skip
_PLAIN = ("aspect", "orientation", "anonymous")
_PATTERNS = ("name_pattern", "subject_pattern")


def _columns(form: Any) -> frozenset[str]:
    return frozenset(plain(column.title) for column in (*form.header, *form.columns))


def _same_form(one: Any, other: Any) -> float:
    a, b = _columns(one.form), _columns(other.form)
    words = alike(one.form.title, other.form.title)
    if bool(a) != bool(b):
        return 0.0
    shared = len(a & b) / len(a | b) if a else 0.0
    if (a and shared < _HALF) or (not a and words < ENOUGH):
        return 0.0
    return words + shared


def _demands(notice: NoticeFile) -> Iterator[Item]:
    for clause in clauses(notice, "file_rule"):
        rule = clause.file_rule
        material = _ONE_MATERIAL.get(rule.material, rule.material)
        found: list[tuple[str, Any]] = []
        if rule.formats:
            found.append(("formats", frozenset(_ONE_FORMAT.get(f, f) for f in rule.formats)))
        for name in _LIMITS:
            if bound := getattr(rule, name):
                found.append((name, (bound.min, bound.max, bound.over, bound.under)))
        for name in _PLAIN:
            if value := getattr(rule, name):
                found.append((name, frozenset(value) if isinstance(value, tuple) else value))
        for name in _PATTERNS:
            if value := getattr(rule, name):
                found.append((name, value))
        for name, value in found:
            said = gettext("%(id)s %(material)s的%(what)s：%(value)s") % {
                "id": clause.id, "material": material, "what": name, "value": _shown(value),
            }  # fmt: skip
            yield Item(said, (material, name, value, rule.call), clause)


def _shown(value: Any) -> str:
    if isinstance(value, frozenset):
        return "、".join(sorted(map(str, value)))
    if isinstance(value, tuple):
        words = zip(("≥", "≤", ">", "<"), value, strict=True)
        return " ".join(f"{sign}{number:g}" for sign, number in words if number is not None)
    return str(value)


def _same_demand(one: Any, other: Any) -> float:
    (material, name, value, call), (their_material, their_name, their_value, their_call) = one, other
    if (material, name) != (their_material, their_name):
        return 0.0
    same = alike(value, their_value) >= ENOUGH if name in _PATTERNS else value == their_value
    return 1.0 + 0.5 * (call == their_call) if same else 0.0


def _same_call(one: Any, other: Any) -> float:
    a, b = one.call, other.call
    words = alike(a.title, b.title)
    if deadline(a.closes) != deadline(b.closes) or (
        words < ENOUGH and not set(a.materials) & set(b.materials)
    ):
        return 0.0
    return 0.5 + words + 0.3 * (first_day(a.opens) == first_day(b.opens))


GROUPS = (
    Group("form", _("表格"), whole("form"), _same_form, whole=True),
    Group("file_rule", _("文件要求"), _demands, _same_demand),
    Group("call", _("征集"), whole("call"), _same_call, whole=True),
)
