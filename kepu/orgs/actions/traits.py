"""Keeping the copies that units hold of their titles, seats and coordination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.orgs import queries
from kepu.orgs.models import Unit

AT_ONCE = 2000


@in_transaction
def retrait(units: Sequence[Unit], *, day: date) -> int:
    """Write what the units bear on a day; returns how many changed. The units at hand are brought up to date too."""
    portions = (units[start : start + AT_ONCE] for start in range(0, len(units), AT_ONCE))
    return sum(_retrait(portion, day) for portion in portions)


def _retrait(units: Sequence[Unit], day: date) -> int:
    # The lock comes first: of two acts on one unit, the second must read what the first has given it.
    locked = Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in units]).order_by("pk")
    written = dict(locked.values_list("pk", "traits"))
    traits = queries.traits_of(units, day)
    for unit in units:
        unit.traits = traits[unit.pk]
    changed = [unit for unit in units if unit.traits != written.get(unit.pk)]
    Unit.objects.bulk_update(changed, ["traits"], batch_size=500)
    return len(changed)


@in_transaction
def retrait_under(path: str, *, day: date) -> int:
    """:func:`retrait` for every unit in the subtree of a place."""
    return retrait(list(Unit.objects.under(path).order_by("pk")), day=day)


def refresh_traits(at: datetime) -> int:
    """Let titles and seats begin and end on the day of ``at``; returns how many units changed.

    Idempotent, and a series of short acts, so that nobody waits for the whole. It also mends the unit that was
    registered at the very instant when a place above it received a title.
    """
    changed, after = 0, 0
    while True:
        last, here = _refresh_after(after, day_of(at))
        if not last:
            return changed
        changed, after = changed + here, last


@transaction
def _refresh_after(pk: int, day: date) -> tuple[int, int]:
    units = list(Unit.objects.filter(pk__gt=pk).order_by("pk")[:AT_ONCE])
    return (units[-1].pk, retrait(units, day=day)) if units else (0, 0)
