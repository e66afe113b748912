"""Search tokens made in the application, the same for every database.

Chinese text is cut into overlapping pairs of characters, so that a word of two characters is always found; letters
and digits are kept as words. A query asks for its pairs side by side, which makes it exact for any length of two or
more; a single character finds the pairs that begin with it only where the engine can, so it is answered by prefix of
the title elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

_LONGEST = 60  # letters of a word: a database refuses what is no word any more
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_PK_BITS = 36
_PK_MASK = (1 << _PK_BITS) - 1
_GREATEST = (1 << 63) - 1
_NOT_OF_CODES = re.compile(r"[^a-z0-9_.-]")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[0-9a-z]+")


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _pairs(run: str) -> list[str]:
    if run[0].isascii():
        return [run[:_LONGEST]]
    return [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]


def tokens(*texts: str) -> list[str]:
    """The tokens of texts for a search table. A lone character ends each Chinese run, so one-character runs count."""
    return [token for text in texts for run in _runs(text) for token in _pairs(run)]


def label(name: str, code: str) -> str:
    """A label as a token of its own, which no word that is typed can be: ``fields:health``.

    Whatever else than letters, digits and ``_ . -`` a code has becomes ``_``.
    """
    return f"{name}:{_NOT_OF_CODES.sub('_', code.lower())}"


def of_partition(partition: str, tokens: Iterable[str]) -> list[str]:
    """Tokens as one part of a table has them, such as a season. It is searched as if it stood alone: neither what the other
    parts hold nor how much that is makes a difference. Without a partition they are as they are.
    """
    return [f"{partition}.{token}" for token in tokens] if partition else list(tokens)


def key(at: datetime, pk: int) -> int:
    """A key by which rows lie in the order of an instant (to the minute) and then of their ids; 63 bits."""
    return key_at(int((at - _EPOCH).total_seconds()) // 60, pk)


def key_at(place: int, pk: int) -> int:
    """A key by which rows lie in the order of whole numbers of at most 27 bits, and then of their ids."""
    return place << _PK_BITS | pk


def pk_of(key: int) -> int:
    """The id that :func:`key` or :func:`key_at` put into a key."""
    return key & _PK_MASK


def keys_between(first: datetime | None, before: datetime | None) -> tuple[int, int]:
    """The least and the greatest key of rows from one instant on and before another; None is an open side."""
    return key(first, 0) if first else 0, key(before, 0) - 1 if before else _GREATEST


def folded(text: str) -> list[str]:
    """The runs of a text as a search sees them: Chinese without its punctuation, words in small letters."""
    return _runs(text)


def phrases(query: str) -> list[list[str]]:
    """What a search box's text asks for: a list of phrases, each a list of neighbouring tokens; empty for no word."""
    found = []
    for run in _runs(query):
        pairs = _pairs(run)
        found.append(pairs if run[0].isascii() or len(pairs) == 1 else pairs[:-1])
    return found
