"""For each duty or quota that changes: how many units it binds, and one of them whose rules show how it changes.

Everything is counted in one pass over the units that are meant; a notice further down that speaks of the same rule is
taken into account as one more condition, up to :data:`OTHERS` clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from kepu.core.fields import under
from kepu.notices.inheritance import ClauseView
from kepu.notices.models import Clause
from kepu.notices.rulebook import view_of
from kepu.orgs.models import Unit
from kepu.oversight.impact.looking import Look
from kepu.oversight.impact.shifts import Shift, in_the_way
from kepu.returns.bound import either, reached

COUNTED = 24  # duties and quotas that are counted; of more only the number is told
OTHERS = 60  # clauses of notices further down that are looked at


@dataclass(frozen=True, slots=True)
class Binding:
    """A shift, how many units it binds, how many of them a lower notice binds too, and one that shows the change."""

    shift: Shift
    bound: int
    under_others: int
    sample: Unit | None


def bindings_of(look: Look, shifts: Sequence[Shift]) -> list[Binding]:
    """Count whom each shift binds. Three queries, however many units; the time of one grows with the units meant."""
    if not shifts:
        return []
    lower = _lower_clauses(look, shifts)
    asked: dict[str, Any] = {}
    for i, shift in enumerate(shifts):
        asked[f"bound_{i}"] = Count("pk", filter=shift.units)
        asked[f"first_{i}"] = Min("pk", filter=shift.units)
        if there := in_the_way(lower, shift):
            others = either(reached(c, look.after.paths) for c in there)
            asked[f"others_{i}"] = Count("pk", filter=shift.units & others)
            asked[f"free_{i}"] = Min("pk", filter=shift.units & ~others)
    found = look.units(either(s.units for s in shifts)).aggregate(**asked)
    wanted = [found.get(f"free_{i}") or found[f"first_{i}"] for i in range(len(shifts))]
    samples = Unit.objects.in_bulk([pk for pk in wanted if pk])
    look.learn(samples.values())
    return [
        Binding(shift, found[f"bound_{i}"], found.get(f"others_{i}") or 0, samples.get(wanted[i]))
        for i, shift in enumerate(shifts)
    ]


def _lower_clauses(look: Look, shifts: Sequence[Shift]) -> list[ClauseView]:
    """Clauses of notices below the place, in force, that set one of the rules. One query."""
    keys = {shift.key for shift in shifts}
    touched = {c.notice.id for s in shifts for c in (s.before, s.after) if c is not None}
    rows = (
        Clause.objects.filter(under("notice__place__path", look.place.path), notice__season=look.season, key__in=keys)
        .exclude(notice__in=touched)
        .exclude(notice__place__path=look.place.path)
        .order_by("notice_id", "position")
    )  # fmt: skip
    found = []
    for row in rows[:OTHERS]:
        notice = look.after.notices.get(row.notice_id)
        if notice is not None and notice.holds(look.at):
            found.append(view_of(row, notice))
    return found
