"""Several things of one sort, one below the other; and a single thing with questions of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.web.workspace.desk.clauseforms.codes import next_free
from kepu.web.workspace.desk.clauseforms.layout import Ask, Part
from kepu.web.workspace.desk.clauseforms.posted import MOST_ROWS, Tree
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    NOTHING,
    Node,
    Path,
    Reading,
    Sheet,
    Spot,
    Widget,
    as_list,
    as_table,
    as_text,
    is_blank,
)


@dataclass(slots=True)
class Row:
    """One row as it is drawn."""

    name: str
    number: int
    title: str
    node: Node
    first: bool
    last: bool
    hand: str = ""  # which of its buttons was just pressed


@dataclass(slots=True)
class Listing:
    """What ``rows.html`` draws."""

    id: str
    name: str
    one: str
    rows: list[Row]
    full: bool
    action: str
    focus: bool = False  # whether the person goes on at the button that adds a row


@dataclass(slots=True)
class Grouping:
    """What ``group.html`` draws: the questions of one thing."""

    first: list[Node]
    more: list[Node]
    fold: str = ""

    @property
    def filled(self) -> int:
        """How many of the questions under 更多 are answered, for the line that opens it."""
        return sum(node.filled for node in self.more)

    @property
    def opened(self) -> bool:
        """Whether 更多 stands open, because something in it is wrong or in hand."""
        return any(node.has_errors or node.in_hand for node in self.more)


class GroupWidget(Widget):
    """One thing with questions of its own."""

    sort = "group"
    grouped = True

    def __init__(self, part: Part) -> None:
        self.part = part

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        first, more = self._questions().nodes(spot, sheet, as_table(value))
        node.control, node.children = Grouping(first, more, str(self.part.fold)), [*first, *more]

    def read(self, tree: Tree, reading: Reading) -> Any:
        inside = Reading(reading.pressed, reading.keeps_empty_rows)
        return self._questions().read(tree, inside) or NOTHING

    def _questions(self) -> Any:
        from kepu.web.workspace.desk.clauseforms.questions import questions_of

        return questions_of(self.part)


class RowsWidget(Widget):
    """A list of rows that can be added, removed and moved, by buttons that send the form.

    An empty row is none, unless ``blanks`` says that it would mean something: then it stays, to be filled in or removed.
    """

    sort = "rows"
    grouped = True

    def __init__(
        self, item: Widget, one: Any, *, stem: str = "", numbers: str = "", opens: bool = False,
        blanks: bool = False,
    ) -> None:  # fmt: skip
        self.item, self.one, self.stem, self.numbers, self.opens = item, one, stem, numbers, opens
        self.blanks = blanks

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        values = as_list(value)
        if not values and self.opens:
            values = [None]
        inside = sheet.with_words(sheet.words.and_more({"row": _siblings(values)}))
        pressed = sheet.pressed if sheet.pressed and sheet.pressed.name == node.name else None
        rows: list[Row] = []
        place = 0
        for number, each in enumerate(values):
            empty = is_blank(each) and not self.blanks
            path: Path | None = None if empty or spot.path is None else (*spot.path, place)
            place += not empty
            label = _("第%(n)s%(one)s") % {"n": number + 1, "one": self.one}
            inner = self.item.node(
                Ask(str(number), label),
                Spot(path, f"{node.name}.{number}"),
                inside,
                NOTHING if each is None else each,
            )
            if number:
                _unexplained(inner)
            rows.append(Row(inner.name, number, _title(each), inner, number == 0, number == len(values) - 1))
        _take_in_hand(rows, pressed)
        node.children = [row.node for row in rows]
        node.control = Listing(
            f"{node.id}-rows", node.name, str(self.one), rows, len(rows) >= MOST_ROWS, sheet.action,
            focus=bool(pressed) and not rows,
        )  # fmt: skip
        node.autofocus = bool(pressed)

    def read(self, tree: Tree, reading: Reading) -> Any:
        rows = [(number, self.item.read(below, reading)) for number, below in tree.rows()]
        numbers = [number for number, _value in rows]
        values = [value for _number, value in rows]
        if reading.pressed and reading.pressed.name == tree.name:
            _press(reading, numbers, values)
        self._give_numbers(values)
        self._give_codes(values)
        if self.blanks:
            values = [{} if value is NOTHING else value for value in values]
        if reading.keeps_empty_rows:
            return [None if value is NOTHING else value for value in values]
        return [value for value in values if value is not NOTHING] or NOTHING

    def _give_numbers(self, values: list[Any]) -> None:
        """What has no number gets that of its row; a number alone makes no row."""
        if not self.numbers:
            return
        for i, value in enumerate(values):
            if not isinstance(value, dict) or is_blank(value):
                continue
            if value.keys() == {self.numbers}:
                values[i] = NOTHING
            elif self.numbers not in value:
                values[i] = {self.numbers: i + 1, **value}

    def _give_codes(self, values: list[Any]) -> None:
        """What has no code gets the next free one; what has one keeps it."""
        if not self.stem:
            return
        taken = {as_text(value.get("code")) for value in values if isinstance(value, dict)}
        for i, value in enumerate(values):
            if isinstance(value, dict) and not is_blank(value) and "code" not in value:
                code = next_free(self.stem, taken)
                taken.add(code)
                values[i] = {"code": code, **value}


def _press(reading: Reading, numbers: list[int], values: list[Any]) -> None:
    """Do what the button says to the rows that were sent."""
    pressed = reading.pressed
    assert pressed is not None
    if pressed.act == "add" and len(values) < MOST_ROWS:
        values.append(NOTHING)
    if pressed.row not in numbers:
        return
    at = numbers.index(pressed.row)
    if pressed.act == "remove":
        del values[at]
    other = {"up": at - 1, "down": at + 1}.get(pressed.act, at)
    if other != at and 0 <= other < len(values):
        values[at], values[other] = values[other], values[at]


def _take_in_hand(rows: list[Row], pressed: Any) -> None:
    """Where the person goes on: in the new row, or at the button that was pressed."""
    if not pressed or not rows:
        return
    if pressed.act == "add":
        _first_control(rows[-1].node).autofocus = True
    elif pressed.row is not None:
        at = pressed.row + {"up": -1, "down": 1}.get(pressed.act, 0)
        row = rows[max(0, min(at, len(rows) - 1))]
        at_the_end = {"up": row.first, "down": row.last}.get(pressed.act, False)
        row.hand = {"up": "down", "down": "up"}[pressed.act] if at_the_end else pressed.act


def _unexplained(node: Node) -> None:
    """The first row explains the questions, the others do not repeat it."""
    node.help = ""
    for child in node.children:
        _unexplained(child)


def _first_control(node: Node) -> Node:
    return _first_control(node.children[0]) if node.children else node


def _siblings(values: list[Any]) -> list[tuple[str, str]]:
    """The rows by their codes, for a row that belongs to another."""
    return [
        (as_text(value["code"]), _title(value) or as_text(value["code"]))
        for value in values if isinstance(value, Mapping) and value.get("code")
    ]  # fmt: skip


def _title(value: Any) -> str:
    """What a row is called, for its heading and its buttons."""
    if not isinstance(value, Mapping):
        return ""
    return next((as_text(value[n])[:24] for n in ("label", "title", "name", "text") if value.get(n)), "")
