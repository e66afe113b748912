"""Tables of the clause's own making: for each of some keys a value, such as a criterion for each object, or a case for each fact."""

from __future__ import annotations

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
    as_text,
)
from kepu.web.workspace.desk.clauseforms.widgets.rows import Grouping, RowsWidget

Asked = tuple[Ask, Widget]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, as a row has them."""

    key: str
    value: Any


class EntriesWidget(Widget):
    """A table as rows of key and value. The same key twice is the same entry: what both say is put together."""

    sort = "rows"
    grouped = True

    def __init__(self, key: Asked, value: Asked, one: Any, *, empty: Any) -> None:
        self.rows = RowsWidget(_EntryWidget(key, value, empty), one)

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        if isinstance(value, dict):
            value = [Entry(str(key), inner) for key, inner in value.items()]
        self.rows.draw(node, ask, spot, sheet, value)

    def read(self, tree: Tree, reading: Reading) -> Any:
        rows = self.rows.read(tree, reading)
        if reading.keeps_empty_rows or rows is NOTHING:
            return rows
        table: dict[str, Any] = {}
        for entry in rows:
            table[entry.key] = _together(table[entry.key], entry.value) if entry.key in table else entry.value
        return table


class _EntryWidget(Widget):
    """One row: its path goes by its key."""

    sort = "group"
    grouped = True

    def __init__(self, key: Asked, value: Asked, empty: Any) -> None:
        self.key, self.value, self.empty = key, value, empty

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        entry = value if isinstance(value, Entry) else Entry("", NOTHING)
        if spot.path is not None:
            node.path = (*spot.path[:-1], entry.key)
        (ask_key, key_widget), (ask_value, value_widget) = self.key, self.value
        key = key_widget.node(ask_key, Spot(None, f"{spot.name}.key"), sheet, entry.key or NOTHING)
        below = Spot(node.path, f"{spot.name}.value", entry.key)
        inner = value_widget.node(ask_value, below, sheet, entry.value)
        node.control, node.children = Grouping([key, inner], []), [key, inner]
        node.complaint = inner.complaint

    def read(self, tree: Tree, reading: Reading) -> Any:
        key = self.key[1].read(tree.at("key"), reading)
        value = self.value[1].read(tree.at("value"), reading)
        if key is NOTHING and not value:
            return NOTHING
        return Entry("" if key is NOTHING else key, self.empty if value is NOTHING else value)


def _together(one: Any, other: Any) -> Any:
    if isinstance(one, list) and isinstance(other, list):
        return list(dict.fromkeys([*one, *other]))
    if isinstance(one, dict) and isinstance(other, dict):
        return {**one, **other}
    texts = [as_text(value) for value in (one, other)]
    return _("；").join(dict.fromkeys(text for text in texts if text))
