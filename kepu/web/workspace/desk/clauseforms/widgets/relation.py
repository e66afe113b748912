"""How a clause stands to one of the notice above: ``extends:NA-05``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.web.workspace.desk.clauseforms.layout import Ask
from kepu.web.workspace.desk.clauseforms.posted import Tree
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    NOTHING,
    Node,
    Option,
    Reading,
    Sheet,
    Spot,
    Widget,
    as_text,
)


@dataclass(slots=True)
class Relating:
    """What ``relation.html`` draws."""

    ways: list[Option]
    code: str
    clauses: tuple[tuple[str, str], ...]


class RelationWidget(Widget):
    """A relation and the code of the clause above."""

    sort = "relation"
    grouped = True

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        text = as_text(value)
        way, colon, code = text.partition(":")
        ways = _ways()
        if not colon or way not in ways:
            way, code = "", text
        options = [Option(w, label, w == way) for w, label in {"": _("选哪种关系"), **ways}.items()]
        node.control = Relating(options, code, sheet.words.of("clause"))

    def read(self, tree: Tree, reading: Reading) -> Any:
        way, code = tree.text("way"), tree.text("code")
        return f"{way}:{code}" if way else code or NOTHING


def _ways() -> dict[str, str]:
    return {
        "same": _("说的是同一件事"), "near": _("意思相近"), "extends": _("比它多"), "narrows": _("比它窄"),
        "overrides": _("代替它"), "pending": _("等它定下来"),
    }  # fmt: skip
