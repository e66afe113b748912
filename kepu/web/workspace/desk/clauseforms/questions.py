"""The questions of a model: each with its sort of answer, made from a layout and from the types of the fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic_core import PydanticUndefined

from kepu.web.workspace.desk.clauseforms.deriving import widget_for
from kepu.web.workspace.desk.clauseforms.layout import Ask, Part
from kepu.web.workspace.desk.clauseforms.posted import Tree
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    NOTHING,
    Node,
    Reading,
    Sheet,
    Spot,
    Widget,
    is_blank,
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the sort of its answer."""

    ask: Ask
    widget: Widget
    default: Any  # what the field is where nothing is said; NOTHING where it must be said
    required: bool

    @property
    def fields(self) -> tuple[str, ...]:
        return self.ask.together or (self.ask.name,)

    @property
    def is_automatic(self) -> bool:
        """Whether it is a code that comes of itself."""
        auto = self.ask.known.auto if self.ask.known is not None else ""
        return auto == "always" or self.ask.name == "id" or (self.ask.name == "code" and not auto)

    def node(self, spot: Spot, sheet: Sheet, table: Mapping[str, Any]) -> Node:
        default = NOTHING if self.ask.thrice else self.default
        value = dict(table) if self.ask.together else table.get(self.ask.name, default)
        node = self.widget.node(self.ask, spot.at(self.ask.name, table), sheet, value)
        node.required = self.required and not self.is_automatic
        node.filled = not self.is_automatic and any(
            not is_blank(said := table.get(name, NOTHING)) and said != self.default for name in self.fields
        )
        return node

    def read(self, tree: Tree, reading: Reading, into: dict[str, Any]) -> None:
        """Put what was answered into a table; what says nothing, or what holds anyway, is left out."""
        value = self.widget.read(tree.at(self.ask.name), reading)
        if value is NOTHING:
            return
        if self.ask.together:
            into.update(value)
        elif self.ask.thrice or value != self.default or type(value) is not type(self.default):
            into[self.ask.name] = value


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions of a part."""

    part: Part
    first: tuple[Question, ...]
    more: tuple[Question, ...]

    def nodes(self, spot: Spot, sheet: Sheet, table: Mapping[str, Any]) -> tuple[list[Node], list[Node]]:
        """Those that everybody answers, and those under 更多."""
        return (
            [q.node(spot, sheet, table) for q in self.first],
            [q.node(spot, sheet, table) for q in self.more],
        )

    def read(self, tree: Tree, reading: Reading) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for question in (*self.first, *self.more):
            question.read(tree, reading, found)
        if self.part.after is not None:
            self.part.after(found, tree)
        fields = self.part.model.model_fields
        return {name: found[name] for name in fields if name in found}


_MADE: dict[int, Questions] = {}


def questions_of(part: Part) -> Questions:
    """The questions of a part, made once."""
    made = _MADE.get(id(part))
    if made is None or made.part is not part:
        made = Questions(part, tuple(_asked(part, part.first)), tuple(_asked(part, part.more)))
        _MADE[id(part)] = made
    return made


def _asked(part: Part, asks: tuple[Ask, ...]) -> list[Question]:
    return [question_for(part, ask) for ask in asks]


def question_for(part: Part, ask: Ask) -> Question:
    field = part.model.model_fields[ask.together[0] if ask.together else ask.name]
    default = field.get_default(call_default_factory=True, validated_data={})
    plain = NOTHING if default is PydanticUndefined or default is None else _plain(default)
    return Question(ask, widget_for(field.annotation, ask, plain), plain, field.is_required())


def _plain(default: Any) -> Any:
    """A default as it would be read; an empty one is no answer."""
    if isinstance(default, Enum):
        return default.value
    if isinstance(default, tuple):
        return [_plain(inner) for inner in default] or NOTHING
    return default if isinstance(default, str | int | float) and default != "" else NOTHING
