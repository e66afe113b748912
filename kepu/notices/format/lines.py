"""Where in a TOML text a value stands: line numbers for error sentences.

The parser gives values without positions, so the text is read a second time for its table headers and keys only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"'.]+)\s*=")


class Lines:
    """Finds the line of a location such as ("clause", 3, "gate", "min")."""

    def __init__(self, text: str) -> None:
        self._tables: list[tuple[int, tuple[str | int, ...]]] = []
        self._keys: list[tuple[int, tuple[str | int, ...]]] = []
        self._rows = text.splitlines()
        self._read()

    def _read(self) -> None:
        counts: dict[tuple[str | int, ...], int] = {}
        current: tuple[str | int, ...] = ()
        in_text = ""
        for number, row in enumerate(self._rows, start=1):
            if in_text:
                if in_text in row:
                    in_text = ""
                continue
            if header := _HEADER.match(row):
                current = self._path(header[2], counts, is_array=header[1] == "[[")
                self._tables.append((number, current))
            elif key := _KEY.match(row):
                names = [part.strip("\"' ") for part in key[1].split(".")]
                self._keys.append((number, (*current, *names)))
                value = row[key.end() :]
                for quotes in ('"""', "'''"):
                    if value.count(quotes) == 1:
                        in_text = quotes

    def _path(
        self, name: str, counts: dict[tuple[str | int, ...], int], *, is_array: bool
    ) -> tuple[str | int, ...]:
        path: tuple[str | int, ...] = ()
        parts = [part.strip("\"' ") for part in name.split(".")]
        for i, part in enumerate(parts):
            path = (*path, part)
            if is_array and i == len(parts) - 1:
                counts[path] = counts.get(path, -1) + 1
                for deeper in [k for k in counts if len(k) > len(path) and k[: len(path)] == path]:
                    if len(deeper) <= len(path) or deeper[len(path)] == counts[path]:
                        counts.pop(deeper)
                path = (*path, counts[path])
            elif path in counts:
                path = (*path, counts[path])
        return path

    def of(self, location: Sequence[str | int]) -> int:
        """The line of a key, else of the nearest table around it; 1 when nothing is found."""
        wanted = tuple(location)
        while wanted:
            for number, path in (*self._keys, *self._tables):
                if path == wanted:
                    return number
            wanted = wanted[:-1]
        return 1

    def row(self, number: int) -> str:
        """The text of a line."""
        return self._rows[number - 1] if 0 < number <= len(self._rows) else ""
