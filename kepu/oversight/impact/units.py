"""Which units a change touches, counted in the database, and how the rules of the first of each sort change."""

from __future__ import annotations

from django.db.models import Count, Min

from kepu.notices.difference import RuleChange, Turn, rule_changes
from kepu.orgs.models import Level, Unit
from kepu.oversight.impact.looking import Look
from kepu.oversight.impact.values import RuleEffect, UnitGroup, UnitsTouched

TRIED = 12  # groups whose first unit's rules are compared, the largest groups first
_ORDER = {str(level): n for n, level in enumerate(Level.values)}


def units_touched(look: Look) -> tuple[UnitsTouched, tuple[RuleEffect, ...]]:
    """Whom any clause means that comes, goes or changes, and what changes for them. Three queries."""
    if not look.shifts.found:
        return UnitsTouched(), ()
    touched = look.units(look.shifts.units)
    rows = list(
        touched.order_by().values("level", "kind").annotate(n=Count("pk"), first=Min("pk")).order_by("-n", "level", "kind")
    )  # fmt: skip
    if not rows:
        return UnitsTouched(), ()
    samples = Unit.objects.in_bulk([row["first"] for row in rows[:TRIED]])
    look.learn(samples.values())
    groups: list[UnitGroup] = []
    effects: dict[tuple[str, str], tuple[RuleChange, list[str]]] = {}
    for row in rows:
        sample, changes = samples.get(row["first"]), None
        level = str(Level(row["level"]).label)
        kind = look.names.get(f"kind:{row['kind']}", row["kind"])
        if sample is not None:
            changed = [c for c in rule_changes(*look.rules(sample)) if c.what is not Turn.SOURCE]
            changes = len(changed)
            for change in changed:
                effects.setdefault((change.key, change.sentence()), (change, []))[1].append(f"{level}{kind}")
        groups.append(
            UnitGroup(
                row["level"], level, row["kind"], kind, row["n"], sample.name if sample else "", changes
            )
        )
    groups.sort(key=lambda g: (_ORDER.get(g.level, 9), -g.count, g.kind))
    total = sum(group.count for group in groups)
    found = tuple(RuleEffect(change, tuple(whom)) for change, whom in effects.values())
    return UnitsTouched(total, tuple(groups)), found
