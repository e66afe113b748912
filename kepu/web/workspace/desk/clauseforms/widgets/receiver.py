"""To whom something is handed in, and who reviews: one of six ways to say it, kept as one word such as ``line:education@county``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.orgs.models import Level
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

ALONE = ("issuer", "caller", "host_above")


@dataclass(slots=True)
class Receiving:
    """What ``receiver.html`` draws."""

    who: list[Option]
    levels: list[Option]
    lines: list[Option]
    unit: str
    other: str
    units: list[Option]


class ReceiverWidget(Widget):
    """A receiver. What is none stands in a line of its own, as it is."""

    sort = "receiver"
    grouped = True

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        who, line, level, unit, other = _apart(as_text(value))
        ways = [
            ("", str(ask.blank or _("没有选"))), ("issuer", _("发文单位")), ("host_above", _("自己上面最近的统筹单位")),
            ("coordinator", _("所在地某一级的统筹单位")), ("line", _("所在地某个系统的主管单位")), ("unit", _("某一个单位")),
            ("caller", _("发起征集或任务的单位")),
        ]  # fmt: skip
        if other:
            ways.append(("other", _("别的写法（不认识）")))
        node.control = Receiving(
            who=[Option(code, label, code == who) for code, label in ways],
            levels=_chosen([("", _("选哪一级")), *((str(c), str(n)) for c, n in Level.choices if c != Level.VILLAGE)], level),
            lines=_chosen([("", _("选哪个系统")), *sheet.words.of("line")], line),
            unit=unit, other=other, units=_chosen(list(sheet.words.of("unit")), ""),
        )  # fmt: skip

    def read(self, tree: Tree, reading: Reading) -> Any:
        who, level = tree.text("who"), tree.text("level")
        if who == "coordinator":
            return f"coordinator@{level}"
        if who == "line":
            return f"line:{tree.text('line')}@{level}"
        if who == "unit":
            return f"unit:{tree.text('unit')}"
        if who == "other":
            return tree.text("other") or NOTHING
        return who or NOTHING


def _apart(text: str) -> tuple[str, str, str, str, str]:
    """Who, line, level, unit; and what is none of it, whole."""
    if text in ("", *ALONE):
        return text, "", "", "", ""
    head, _at, level = text.partition("@")
    if head == "coordinator" and "@" in text:
        return head, "", level, "", ""
    if head.startswith("line:") and "@" in text:
        return "line", head.removeprefix("line:"), level, "", ""
    if text.startswith("unit:"):
        return "unit", "", "", text.removeprefix("unit:"), ""
    return "other", "", "", "", text


def _chosen(pairs: list[tuple[str, str]], chosen: str) -> list[Option]:
    if chosen and chosen not in dict(pairs):
        pairs = [*pairs, (chosen, _("%(code)s（不认识）") % {"code": chosen})]
    return [Option(code, label, code == chosen) for code, label in pairs]
