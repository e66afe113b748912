"""Limits on a number: at least, more than, at most, less than."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.web.workspace.desk.clauseforms.layout import Ask
from kepu.web.workspace.desk.clauseforms.posted import Tree
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    NOTHING,
    Node,
    Reading,
    Sheet,
    Spot,
    Widget,
    as_table,
    as_text,
)
from kepu.web.workspace.desk.clauseforms.widgets.text import number_in

ENDS = ("min", "over", "max", "under")


@dataclass(slots=True)
class End:
    name: str
    id: str
    label: str
    value: str


class BoundWidget(Widget):
    """A limit. In a table of its own, or as fields of the model it limits (then ``names`` says which there are)."""

    sort = "bound"
    grouped = True

    def __init__(self, names: Iterable[str] = ENDS, *, whole: bool = False) -> None:
        self.names, self.whole = tuple(names), whole

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        data = as_table(value)
        node.parts = {name: end_words()[_stem(name)] for name in self.names}
        node.control = ends(node, data, self.names)
        if (
            ask.together and spot.path is not None
        ):  # the fields stand in the table above: what is wrong there is said here
            for name in self.names:
                sheet.index[(*spot.path[:-1], name)] = node

    def read(self, tree: Tree, reading: Reading) -> Any:
        return read_ends(tree, self.names, whole=self.whole) or NOTHING


def ends(node: Node, data: dict[str, Any], names: Iterable[str] = ENDS) -> list[End]:
    words = end_words()
    return [End(f"{node.name}.{n}", f"{node.id}-{n}", words[_stem(n)], as_text(data.get(n))) for n in names]


def read_ends(tree: Tree, names: Iterable[str] = ENDS, *, whole: bool = False) -> dict[str, Any]:
    found = {name: number_in(tree.text(name), whole=whole) for name in names}
    return {name: number for name, number in found.items() if number is not NOTHING}


def end_words() -> dict[str, str]:
    return {"min": _("不少于"), "max": _("不超过"), "over": _("大于"), "under": _("小于")}


def _stem(name: str) -> str:
    """``rows_min``, ``min_chars`` → ``min``."""
    return next((end for end in ENDS if end in name.split("_")), name)
