"""Problems of a notice file as sentences: file, line, what is wrong, what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from kepu.core.refusals import Refused
from kepu.notices.format.lines import Lines

MOMENTS = ("due", "opens", "closes", "start", "end", "when", "not_before", "not_after")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong (``is_error``) or worth a look, at a line of a file."""

    file: str
    line: int
    sentence: str
    is_error: bool = True
    clause: str = ""

    def __str__(self) -> str:
        return _("%(file)s 第%(line)s行：%(sentence)s") % {
            "file": self.file, "line": self.line, "sentence": self.sentence,
        }  # fmt: skip


class NoticeFileRefused(Refused):
    """A notice file that cannot be taken over, with every problem found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(p) for p in problems))


def schema_problems(error: ValidationError, file: str, text: str, model: type[BaseModel]) -> list[Problem]:
    """Every problem that the schema found, each at its line."""
    lines = Lines(text)
    faults = error.errors()
    said = []
    for fault in faults:
        if fault["type"] == "too_short" and any(_is_inside(f["loc"], fault["loc"]) for f in faults):
            continue  # its items are there, but wrong: that is said already
        location = _location(fault["loc"])
        problem = Problem(file, lines.of(location), _sentence(fault, location, model))
        if problem not in said:
            said.append(problem)
    return said


def _is_inside(inner: tuple[Any, ...], outer: tuple[Any, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _location(loc: tuple[Any, ...]) -> list[Any]:
    """A fault's place without the names that pydantic gives to the ways of reading a value."""
    parts = [p for p in loc if not (isinstance(p, str) and ("function-" in p or "[" in p))]
    return parts[:2] if parts[:2] == ["notice", "in_force"] else parts


def _sentence(fault: Any, location: list[Any], model: type[BaseModel]) -> str:
    kind = fault["type"]
    name = next((part for part in reversed(location) if isinstance(part, str)), "")
    where = _where(location)
    context = fault.get("ctx") or {}
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, _known(location[:-1], model), n=1)
        hint = _("是不是“%(close)s”？") % {"close": close[0]} if close else _("请对照格式指南。")
        return _("%(where)s不认识“%(name)s”这个键。%(hint)s") % {"where": where, "name": name, "hint": hint}
    if kind == "missing" and location == ["notice"]:
        return _("缺少文头，请写 [notice] 和它下面的各键。")
    if kind == "tuple_type" and location == ["clause"]:
        return _("每一条都要用双方括号 [[clause]] 开头。")
    if kind == "missing":
        return _("%(where)s缺少“%(name)s”。") % {"where": where, "name": name}
    if kind in ("literal_error", "enum"):
        return _("%(where)s“%(name)s”不能写“%(value)s”，可以写：%(expected)s。") % {
            "where": where, "name": name, "value": fault.get("input"),
            "expected": _("、").join(re.findall(r"[\w.-]+", context.get("expected", "").replace(" or ", " "))),
        }  # fmt: skip
    if kind.startswith(("date", "time")):
        return _("%(where)s“%(name)s”要写成不加引号的日期，如 2023-09-08；现在是“%(value)s”。") % {
            "where": where, "name": name, "value": fault.get("input"),
        }  # fmt: skip
    if kind == "string_pattern_mismatch" and name in ("id", "key"):
        return _("%(where)s“%(name)s”的写法不对：“%(value)s”。只用英文字母、数字、点、横线和下划线。") % {
            "where": where, "name": name, "value": fault.get("input"),
        }  # fmt: skip
    if kind == "string_pattern_mismatch":
        return _("%(where)s“%(name)s”的写法不对：“%(value)s”。代码只用小写字母、数字、点、横线和下划线。") % {
            "where": where, "name": name, "value": fault.get("input"),
        }  # fmt: skip
    if kind == "value_error":
        whole = (
            [*location, ""]
            if isinstance(location[-1] if location else "", int) and len(location) > 2
            else location
        )
        return f"{_where(whole)}{context.get('error', fault['msg'])}"
    if kind in ("string_too_short", "too_short"):
        return _("%(where)s“%(name)s”不能空着。") % {"where": where, "name": name}
    if sentence := measured(kind, context):
        return f"{where}“{name}”{sentence}"
    if kind == "model_type" and name in MOMENTS:
        return _(
            '%(where)s“%(name)s”要写成日期（如 2023-09-08）或时间表（如 { days = 10, after = "activity_end" }）；现在是“%(value)s”。'
        ) % {"where": where, "name": name, "value": fault.get("input")}
    if kind.endswith(("_type", "_parsing")):
        wanted = {
            "string": _("文字（加引号）"), "int": _("整数"), "float": _("数"), "bool": _("true 或 false"),
            "tuple": _("方括号列表"), "dict": _("一张表"), "model": _("一张表"),
        }.get(kind.split("_")[0], kind)  # fmt: skip
        return _("%(where)s“%(name)s”要写成%(wanted)s；现在是“%(value)s”。") % {
            "where": where, "name": name, "wanted": wanted, "value": fault.get("input"),
        }  # fmt: skip
    return _("%(where)s“%(name)s”：%(message)s") % {"where": where, "name": name, "message": fault["msg"]}


def measured(kind: str, context: dict[str, Any]) -> str:
    """What is wrong with a number or with a text's length; "" when it is something else."""
    if kind == "int_from_float":
        return _("要写成整数。")
    if kind == "finite_number":
        return _("要写成一个确定的数。")
    for code, sentence in (
        ("ge", _("不能小于%(n)s。")), ("gt", _("要大于%(n)s。")), ("le", _("不能大于%(n)s。")), ("lt", _("要小于%(n)s。")),
    ):  # fmt: skip
        if kind.startswith(("greater_than", "less_than")) and code in context:
            return sentence % {"n": f"{context[code]:g}"}
    if kind == "string_too_long":
        return _("太长了，最多%(n)s个字。") % {"n": context.get("max_length")}
    return ""


def _where(location: list[Any]) -> str:
    """ "第3条 gate：" for ("clause", 2, "gate", "min")."""
    parts = []
    if location[:1] == ["clause"] and len(location) > 1 and isinstance(location[1], int):
        parts.append(_("第%(n)s条") % {"n": location[1] + 1})
        inside = location[2:-1]
        parts += [_("第%(n)s项") % {"n": p + 1} if isinstance(p, int) else str(p) for p in inside]
    elif location[:1] == ["notice"]:
        parts.append(_("文头"))
    return " ".join(parts) + _("：") if parts else ""


def _known(location: Sequence[Any], model: type[BaseModel]) -> list[str]:
    """The keys a table may have, found by walking the model along the location."""
    current: Any = model
    for part in location:
        if isinstance(part, int):
            continue
        field = current.model_fields.get(part) if hasattr(current, "model_fields") else None
        current = _model_in(field.annotation) if field else None
        if current is None:
            return []
    return list(current.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_in(inner)) is not None:
            return found
    return None
