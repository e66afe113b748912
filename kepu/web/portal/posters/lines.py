"""Breaking a title into lines as a Chinese typesetter would. Pure.

No line begins with a closing mark or ends with an opening one (避头尾); a Latin word, a number and its measure word stay
whole; lines are about equally long, break after a mark or before a quotation rather than inside one, and the last is
never a single character. Widths are in ems of a Chinese character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

CLOSING = frozenset("，。、；：！？）》〉」』】〕”’…—～·%％‰℃,.;:!?)]}>")
OPENING = frozenset("（《〈「『【〔“‘([{<")
_UNIT = re.compile(
    r"第[0-9０-９一二三四五六七八九十百]{1,4}[届期场讲次站季号]"
    r"|\d+(?:年|月|日|周年|点|分|时|岁|人|场|届|号|站|天|米|小时)"
    r"|[A-Za-z0-9\u00c0-\u024f]+(?:[.+#&/'’:\-–@_][A-Za-z0-9\u00c0-\u024f]+)*\+?"
    r"|\s+"
    r"|……|——"
    r"|.",
    re.DOTALL,
)
_AFTER = frozenset("的与和及之暨")  # a line may well end behind these
_NOT_FIRST = frozenset("的地得了着过们之性化学节日馆站队员者等里上下")
_JOINS = frozenset("与和及暨")
_PAIRS = {"《": "》", "“": "”", "「": "」", "（": "）", "(": ")", "【": "】", "〈": "〉", "‘": "’"}
_WHOLE = 10  # what stands in quotes is kept together up to so many characters
ELLIPSIS = "…"
_SMALLER, _PRICE_OF_SMALLER = 0.78, 6.0
# words of which titles of a science day are full, and which no line should tear; what is not there may be torn
_WORDS = frozenset(Path(__file__).with_name("words.txt").read_text("utf-8").split())
_LONGEST_WORD = max(map(len, _WORDS))


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never broken, with its width, and what a break behind it costs."""

    text: str
    width: float
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Set:
    """A text as it is set: its size (in the unit of the sizes offered) and its lines."""

    size: float
    lines: tuple[str, ...]


def width_of(text: str) -> float:
    """How wide a text is, in ems; rather too much than too little."""
    return sum(map(_width, text))


def fitted(text: str, width: float, height: float, sizes: Sequence[float], *, leading: float) -> Set:
    """The text at nearly the largest of ``sizes`` (falling) at which its lines fit: a little smaller where it then breaks
    better. At the smallest it is cut if it must be."""
    best: tuple[float, Set] | None = None
    largest = 0.0
    for size in sizes:
        most = int((height + size * (leading - 1)) / (size * leading))
        found = _broken(text, width / size, most) if most else None
        if found is None:
            continue
        largest = largest or size
        if size < largest * _SMALLER:
            break
        price = found[0] + _PRICE_OF_SMALLER * (1 - size / largest)
        if best is None or price < best[0]:
            best = price, Set(size, found[1])
    if best is not None:
        return best[1]
    size = sizes[-1]
    return Set(size, cut(text, width / size, max(1, int(height / (size * leading)))))


def broken(text: str, width: float, most: int) -> tuple[str, ...] | None:
    """As few lines as will do, at most ``most``, balanced; None where the text does not fit."""
    found = _broken(text, width, most)
    return found and found[1]


def _broken(text: str, width: float, most: int) -> tuple[float, tuple[str, ...]] | None:
    """:func:`broken` with what its breaks cost."""
    units = units_of(text, width)
    if not units:
        return 0.0, ("",)
    least = max(1, int(sum(unit.width for unit in units) / width))
    for n in range(least, most + 1):
        if found := _in_lines(units, width, n):
            return found
    return None


def cut(text: str, width: float, most: int) -> tuple[str, ...]:
    """The text in at most ``most`` lines; what does not fit is left out behind an ellipsis."""
    if (lines := broken(text, width, most)) is not None:
        return lines
    kept = "".join(unit.text for unit in units_of(text, width))
    low, high = 0, len(kept)
    while low < high:
        middle = (low + high + 1) // 2
        if broken(_ended(kept[:middle]), width, most) is not None:
            low = middle
        else:
            high = middle - 1
    return broken(_ended(kept[:low]), width, most) or (ELLIPSIS,)


