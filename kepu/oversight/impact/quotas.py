"""What becomes of quotas: what is asked before and after, of how many."""

from __future__ import annotations

from collections.abc import Sequence

from kepu.notices.difference.values import changed_values
from kepu.notices.kinds.quota import Quota
from kepu.oversight.impact.bindings import Binding
from kepu.oversight.impact.looking import Look
from kepu.oversight.impact.values import QuotaImpact


def quotas_touched(look: Look, bindings: Sequence[Binding]) -> tuple[QuotaImpact, ...]:
    """The quotas that change for the unit that shows each. No query."""
    return tuple(_quota(look, b) for b in bindings if isinstance(b.shift.clause.params, Quota))


def _quota(look: Look, binding: Binding) -> QuotaImpact:
    shift = binding.shift
    old = new = None
    if binding.sample is not None:
        old, new = (rules.get(shift.key) for rules in look.rules(binding.sample))
    values = tuple(changed_values(old.params, new.params, look.names)) if old and new else ()
    params = shift.clause.params
    assert isinstance(params, Quota)
    return QuotaImpact(
        shift.key, params.name(), shift.who(look.names), old.sentence() if old else "", new.sentence() if new else "", values,
        shift.clause.cite, binding.bound, binding.under_others,
    )  # fmt: skip
