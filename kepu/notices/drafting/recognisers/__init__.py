"""One small file for each thing that notices say. A new recogniser is a new file here: nothing else names it.

A recogniser is a module with a function ``recognise(context)`` that yields what it found: :class:`Found` for the head,
:class:`Proposal` for a clause. ``ORDER`` says when its turn is (50 when it does not say): the head comes before 40,
clauses from 50 on, and what looks at other clauses from 80 on. Modules whose name begins with "_" are no recognisers.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found, Proposal

FIRST, USUAL = 0, 50


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A recogniser by the name of its file."""

    name: str
    order: int
    recognise: Callable[[Context], Iterable[Found | Proposal]]


@lru_cache(maxsize=1)
def recognisers() -> tuple[Recogniser, ...]:
    """Every recogniser in its turn."""
    found = []
    for info in pkgutil.iter_modules(__path__):
        if not info.name.startswith("_"):
            module = import_module(f"{__name__}.{info.name}")
            found.append(Recogniser(info.name, getattr(module, "ORDER", USUAL), module.recognise))
    return tuple(sorted(found, key=lambda r: (r.order, r.name)))
