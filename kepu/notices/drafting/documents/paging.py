"""Page numbers and running heads: what stands on a page because it is a page is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kepu.notices.drafting.documents.joining import goes_on

_DASH = r"[-—–－―─~～·•]"
_NUMBER = r"(?:\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十〇零百]{1,5})"
_PLAIN = re.compile(
    rf"\s*(?:{_DASH}+\s*{_NUMBER}\s*{_DASH}+|第\s*{_NUMBER}\s*页(?:\s*[,，/／]?\s*共\s*{_NUMBER}\s*页)?|[Pp]age\s+\d+(?:\s+of\s+\d+)?)\s*"
)
_OF_MANY = re.compile(r"\s*(\d{1,4})\s*[/／]\s*(\d{1,4})\s*")
_BARE = re.compile(r"\s*\d{1,4}\s*")


def is_page_number(line: str) -> bool:
    """``- 3 -``, ``—4—``, ``第3页 共12页``: a page number by its form alone."""
    return bool(_PLAIN.fullmatch(line))


def may_be_page_number(line: str) -> bool:
    """``3/12`` and bare digits: a page number where the place says so, else perhaps a day or the number of a row."""
    return is_page_number(line) or bool(_OF_MANY.fullmatch(line) or _BARE.fullmatch(line))


def without_page_numbers(lines: Sequence[str]) -> list[str]:
    """A text whose pages are gone: numbers by their form, and the others where they stand inside a sentence."""
    totals = Counter(m[2] for line in lines if (m := _OF_MANY.fullmatch(line)))
    kept: list[str] = []
    dropped = False
    for at, line in enumerate(lines):
        of_many = _OF_MANY.fullmatch(line)
        if (
            is_page_number(line)
            or (of_many and totals[of_many[2]] > 1 and int(of_many[1]) <= int(of_many[2]))
            or (may_be_page_number(line) and goes_on(_near(lines, at, -1), _near(lines, at, 1)))
        ):
            while kept and not kept[-1].strip():
                kept.pop()
            kept.append("")
            dropped = True
        elif line.strip() or not dropped:
            kept.append(line)
            dropped = False
    return kept


def _near(lines: Sequence[str], at: int, step: int) -> str:
    """The next line with writing in it, in one direction."""
    at += step
    while 0 <= at < len(lines) and not lines[at].strip():
        at += step
    return lines[at] if 0 <= at < len(lines) else "\t"


def running_heads(edges: Sequence[Iterable[tuple[int, str]]]) -> frozenset[tuple[int, str]]:
    """What stands at the same height near the edge of most pages: of at least three, and of half of them.

    ``edges`` has for each page the height and the :func:`shape` of the lines near its upper and lower edge.
    """
    seen: Counter[tuple[int, str]] = Counter()
    for lines in edges:
        seen.update(set(lines))
    enough = max(3, (len(edges) + 1) // 2)
    return frozenset(line for line, times in seen.items() if times >= enough)


def shape(line: str) -> str:
    """A line without blanks and with every number alike."""
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", line))
