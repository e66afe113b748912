"""What every sort of answer can do, and what a template needs to draw one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kepu.web.workspace.desk.clauseforms.layout import Ask, When
from kepu.web.workspace.desk.clauseforms.posted import Pressed, Tree
from kepu.web.workspace.desk.clauseforms.words import Words

Path = tuple[str | int, ...]
TEMPLATES = "workspace/desk/fields"


class Nothing:
    """No answer: the field is left out of the clause."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()


@dataclass(slots=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(slots=True)
class Node:
    """A question as it is drawn. ``control`` is what the template of its sort needs."""

    path: Path | None  # where its value stands in the clause; None for a row that is still empty
    name: str  # of its control in the form
    id: str
    label: str
    sort: str  # the file in the folder of templates
    help: str = ""
    grouped: bool = False  # several controls under one legend, not one under a label
    ticked: bool = False  # one box with its label behind it
    required: bool = False
    filled: bool = False  # something was said that does not hold anyway
    width: str = ""
    shown_if: str = ""
    autofocus: bool = False
    control: Any = None
    parts: dict[str, str] = field(default_factory=dict)  # names for what is wrong inside of it
    complaint: str = ""  # what the model would let through
    errors: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def template(self) -> str:
        return f"{TEMPLATES}/{self.sort}.html"

    @property
    def described(self) -> str:
        """The ids of what explains it, for ``aria-describedby``."""
        said = [f"{self.id}-help"] if self.help else []
        return " ".join([*said, f"{self.id}-error"] if self.errors else said)

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong here or below."""
        return bool(self.errors) or any(child.has_errors for child in self.children)

    @property
    def in_hand(self) -> bool:
        """Whether the person is just working here or below."""
        return self.autofocus or any(child.in_hand for child in self.children)


@dataclass(frozen=True, slots=True)
class Reading:
    """How answers are read: with which button pressed, whether empty rows are kept to be drawn again, and the code of the clause."""

    pressed: Pressed | None = None
    keeps_empty_rows: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same for all questions of one form while it is drawn."""

    words: Words
    ids: str
    index: dict[Path, Node]
    pressed: Pressed | None = None
    action: str = ""

    def id_of(self, name: str) -> str:
        """``c.list.items.0.label`` → ``c-list-items-0-label``, behind the form's own beginning."""
        return f"{self.ids}-{name.partition('.')[2].replace('.', '-')}"

    def with_words(self, words: Words) -> Sheet:
        return Sheet(words, self.ids, self.index, self.pressed, self.action)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a question stands: its place in the clause, its name in the form, and the answers beside it."""

    path: Path | None
    name: str
    beside: Any = None  # the table its field belongs to

    def at(self, field: str, beside: Any = None) -> Spot:
        return Spot(None if self.path is None else (*self.path, field), f"{self.name}.{field}", beside)


class Widget:
    """A sort of answer."""

    sort = "text"
    grouped = False

    def node(self, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> Node:
        """The question with what stands in it. ``value`` may be anything that stood in the draft, or NOTHING."""
        node = Node(
            path=spot.path, name=spot.name, id=sheet.id_of(spot.name), label=str(ask.label), sort=self.sort,
            help=str(ask.help), grouped=self.grouped, width="short" if ask.short else "",
            shown_if=shown_if(ask.when, spot),
        )  # fmt: skip
        self.draw(node, ask, spot, sheet, value)
        if node.path is not None:
            sheet.index[node.path] = node
        return node

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        """Fill the node."""
        raise NotImplementedError

    def read(self, tree: Tree, reading: Reading) -> Any:
        """What was typed, with the values that are right as what they are and all others as they were typed."""
        raise NotImplementedError


def shown_if(when: When, spot: Spot) -> str:
    """For the browser: the names of the controls beside this one, and the answers that ask for it."""
    if not when:
        return ""
    above = spot.name.rpartition(".")[0]
    return json.dumps({f"{above}.{name}": list(answers) for name, answers in when}, ensure_ascii=False)


def as_text(value: Any) -> str:
    """Any value of a draft as it can stand in a line."""
    if value is NOTHING or value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**300 else "9" * 300
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    if isinstance(value, list | tuple):
        return "、".join(as_text(inner) for inner in value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{as_text(inner)}" for key, inner in value.items())
    return str(value)


def as_list(value: Any) -> list[Any]:
    """A list as it is, anything else that says something as the only entry of one."""
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (NOTHING, None, "") else [value]


def as_table(value: Any) -> dict[str, Any]:
    """A table as it is; anything else has no entries."""
    return {str(key): inner for key, inner in value.items()} if isinstance(value, dict) else {}


def is_blank(value: Any) -> bool:
    """Whether nothing was said here, though a table or a list may be there to say it in."""
    if isinstance(value, dict):
        return all(is_blank(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return all(is_blank(inner) for inner in value)
    return value is None or value is NOTHING or value == ""


SAYS_SOMETHING = ("any_of", "exceptions")  # the lists in which an empty row would be everybody


def without_blank_rows(value: Any) -> Any:
    """The same with no empty rows in its lists: they are none, and what stands behind them moves up."""
    if isinstance(value, Mapping):
        return {
            name: inner if name in SAYS_SOMETHING else without_blank_rows(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [
            without_blank_rows(inner) for inner in value if not (isinstance(inner, dict) and is_blank(inner))
        ]
    return value
