"""Which values of a fact a rule is for: some of its codes, or a limit where the fact is a number."""

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
    as_list,
    as_text,
)
from kepu.web.workspace.desk.clauseforms.widgets.bound import End, ends, read_ends
from kepu.web.workspace.desk.clauseforms.widgets.choice import Choosing, Ticking, on_offer, ticking
from kepu.web.workspace.desk.clauseforms.widgets.text import Line
from kepu.web.workspace.desk.clauseforms.words import is_closed, sort_of_fact

_BESIDE = "\t"  # between a code and its label; no line that is typed holds it


@dataclass(slots=True)
class Casing:
    """What ``case.html`` draws: the way it is said, codes to tick and a line for others, and the ends of a limit."""

    ways: list[Option]
    ticks: Ticking
    ends: list[End]


class CaseWidget(Widget):
    """The values of one fact: that of the row's key. ``limits`` says whether a number may be limited."""

    sort = "case"
    grouped = True

    def __init__(self, *, limits: bool) -> None:
        self.limits = limits

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        fact = as_text(spot.beside)
        is_number = self.limits and sort_of_fact(fact) == "number"
        limit = isinstance(value, dict) if value else is_number
        if fact and value == [] and not limit:
            node.complaint = _("还没有选是哪些。")
        codes = [] if isinstance(value, dict) else [as_text(code) for code in as_list(value)]
        ways = [("codes", _("是其中之一")), ("limit", _("数在这个范围"))] if self.limits or limit else []
        node.control = Casing(
            [Option(way, label, (way == "limit") == limit) for way, label in ways],
            _ticking(sheet, fact, codes),
            ends(node, value if isinstance(value, dict) else {}),
        )

    def read(self, tree: Tree, reading: Reading) -> Any:
        if tree.text("way") == "limit":
            return read_ends(tree)
        return _said(tree)


def _fact(spot: Spot) -> str:
    """The fact that the answers beside this one speak of."""
    return as_text(spot.beside.get("fact")) if isinstance(spot.beside, dict) else ""


class ValuesWidget(Widget):
    """Some values of the fact that the clause is about, to tick where they are known, and lines for others."""

    sort = "values"
    grouped = True

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        codes = [as_text(code) for code in as_list(value)]
        node.control = _ticking(sheet, _fact(spot), codes)

    def read(self, tree: Tree, reading: Reading) -> Any:
        return _said(tree) or NOTHING


class ValueWidget(Widget):
    """One value of the fact that the clause is about; where they are not known, a line."""

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        pairs = sheet.words.of_fact(_fact(spot))
        text = as_text(value)
        if not pairs:
            node.control = Line(text)
            return
        node.sort = "select"
        node.control = Choosing(
            on_offer([Option("", str(ask.blank or _("没有选")))], pairs, [text] if text else [])
        )

    def read(self, tree: Tree, reading: Reading) -> Any:
        return tree.text() or NOTHING


def names_told(tree: Tree) -> dict[str, str]:
    """What the values ticked anew are called, anywhere below: a box brings its label along."""
    told = dict(value.split(_BESIDE, 1) for value in tree.values if _BESIDE in value)
    for below in tree.below.values():
        told |= names_told(below)
    return told


def _ticking(sheet: Sheet, fact: str, codes: list[str]) -> Ticking:
    """The values of a fact. One that only the notices name brings its label along when it is ticked anew."""
    found = ticking(sheet.words.of_fact(fact), codes, own=not is_closed(fact), none=_("没有选"))
    for option in found.options if found.own else ():
        if not option.chosen and option.label != option.value:
            option.value = f"{option.value}{_BESIDE}{option.label}"
    return found


def _said(tree: Tree) -> list[str]:
    """What was ticked, and behind it what was typed, a line for each."""
    ticked = [value.split(_BESIDE)[0] for value in tree.texts()]
    lines = [line.strip() for line in tree.text("own").split("\n") if line.strip()]
    return list(dict.fromkeys([*ticked, *lines]))
