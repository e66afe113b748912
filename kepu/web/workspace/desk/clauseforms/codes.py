"""Codes that nobody has to invent: for a thing of a list the next free one, for a thing of its own that of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count


def next_free(stem: str, taken: Iterable[str]) -> str:
    """``item1``, ``item2`` …: the first that is not taken."""
    used = set(taken)
    return next(code for n in count(1) if (code := f"{stem}{n}") not in used)


def own_code(clause: str) -> str:
    """The code of a clause as that of what it is about: ``LX-01.large`` → ``lx_01_large``; stable, and unique in its notice."""
    return re.sub(r"[^a-z0-9]+", "_", clause.lower()).strip("_")[:60]
