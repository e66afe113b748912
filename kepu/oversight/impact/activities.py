"""What a change means to activities: those handed in keep their rules, drafts are tried against the gates as they would be.

Where activities stand is read from tallies, so it costs the same at a thousand and at a million. Drafts and returned
ones are tried one by one, at most :data:`LOOKED_AT` of them, the newest; nobody's draft is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Count, Q

from kepu.activities.gates import at_filing
from kepu.activities.models import Activity, ActivityQuerySet
from kepu.activities.workflow import WITH_AUTHOR, State
from kepu.core import tallies
from kepu.notices.difference import Turn
from kepu.notices.inheritance import InForce
from kepu.notices.kinds.gate import STAGES, Gate, Stage
from kepu.oversight.impact.looking import Look
from kepu.oversight.impact.values import ActivitiesTouched, GateStop, LaterGates, RuleEffect

LOOKED_AT = 200  # drafts and returned ones that are tried
COUNTED = 10_000  # of more it is only said that there are more


def activities_touched(look: Look, effects: Sequence[RuleEffect]) -> ActivitiesTouched:
    """The area's activities and what the change means to them. Five queries, whatever the area.

    ``effects`` are the changes of rules that were found: a gate that combines with one above asks at its steps too.
    """
    drafts = _with_host(look)
    with_host = drafts.order_by()[: COUNTED + 1].count()
    newest = list(drafts.select_related("unit").order_by("-id")[:LOOKED_AT]) if with_host else []
    tried = _tried(look, newest)
    counts = Counter(_counts(look))
    returned = drafts.filter(state=State.RETURNED).order_by()[: COUNTED + 1].count() if counts["filed"] else 0
    waiting = max(0, counts["filed"] - counts["approved"] - returned)
    unpublished = max(0, counts["approved"] - counts["published"] - counts["cancelled"])
    going = counts["filed"] - counts["cancelled"]
    later = {
        Stage.PUBLICATION: waiting + unpublished, Stage.COMPLETION: going - counts["completed"],
        Stage.SUMMARY: going - counts["summarised"],
    }  # fmt: skip
    return ActivitiesTouched(
        min(with_host, COUNTED), with_host > COUNTED, len(newest), *tried, waiting, unpublished,
        counts["published"] - counts["held"], counts["held"], _later(effects, later),
    )  # fmt: skip


def _with_host(look: Look) -> ActivityQuerySet:
    rows = Activity.objects.filter(season=look.season, state__in=sorted(WITH_AUTHOR)).under(look.place.path)
    return rows.in_line(look.line.path) if look.line else rows


def _counts(look: Look) -> Mapping[str, int]:
    """What the acts have counted, by measure. A line within a place has no tally and is counted over its rows."""
    if look.line is None:
        found = tallies.in_place(look.season.pk, look.place.path)
    elif look.place.path == "/":
        found = tallies.in_line(look.season.pk, look.line.path)
    else:
        rows = (
            Activity.objects.filter(season=look.season)
            .handed_in()
            .under(look.place.path)
            .in_line(look.line.path)
        )
        return rows.exclude(state=State.WITHDRAWN).aggregate(
            filed=Count("pk"), approved=Count("approved_at"), cancelled=Count("cancelled_at"), held=Count("held_at"),
            published=Count("pk", filter=Q(published_at__isnull=False, cancelled_at=None)),
            completed=Count("completed_at"), summarised=Count("summarised_at"),
        )  # fmt: skip
    return {
        measure.partition(".")[2]: n
        for (measure, _facet), n in found.items()
        if measure.startswith("activity.")
    }


def _tried(look: Look, drafts: list[Activity]) -> tuple[int, int, tuple[GateStop, ...]]:
    """How many of the drafts are stopped that pass today, how many pass that are stopped today, and by which gates.

    A gate is told in its own sentence, not in what it says to one draft: a draft is its unit's own.
    """
    look.learn(draft.unit for draft in drafts)
    stopped, warned = Counter[str](), Counter[str]()
    gates: dict[str, InForce] = {}
    halted = freed = 0
    for draft in drafts:
        today, after = look.rules(draft.unit)
        before, found = (at_filing(draft, rules, host=draft.unit, at=look.at) for rules in (today, after))
        refused, heard = ({r.code for r in reasons} for reasons in (before.refusals, before.warnings))
        closing = {r.code for r in found.refusals}
        stopped.update(new := closing - refused)
        warned.update(asking := {r.code for r in found.warnings} - refused - heard)
        gates |= {code: after[code] for code in new | asking}
        halted += bool(new)
        freed += bool(refused) and not closing
    told = [
        GateStop(code, rule.sentence(), rule.cite, stopped[code], warned[code])
        for code, rule in gates.items()
    ]
    return halted, freed, tuple(sorted(told, key=lambda g: (-g.stopped, -g.warned, g.key)))


def _later(effects: Sequence[RuleEffect], counts: Mapping[Stage, int]) -> tuple[LaterGates, ...]:
    """The gates that change and are asked after the filing: there they hold, whatever an activity was filed under."""
    found = []
    sides = [e.change.after for e in effects if e.change.what in (Turn.NEW, Turn.STRICTER, Turn.CHANGED)]
    gates = [side.params for side in sides if side is not None]
    for stage, count in counts.items():
        asked = [g.sentence() for g in gates if isinstance(g, Gate) and stage in g.stages]
        if asked and count > 0:
            found.append(LaterGates(str(stage), STAGES[stage], tuple(dict.fromkeys(asked)), count))
    return tuple(found)
