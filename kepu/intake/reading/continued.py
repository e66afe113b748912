"""A text that is longer than a cell of a spreadsheet may be: it goes on in further columns, and is read as one again."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_CELL = 32_767  # UTF-16 units, as spreadsheets count
_CONTINUED = re.compile(r"(.+)（续(\d{1,4})）")


def pieces(text: str) -> list[str]:
    """The text in parts that each fit a cell, at least one; joined they are the text.

    It is cut inside a word, since cells are read without the blanks around them.
    """
    parts: list[str] = []
    while _units(text) > LONGEST_CELL:
        cut = _fitting(text)
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def further(header: str, number: int) -> str:
    """The header of the column in which the text of another goes on: 活动简介（续1）. The same in every language."""
    return f"{header}（续{number}）"


def continued(headers: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Which columns go on with which: the header by the place of the column, in the order in which texts go on."""
    there = list(headers)
    names = {header for _i, header in there}
    found = [
        (int(m[2]), i, m[1]) for i, header in there if (m := _CONTINUED.fullmatch(header)) and m[1] in names
    ]
    return {i: base for _number, i, base in sorted(found)}


def _fitting(text: str) -> int:
    """Where to cut so that what stands before it fits, between two characters that are no blanks."""
    most = LONGEST_CELL if _units(text[:LONGEST_CELL]) <= LONGEST_CELL else LONGEST_CELL // 2
    cut = most
    while cut > most // 2 and (text[cut - 1].isspace() or text[cut].isspace()):
        cut -= 1
    return cut


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
