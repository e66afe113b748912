"""How a form is laid out: which questions stand first, which further down, in which words. Data, and nothing else.

The files under ``kinds`` are made of these. What a question looks like follows from the type of its field; a layout says only
what the type cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

if TYPE_CHECKING:
    from kepu.web.workspace.desk.clauseforms.posted import Tree
    from kepu.web.workspace.desk.clauseforms.widgets.base import Widget

Pairs = tuple[tuple[str, Any], ...]
When = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What may be chosen: fixed pairs of code and label, then a vocabulary of the words in hand.

    ``prefix`` is put before each code of the vocabulary. Where ``own`` is set, something else may be named. With ``auto`` it gets its
    code from the clause: when it is ``chosen`` to be something else, or ``always`` when nothing is.
    """

    fixed: Pairs = ()
    vocabulary: str = ""
    prefix: str = ""
    own: bool = False
    auto: Literal["", "chosen", "always"] = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of things that have questions of their own. ``one`` names one of them; ``open`` shows an empty first one."""

    part: Part
    one: Any
    open: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. ``when`` names the answers beside it that ask for it: one of them is enough."""

    name: str
    label: Any
    help: Any = ""
    known: Known | None = None
    suggest: tuple[Any, ...] = ()  # words offered beside a line, as they are written into the clause
    long: bool = False
    short: bool = False
    thrice: bool = False  # yes, no, and not said: where it matters that nothing was said
    blank: Any = ""  # what a choice says when nothing is chosen
    radio: bool = False
    when: When = ()
    rows: Rows | None = None
    part: Part | None = None  # of a single thing with questions of its own
    together: tuple[str, ...] = ()  # the fields of a limit that stand apart in the model
    folded: bool = False  # a list to tick that stands behind what is ticked in it
    refreshes: bool = False  # the rest of the form depends on the answer
    words: Mapping[Any, Any] | None = None  # labels for the choices of the field's own type
    widget: Widget | None = None  # only where the type is not enough


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one model: first those that everybody answers, then those under 更多."""

    model: type[BaseModel]
    first: tuple[Ask, ...]
    more: tuple[Ask, ...] = ()
    lead: Any = ""
    fold: Any = ""  # what the line says that opens 更多, where it is not just that
    auto: str = ""  # the stem of the codes that its rows are given: item1, item2 …
    numbers: str = ""  # the field in which its rows are numbered
    after: Callable[[dict[str, Any], Tree], None] | None = None  # what follows from all its answers together


def names_of(part: Part) -> list[str]:
    """Every field that the part asks for, in order."""
    return [name for ask in (*part.first, *part.more) for name in (ask.together or (ask.name,))]
