"""Cases: which values of other facts a gate or a route is for. Codes, or a limit where the fact is a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.base import Bound, Limit, listed
from kepu.notices.kinds.facts import fact_of, value_name

Case = tuple[str, ...] | Limit
Cases = Mapping[str, tuple[str, ...] | Bound]


def case_codes(cases: Cases) -> list[str]:
    """What a rule's name says of its cases: their codes; of a limit the fact only, so that levels may differ in it."""
    return [part for fact, case in cases.items() for part in ([fact] if isinstance(case, Bound) else case)]


def case_holds(case: tuple[str, ...] | Bound, have: Any) -> bool:
    """Whether a fact's value is such a case. What is not given is none; of several values one is enough."""
    if isinstance(case, Bound):
        if isinstance(have, list | tuple | set | frozenset):
            return case.holds(len(have))
        try:
            return have not in (None, "") and case.holds(float(have))
        except (TypeError, ValueError):
            return False
    many = have if isinstance(have, list | tuple | set | frozenset) else (have,)
    return not {str(h) for h in many}.isdisjoint(case)


def wider_cases(mine: Cases, theirs: Cases) -> dict[str, tuple[str, ...] | Bound]:
    """Cases that hold wherever ``mine`` or ``theirs`` hold, as far as one table can say it."""
    wide: dict[str, tuple[str, ...] | Bound] = {}
    for fact in mine:
        a, b = mine[fact], theirs.get(fact)
        if isinstance(a, Bound) and isinstance(b, Bound):
            wide[fact] = _hull(a, b)
        elif isinstance(a, tuple) and isinstance(b, tuple):
            wide[fact] = tuple(dict.fromkeys((*b, *a)))
    return {fact: case for fact, case in wide.items() if not isinstance(case, Bound) or case.is_set()}


def looser_cases(mine: Cases, theirs: Cases) -> list[str]:
    """Where the child speaks of fewer cases than its parent: whatever falls outside would be let through."""
    said = []
    for fact, case in mine.items():
        above = theirs.get(fact)
        if above is None or not _covers(case, above):
            said.append(
                str(_("上级的规定不限于%(fact)s%(case)s的情况"))
                % {"fact": fact_of(fact).label, "case": _words(fact, case)}
            )
    return said


def _covers(mine: tuple[str, ...] | Bound, theirs: tuple[str, ...] | Bound) -> bool:
    if isinstance(mine, Bound) and isinstance(theirs, Bound):
        return _hull(mine, theirs) == mine
    return isinstance(mine, tuple) and isinstance(theirs, tuple) and set(theirs) <= set(mine)


def _hull(a: Bound, b: Bound) -> Bound:
    """The narrowest limit that holds for whatever one of the two holds for."""
    low, high = a.floor(), a.ceiling()
    low = min(low, b.floor()) if low and b.floor() else None  # type: ignore[type-var]
    high = max(high, b.ceiling()) if high and b.ceiling() else None  # type: ignore[type-var]
    ends: dict[str, float] = {}
    if low:
        ends["over" if low[1] else "min"] = low[0]
    if high:
        ends["under" if high[1] else "max"] = high[0]
    return Bound(**ends)


def _words(fact: str, case: tuple[str, ...] | Bound) -> str:
    if isinstance(case, Bound):
        return case.words(str(fact_of(fact).unit))
    return listed([value_name(fact, code) for code in case])
