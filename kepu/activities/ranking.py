"""How well activities fit the words of a question. Pure.

Of what has all the words, a title says most: the whole text side by side, a word at its beginning, a word that makes up most
of it; then who holds it and where; last what is written elsewhere. Of two that fit alike the sooner stands first, and what is over or
cancelled behind all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kepu.core.search import folded, key_at

IN_TITLE, BEGINS, SHARE, WHOLE = 10.0, 2.0, 6.0, 5.0
BY_HOST, IN_PLACE, ELSEWHERE = 3.0, 2.0, 1.0
SOONER, DAYS = 1.5, 7.0  # what it is worth to begin at once; after so many days it is half of that
OFF = -40.0  # over, or cancelled
LEAST_PART = 0.3  # of the pairs of a question, where none has them all
PART_BY_HOST = 0.3  # what a pair is worth there that only the host's name has

_TOP, _STEP = 1 << 26, 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is looked at of one activity."""

    pk: int
    title: str
    host_name: str
    place_words: str
    next_at: datetime
    off: bool = False


def ranked(text: str, candidates: Iterable[Candidate], *, at: datetime) -> list[int]:
    """Keys in order, the best first: whole numbers that hold how well each fits, and its id."""
    words = folded(text)
    return sorted(_key(_fits(words, one) + _timely(one, at), one.pk) for one in candidates)


def ranked_in_part(text: str, candidates: Iterable[Candidate], *, at: datetime) -> list[int]:
    """The same of what has only some of it: those alone that have a good part of the text in title and host."""
    pairs = [pair for word in folded(text) for pair in _pairs(word)]
    found = []
    for one in candidates:
        title, host = _run(one.title), _run(one.host_name)
        by_title = sum(pair in title for pair in pairs)
        by_host = sum(pair in host and pair not in title for pair in pairs)
        if by_title + by_host >= LEAST_PART * len(pairs):
            part = (by_title + PART_BY_HOST * by_host) / len(pairs)
            found.append(_key(IN_TITLE * part + _timely(one, at), one.pk))
    return sorted(found)


def _key(score: float, pk: int) -> int:
    return key_at(_TOP - round(score * _STEP), pk)


def _fits(words: Sequence[str], one: Candidate) -> float:
    if not words:
        return 0.0
    title = _run(one.title)
    score = sum(_in_title(word, title) if word in title else _beside(word, one) for word in words)
    return score / len(words) + (WHOLE if len(words) > 1 and "".join(words) in title else 0.0)


def _in_title(word: str, title: str) -> float:
    return IN_TITLE + SHARE * len(word) / len(title) + (BEGINS if title.startswith(word) else 0.0)


def _beside(word: str, one: Candidate) -> float:
    if word in _run(one.host_name):
        return BY_HOST
    return IN_PLACE if word in _run(one.place_words) else ELSEWHERE


def _timely(one: Candidate, at: datetime) -> float:
    if one.off:
        return OFF
    days = max(0.0, (one.next_at - at).total_seconds() / 86400)
    return SOONER * DAYS / (DAYS + days)


def _pairs(word: str) -> list[str]:
    return [word] if word.isascii() or len(word) == 1 else [word[n : n + 2] for n in range(len(word) - 1)]


def _run(text: str) -> str:
    return "".join(folded(text))
