"""Search tokens made in the application, the same for every database.

Chinese text is cut into overlapping pairs of characters, so that a word of two characters is always found; letters
and digits are kept as words. A query asks for its pairs side by side, which makes it exact for any length of two or
more; a single character finds the pairs that begin with it only where the engine can, so it is answered by prefix of
the title elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[0-9a-z]+")


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _pairs(run: str) -> list[str]:
    if run[0].isascii():
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]


def tokens(*texts: str) -> str:
    """One string of tokens for a search table. A lone character ends each Chinese run, so one-character runs count."""
    return " ".join(token for text in texts for run in _runs(text) for token in _pairs(run))


def phrases(query: str) -> list[list[str]]:
    """What a search box's text asks for: a list of phrases, each a list of neighbouring tokens; empty for no word."""
    found = []
    for run in _runs(query):
        pairs = _pairs(run)
        found.append(pairs if run[0].isascii() or len(pairs) == 1 else pairs[:-1])
    return found
