"""Where in a TOML text a value stands: line numbers for error sentences.

The parser gives values without positions, so the text is read a second time for its table headers, its keys, and the
places of what stands inside arrays and inline tables, which may go over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_NAME = re.compile(rf"{_PART}(?:\s*\.\s*{_PART})*")
_KEY = re.compile(rf"^\s*({_NAME.pattern})\s*=")
_TEXT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")
Path = tuple[str | int, ...]


@dataclass(slots=True)
class _Open:
    """An array or an inline table that is not closed yet, and where in it the reading stands."""

    path: Path
    is_table: bool
    index: int = 0
    key: Path = ()

    def inner(self) -> Path:
        return (*self.path, *self.key) if self.is_table else (*self.path, self.index)


class Lines:
    """Finds the line of a location such as ("clause", 3, "gate", "min")."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._rows = text.replace("\r\n", "\n").split("\n")
        self._read()

    def _read(self) -> None:
        counts: dict[Path, int] = {}
        current: Path = ()
        at = 0
        while at < len(self._rows):
            row = self._rows[at]
            if header := _HEADER.match(row):
                current = self._path(header[2], counts, is_array=header[1] == "[[")
                self._keep(current, at)
            elif key := _KEY.match(row):
                path = (*current, *_names(key[1]))
                self._keep(path, at)
                at = self._value(at, key.end(), path)
            at += 1

    def _keep(self, path: Path, at: int) -> None:
        self._lines.setdefault(path, at + 1)

    def _value(self, at: int, column: int, path: Path) -> int:
        """Notes where the parts of a value stand; the row in which it ends."""
        stack: list[_Open] = []
        while at < len(self._rows):
            row = self._rows[at]
            while column < len(row):
                here = row[column]
                quotes = row[column : column + 3]
                if here == "#":
                    break
                if quotes in ('"""', "'''"):
                    at, column = self._end_of_text(at, column + 3, quotes)
                    row = self._rows[at] if at < len(self._rows) else ""
                elif (
                    stack and stack[-1].is_table and not stack[-1].key and (name := _NAME.match(row, column))
                ):
                    stack[-1].key = _names(name[0])
                    self._keep(stack[-1].inner(), at)
                    column = name.end()
                elif text := _TEXT.match(row, column):
                    self._note(stack, at)
                    column = text.end()
                else:
                    self._step(here, stack, at, path)
                    column += 1
            if not stack:
                return at
            at, column = at + 1, 0
        return at

    def _step(self, here: str, stack: list[_Open], at: int, path: Path) -> None:
        if here in "[{":
            self._note(stack, at)
            stack.append(_Open(stack[-1].inner() if stack else path, here == "{"))
        elif here in "]}":
            if stack:
                stack.pop()
        elif here == "," and stack:
            stack[-1].index += 1
            stack[-1].key = ()
        elif not here.isspace():
            self._note(stack, at)

    def _note(self, stack: list[_Open], at: int) -> None:
        if stack:
            self._keep(stack[-1].inner(), at)

    def _end_of_text(self, at: int, column: int, quotes: str) -> tuple[int, int]:
        while at < len(self._rows):
            found = self._rows[at].find(quotes, column)
            if found >= 0:
                return at, found + 3
            at, column = at + 1, 0
        return at, 0

    def _path(self, name: str, counts: dict[Path, int], *, is_array: bool) -> Path:
        path: Path = ()
        parts = _names(name)
        for i, part in enumerate(parts):
            path = (*path, part)
            if is_array and i == len(parts) - 1:
                counts[path] = counts.get(path, -1) + 1
                for deeper in [k for k in counts if len(k) > len(path) and k[: len(path)] == path]:
                    if deeper[len(path)] == counts[path]:
                        counts.pop(deeper)
                path = (*path, counts[path])
            elif path in counts:
                path = (*path, counts[path])
        return path

    def of(self, location: Sequence[str | int]) -> int:
        """The line of a value, else of the nearest table around it; 1 when nothing is found."""
        wanted = tuple(location)
        while wanted:
            if wanted in self._lines:
                return self._lines[wanted]
            wanted = wanted[:-1]
        return 1

    def row(self, number: int) -> str:
        """The text of a line."""
        return self._rows[number - 1] if 0 < number <= len(self._rows) else ""


def _names(key: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in re.findall(_PART, key))
