"""What becomes of duties: the date before and after, who is bound, who has answered already and keeps what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from kepu.notices.difference import ValueChange
from kepu.notices.difference.values import changed_values
from kepu.notices.duties import Owed
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.duty import Duty
from kepu.oversight.impact.bindings import Binding
from kepu.oversight.impact.looking import Look
from kepu.oversight.impact.shifts import Shift
from kepu.oversight.impact.values import Due, DutyImpact, DutyTurn
from kepu.returns.bound import is_waited_for
from kepu.returns.models import Return
from kepu.returns.rules import deadline_of, owed_under
from kepu.returns.workflow import HANDED, State


def is_counted(shift: Shift) -> bool:
    """Whether units answer the duty once each and somebody waits for it, so that it can be counted by unit."""
    params = shift.clause.params
    return isinstance(params, Duty) and params.about == "unit" and is_waited_for(shift.clause)


def duties_touched(look: Look, bindings: Sequence[Binding]) -> tuple[DutyImpact, ...]:
    """The duties of units, one query for each; and those about an activity or for whoever likes, which need none."""
    told = [_of_units(look, b) for b in bindings]
    told += [_uncounted(look, s) for s in look.shifts.of("duty") if not is_counted(s)]
    return tuple(told)


def _of_units(look: Look, binding: Binding) -> DutyImpact:
    shift = binding.shift
    before, after = (
        tuple(_owed(rules, shift.key) for rules in look.rules(binding.sample)) if binding.sample else (None, None)
    )  # fmt: skip
    states = dict(
        Return.objects.filter(season=look.season, duty=shift.key, unit__in=look.units(shift.units).values("pk"))
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )  # fmt: skip
    handed = sum(n for state, n in states.items() if state in HANDED)
    released = states.get(State.RELEASED, 0)
    return DutyImpact(
        shift.key, _title(shift), shift.who(look.names), _turn(before, after), _due(before), _due(after),
        _values(before, after, look), shift.clause.cite, binding.bound, handed, states.get(State.ACCEPTED, 0), released,
        max(0, binding.bound - handed - released), binding.under_others,
    )  # fmt: skip


def _uncounted(look: Look, shift: Shift) -> DutyImpact:
    old, new = (
        c.params if c is not None and isinstance(c.params, Duty) else None
        for c in (shift.before, shift.after)
    )
    dues = [Due(None, d.due.words()) if d and d.due else None for d in (old, new)]
    what = DutyTurn.CHANGED if old and new else DutyTurn.NEW if new else DutyTurn.GONE
    values = tuple(changed_values(old, new, look.names)) if old and new else ()
    return DutyImpact(
        shift.key, _title(shift), shift.who(look.names), what, dues[0], dues[1], values, shift.clause.cite, None
    )  # fmt: skip


def _owed(rules: Rules, key: str) -> Owed | None:
    if key not in rules:
        return None
    return next((owed for owed in owed_under(rules) if owed.key == key), None)


def _due(owed: Owed | None) -> Due | None:
    return None if owed is None else Due(deadline_of(owed), owed.due_words)


def _turn(before: Owed | None, after: Owed | None) -> DutyTurn:
    if before is None or after is None:
        return DutyTurn.NEW if after is not None else DutyTurn.GONE
    old, new = deadline_of(before), deadline_of(after)
    if old and new and old != new:
        return DutyTurn.EARLIER if new < old else DutyTurn.LATER
    same = before.params == after.params and before.rule.strictness is after.rule.strictness
    return DutyTurn.SAME if same else DutyTurn.CHANGED


def _values(before: Owed | None, after: Owed | None, look: Look) -> tuple[ValueChange, ...]:
    return tuple(changed_values(before.params, after.params, look.names)) if before and after else ()


def _title(shift: Shift) -> str:
    return str(getattr(shift.clause.params, "title", "") or shift.clause.params.sentence())
