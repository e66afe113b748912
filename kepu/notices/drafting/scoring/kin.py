"""Numbers that one notice has as a quota and another as a gate: which of the two it is, is a person's choice.

What is left of the thresholds on one side and of the quotas on the other is paired where both have the same bounds and
either call it alike, or count in the same unit in the same place of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kepu.notices.drafting.scoring.words import ENOUGH, alike
from kepu.notices.kinds.facts import FACTS
from kepu.notices.kinds.quota import OBJECTS

KIN = {"quota": "threshold", "threshold": "quota"}
_UNITS = {"人次": "人", "名": "人", "%": "percent"}
_MARKS = re.compile("[（）、. ]")


@dataclass(frozen=True, slots=True)
class _Number:
    name: str
    unit: str
    ends: tuple[float | None, ...]
    place: str


def same_number(one: Any, other: Any) -> float:
    """How alike the numbers of two clauses are, 0 where they are not the same."""
    a, b = _number(one), _number(other)
    if a.ends != b.ends or not any(end is not None for end in a.ends):
        return 0.0
    words = alike(a.name, b.name)
    here = bool(a.place) and a.place == b.place and bool(a.unit) and a.unit == b.unit
    return max(words, ENOUGH) if here or words >= ENOUGH else 0.0


def _number(clause: Any) -> _Number:
    params = clause.params
    bound = params.bound
    if clause.kind == "quota":
        name, unit = params.title or OBJECTS.get(params.of, params.of), params.unit or ""
    else:
        name, unit = (
            params.name(),
            params.unit or (str(FACTS[params.fact].unit) if params.fact in FACTS else ""),
        )
    ends = (bound.min, bound.max, *((bound.over, bound.under) if clause.kind == "gate" else (None, None)))
    return _Number(str(name), _UNITS.get(str(unit), str(unit)), ends, _MARKS.sub("", clause.number or ""))