def units_of(text: str, width: float) -> list[Unit]:
    """What a line may end behind. A unit that is wider than a line is broken anywhere."""
    said = " ".join(text.split())
    parts: list[str] = []
    for part in _UNIT.findall(said):
        if parts and not part.isspace() and (part[0] in CLOSING or parts[-1][-1] in OPENING):
            parts[-1] += part
        else:
            parts.append(part)
    fine: list[str] = []
    for part in parts:
        fine += [part] if width_of(part) <= width else _anywhere(part, width)
    torn = zip(_inside_quotes(fine), _inside_words(fine), strict=True)
    return [
        Unit(part, width_of(part), _cost(part, fine[n + 1] if n + 1 < len(fine) else "", quote, word))
        for n, (part, (quote, word)) in enumerate(zip(fine, torn, strict=True))
    ]


def _in_lines(units: Sequence[Unit], width: float, n: int) -> tuple[float, tuple[str, ...]] | None:
    """What it costs and is: the best way to set the units in exactly ``n`` lines. Time grows with units² · lines."""
    last = len(units)
    aim = min(width, sum(unit.width for unit in units) / n)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for line in range(1, n + 1):
        ends: dict[int, tuple[float, int]] = {}
        for start, (before, _came) in best[-1].items():
            first = start
            while first < last and units[first].text.isspace():
                first += 1
            wide = 0.0
            for end in range(first + 1, last + 1):
                unit = units[end - 1]
                wide += unit.width
                if unit.text.isspace() or (end < last) is (line == n):
                    if wide > width + 0.01 and not unit.text.isspace():
                        break
                    continue
                if wide > width + 0.01:
                    break
                price = before + 3 * ((wide - aim) / aim) ** 2 + (unit.cost if end < last else 0)
                if end == last and n > 1 and wide < 2.5:
                    price += 4
                if end not in ends or price < ends[end][0]:
                    ends[end] = (price, start)
        best.append(ends)
    if last not in best[-1]:
        return None
    cuts = [last]
    for line in range(n, 0, -1):
        cuts.append(best[line][cuts[-1]][1])
    cuts.reverse()
    made = ("".join(unit.text for unit in units[a:b]).strip() for a, b in pairwise(cuts))
    return best[-1][last][0], tuple(made)


def _cost(part: str, following: str, in_quotes: bool, in_word: bool) -> float:
    """What a break between two units costs: less than nothing where it helps the reader."""
    if not following:
        return 0.0
    if following.isspace() or part.isspace():
        return -1.0
    cost = 2.0 * in_quotes + 1.4 * in_word
    if part[-1] in CLOSING:
        cost -= 1.2
    elif following[0] in OPENING:
        cost -= 0.5
    elif part[-1] in _JOINS:
        cost += 0.6
    elif part[-1] in _AFTER:
        cost -= 0.3
    elif following[0] in _JOINS:
        cost -= 0.4
    if following[0] in _NOT_FIRST:
        cost += 1.0
    return cost


def _inside_quotes(parts: Sequence[str]) -> list[bool]:
    """For each unit whether a break behind it would tear a short quotation."""
    torn = [False] * len(parts)
    for start, part in enumerate(parts):
        closing = next((_PAIRS[c] for c in part if c in _PAIRS and _PAIRS[c] not in part), "")
        if not closing:
            continue
        end = next((n for n in range(start + 1, len(parts)) if closing in parts[n]), None)
        if end is not None and sum(len(p) for p in parts[start : end + 1]) <= _WHOLE:
            torn[start:end] = [True] * (end - start)
    return torn


def _inside_words(parts: Sequence[str]) -> list[bool]:
    """For each unit whether a break behind it would tear a word, read from the left and the longest first."""
    torn, start = [False] * len(parts), 0
    while start < len(parts):
        length = next(
            (
                n
                for n in range(min(_LONGEST_WORD, len(parts) - start), 1, -1)
                if "".join(parts[start : start + n]) in _WORDS
            ),
            1,
        )
        torn[start : start + length - 1] = [True] * (length - 1)
        start += length
    return torn


def _anywhere(part: str, width: float) -> list[str]:
    found, now = [], ""
    for char in part:
        if now and width_of(now + char) > width:
            found.append(now)
            now = ""
        now += char
    return [*found, now]


def _ended(text: str) -> str:
    return text.rstrip(" ，、；：,;:" + "".join(OPENING)) + ELLIPSIS


def _width(char: str) -> float:
    if char == " ":
        return 0.28
    if char in "ilj.,:;'|!()[]":
        return 0.36
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in "mwMW@%":
        return 0.95
    return 0.7 if char.isupper() else 0.62
