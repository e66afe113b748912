"""What is wrong with a clause or a head, as sentences at their questions, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from kepu.notices.format.problems import measured
from kepu.web.workspace.desk.clauseforms.rewording import OUT_OF_RANGE, reworded
from kepu.web.workspace.desk.clauseforms.widgets.base import Node, Path, as_text

MOST_SAID = 200
_CHOSEN = ("select", "own", "radios", "checks", "receiver", "values", "case", "moment")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it stands in the clause, the sentence, the question it is shown at, and where that is in a list."""

    path: Path
    sentence: str
    node: Node | None
    where: str = ""

    @property
    def id(self) -> str:
        """The id of the question, for a link to it; "" where it belongs to none."""
        return self.node.id if self.node else ""

    def __str__(self) -> str:
        return f"{self.where}{_('：')}{self.sentence}" if self.where else self.sentence


def problems_of(model: Any, data: Mapping[str, Any], index: Mapping[Path, Node]) -> list[Problem]:
    """Everything that the model finds wrong with ``data``, in the order of the form; ``index`` gives the questions by the places of their fields."""
    said: dict[tuple[Any, str], Problem] = {}
    for problem in (*_faults(model, data, index), *_complaints(index)):
        said.setdefault((problem.id, problem.sentence), problem)
    order = {id(node): place for place, node in enumerate(index.values())}
    return sorted(said.values(), key=lambda problem: order.get(id(problem.node), -1))


def _faults(model: Any, data: Mapping[str, Any], index: Mapping[Path, Node]) -> Iterator[Problem]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        faults = error.errors()[:MOST_SAID]
        for fault in faults:
            if not (_is_beside(fault["loc"], data) or any(_is_inside(f["loc"], fault) for f in faults)):
                yield _problem(fault, index)
    except (ArithmeticError, RecursionError, TypeError):  # a day beyond what a calendar counts
        yield Problem((), str(OUT_OF_RANGE), None)


def _complaints(index: Mapping[Path, Node]) -> Iterator[Problem]:
    """What a model lets through and nobody can have meant."""
    for path, node in index.items():
        if node.complaint:
            yield Problem(path, _to(node, node.complaint), node, _where(node, index))


def _problem(fault: Any, index: Mapping[Path, Node]) -> Problem:
    path: Path = tuple(part for part in fault["loc"] if not _is_tag(part))
    node, rest = _nearest(path, index)
    message = ""
    if fault["type"] == "value_error":
        message, fields = reworded(str((fault.get("ctx") or {}).get("error", fault["msg"])))
        beside = next((index[(*path, name)] for name in fields if (*path, name) in index), None)
        node, rest = (beside, ()) if beside is not None else (node, rest)
    return Problem(
        path, (message and _to(node, message)) or _sentence(fault, node, rest), node, _where(node, index)
    )


def _to(node: Node | None, message: str) -> str:
    return (
        _("“%(label)s”：%(message)s") % {"label": node.label, "message": message}
        if node is not None
        else message
    )


def _nearest(path: Path, index: Mapping[Path, Node]) -> tuple[Node | None, Path]:
    """The question that the place belongs to, and what of the place lies inside of it."""
    for end in range(len(path), 0, -1):
        if node := index.get(path[:end]):
            return node, path[end:]
    return None, path


def _where(node: Node | None, index: Mapping[Path, Node]) -> str:
    """ "第2项" for a question in the second row of a list."""
    path = (node.path if node else None) or ()
    rows = [index.get(path[: i + 1]) for i, part in enumerate(path[:-1]) if isinstance(part, int)]
    return " ".join(row.label for row in rows if row is not None)


def _sentence(fault: Any, node: Node | None, rest: Path) -> str:
    kind, typed = fault["type"], as_text(fault.get("input"))[:60]
    if kind == "extra_forbidden" or node is None:
        return _("这一条里有表单没有的内容“%(name)s”，保存后就没有了。") % {
            "name": ".".join(map(str, fault["loc"]))
        }
    part = next((node.parts[p] for p in rest if p in node.parts), "")
    label = _("%(label)s：%(part)s") % {"label": node.label, "part": part} if part else node.label
    said = {"label": label, "value": typed}
    if kind == "too_short" or (kind == "missing" and node.sort == "rows"):
        return _("“%(label)s”至少要有一项。") % said
    if rest[-1:] == ("[key]",) and not typed:
        return _("“%(label)s”还没有选是哪一项。") % said
    if kind == "missing":
        return (_("请选择“%(label)s”。") if node.sort in _CHOSEN else _("请填写“%(label)s”。")) % said
    if kind == "string_too_short":
        return _("“%(label)s”不能空着。") % said
    if kind in ("literal_error", "enum"):
        return _("“%(label)s”不能是“%(value)s”，请从列表里选。") % said
    if kind.startswith("date"):
        return _("“%(label)s”要写成实际有的日期，例如 2023-09-08；现在是“%(value)s”。") % said
    if kind == "string_pattern_mismatch" and node.sort == "checks":
        return _not_on_the_list(node, said)
    if kind == "string_pattern_mismatch":
        return (
            _("“%(label)s”的代码写法不对：“%(value)s”。代码只用英文小写字母、数字、点、横线和下划线。") % said
        )
    if sentence := measured(kind, fault.get("ctx") or {}):
        return f"“{label}”{sentence}"
    wanted = {"int": _("整数"), "float": _("数"), "bool": _("是或不是")}.get(kind.split("_")[0])
    if wanted:
        return _("“%(label)s”要写成%(wanted)s；现在是“%(value)s”。") % {**said, "wanted": wanted}
    return _("“%(label)s”写得不对，现在是“%(value)s”。请改一改。") % said


def _not_on_the_list(node: Node, said: Mapping[str, str]) -> str:
    """Somebody typed a name where codes are typed: what is on the list is ticked, what is not is registered first."""
    typed = said["value"]
    if any(typed == option.label and typed != option.value for option in node.control.options):
        return _("“%(label)s”里的“%(value)s”在列表里直接勾选，不用写。请去掉写的，勾上它。") % said
    return (
        _("“%(label)s”里没有“%(value)s”。请从列表里勾选；列表里没有的，先请系统管理员登记，再写登记的代码。")
        % said
    )


def _is_tag(part: Any) -> bool:
    """Whether it is a name that pydantic gives to one of several ways of reading a value."""
    return isinstance(part, str) and ("function-" in part or part.startswith(("tuple[", "dict[", "list[")))


def _is_inside(other: Path, fault: Any) -> bool:
    """Whether another fault is inside of this "too short": its rows are there, but wrong, and that is said already."""
    return (
        fault["type"] == "too_short"
        and len(other) > len(fault["loc"])
        and other[: len(fault["loc"])] == fault["loc"]
    )


def _is_beside(loc: Path, data: Any) -> bool:
    """Whether the fault is of a way of reading that the value does not go: codes were written, and it is no limit."""
    here: Any = data
    for part in loc:
        if _is_tag(part):
            return (
                isinstance(here, dict)
                if str(part).startswith("tuple[")
                else "Bound" in str(part) and not isinstance(here, dict)
            )
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return False
    return False
