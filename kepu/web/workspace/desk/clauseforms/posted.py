"""What a browser sent, as a tree of bounded size: ``c.list.items.0.label=…`` lies under ``list → items → 0 → label``.

A form of ours never reaches the bounds. Whoever does gets a sentence, and nothing of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kepu.core.refusals import Refused

MOST_NAMES = 8_000
MOST_DEEP = 16
MOST_ROWS = 300  # of one list
MOST_CHARACTERS = 20_000  # of one answer
ACTS = ("add", "remove", "up", "down", "refresh")
_PRESSED = re.compile(rf"_({'|'.join(ACTS)}):([\w.-]{{1,300}})")
_UNKEPT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"
)  # what no database keeps and no page shows


class TooMuch(Refused):
    """More was sent than any form of ours asks for."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Which button of a list was pressed. ``add`` and ``refresh`` name the list, the others a row of it."""

    act: str
    name: str
    row: int | None = None

    def is_in(self, name: str) -> bool:
        """Whether the list lies inside of what has this name in the form."""
        return self.name == name or self.name.startswith(f"{name}.")


def pressed(post: Mapping[str, Any]) -> Pressed | None:
    """The button of a list by which the form was sent; None when it was sent to be kept."""
    for name in post:
        found = _PRESSED.fullmatch(str(name))
        if found is None:
            continue
        act, where = found[1], found[2]
        if act in ("add", "refresh"):
            return Pressed(act, where)
        above, _dot, row = where.rpartition(".")
        if above and (number := _number(row)) is not None:
            return Pressed(act, above, number)
    return None


@dataclass(slots=True)
class Tree:
    """What was sent under one name: its own values, and what lies below it."""

    name: str
    values: list[str] = field(default_factory=list)
    below: dict[str, Tree] = field(default_factory=dict)

    def at(self, part: str) -> Tree:
        """What lies under ``part``; an empty tree where nothing does."""
        return self.below.get(part) or Tree(f"{self.name}.{part}")

    def text(self, part: str = "") -> str:
        """The last value that was sent, without the blanks around it."""
        values = self.at(part).values if part else self.values
        return values[-1].strip() if values else ""

    def texts(self, part: str = "") -> list[str]:
        values = self.at(part).values if part else self.values
        return [value.strip() for value in values if value.strip()]

    def rows(self) -> Iterator[tuple[int, Tree]]:
        """What lies under numbers, in their order. Raises :class:`TooMuch` where they are too many."""
        numbered = sorted(
            (number, tree) for part, tree in self.below.items() if (number := _number(part)) is not None
        )
        if len(numbered) > MOST_ROWS:
            raise TooMuch(
                _("一张表最多%(most)s行，这里有%(n)s行，没有保存。请分成几条来写。")
                % {"most": MOST_ROWS, "n": len(numbered)}
            )
        yield from numbered

    def __lt__(self, other: Tree) -> bool:  # rows are sorted by their number; two may have the same
        return self.name < other.name


def tree_of(post: Mapping[str, Any], prefix: str) -> Tree:
    """Everything that was sent under ``prefix``. Raises :class:`TooMuch` beyond the bounds."""
    root = Tree(prefix)
    count = 0
    for full in post:
        name = str(full)
        if not name.startswith(f"{prefix}."):
            continue
        count += 1
        parts = name.split(".")[1:]
        if count > MOST_NAMES or len(parts) > MOST_DEEP:
            raise TooMuch(_("送来的内容太多或太深，不像是这张表单填的，没有保存。请刷新页面再试。"))
        here = root
        for part in parts:
            here = here.below.setdefault(part, Tree(f"{here.name}.{part}"))
        here.values.extend(_kept(value) for value in _values(post, full))
    return root


def _values(post: Mapping[str, Any], name: str) -> list[str]:
    found = post.getlist(name) if hasattr(post, "getlist") else post[name]
    return [str(value) for value in found] if isinstance(found, list | tuple) else [str(found)]


def _kept(value: str) -> str:
    if len(value) > MOST_CHARACTERS:
        raise TooMuch(
            _("有一处写了%(n)s个字，最多%(most)s个，没有保存。请写短一些，长的文字放到附件里。")
            % {"n": len(value), "most": MOST_CHARACTERS}
        )
    return _UNKEPT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def _number(part: str) -> int | None:
    return int(part) if part.isascii() and part.isdecimal() and len(part) <= 5 else None
