"""What only a person can judge (由审核人对照): points that a reviewer ticks, and steps that somebody by name has done.

They come from the gates in force. What is laid down without exception must be ticked before anything passes; what is
asked "in principle" is ticked or not, and the note of the review says which.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.content import from_plain
from kepu.activities.gates import reason_of
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.refusals import GateClosed, Reason
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.base import Strictness
from kepu.notices.kinds.gate import Stage

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Point:
    """One point of one rule; ``code`` names it whatever stands before or behind it in its clause."""

    rule: InForce
    text: str

    @property
    def code(self) -> str:
        return _code(self.rule.key, self.text)

    @property
    def must(self) -> bool:
        return self.rule.strictness is Strictness.HARD


@dataclass(frozen=True, slots=True)
class Checked:
    """What a reviewer says of one filing: codes of points that hold, and names by code of the step."""

    points: Collection[str] = ()
    people: Mapping[str, str] | None = None

    def named(self) -> dict[str, str]:
        """The names that were written, trimmed."""
        return {
            code: said for code, name in (self.people or {}).items() if (said := name.strip()[:LONGEST_NAME])
        }


UNCHECKED = Checked()


def points_for(activity: Activity, in_force: Rules) -> list[Point]:
    """The points to hold a filing against, or what its change would make of it. No query."""
    return [Point(rule, text) for rule in _asking(activity, in_force) for text in rule.params.review]  # type: ignore[attr-defined]


def steps_for(activity: Activity, in_force: Rules) -> list[Point]:
    """The steps (初审、复审、终审) of which a clause asks who has done each. No query."""
    return [Point(rule, text) for rule in _asking(activity, in_force) for text in rule.params.steps]  # type: ignore[attr-defined]


def every_point(activity: Activity, in_force: Rules) -> list[str]:
    """The codes of all points, for who has held the filing against all of them."""
    return [point.code for point in points_for(activity, in_force)]


def check_points(activity: Activity, in_force: Rules, said: Checked) -> list[dict[str, Any]]:
    """What the note keeps of it, clause by clause. Raises :class:`GateClosed` for what must hold and was not said to."""
    points, steps = points_for(activity, in_force), steps_for(activity, in_force)
    if faults := missing(points, steps, said):
        raise GateClosed(reasons=faults)
    people = said.named()
    kept = []
    for rule in {p.rule.key: p.rule for p in (*points, *steps)}.values():
        ticked = [p.text for p in points if p.rule.key == rule.key and p.code in said.points]
        named = {s.text: people[s.code] for s in steps if s.rule.key == rule.key and s.code in people}
        if ticked or named:
            kept.append({"clause": rule.cite, "points": ticked, "people": named})
    return kept


def missing(points: Iterable[Point], steps: Iterable[Point], said: Checked) -> list[Reason]:
    """What must hold, or be done by somebody, and was not said to; each with its clause."""
    people = said.named()
    faults = [_unticked(point) for point in points if point.must and point.code not in said.points]
    return faults + [_unnamed(step) for step in steps if step.must and step.code not in people]


def without_repeats(points: Iterable[Point]) -> list[Point]:
    """Each point once, as many filings share them."""
    return list({point.code: point for point in points}.values())


def as_changed(activity: Activity) -> Activity:
    """The activity with its proposed change, on a copy; nothing is written."""
    shown = Activity(**{f.attname: getattr(activity, f.attname) for f in Activity._meta.concrete_fields})
    if activity.state == State.CHANGED:
        for name, value in from_plain(activity.proposed or {}).items():
            setattr(shown, name, value)
    return shown


def _asking(activity: Activity, in_force: Rules) -> list[InForce]:
    values = from_plain(activity.proposed or {}) if activity.state == State.CHANGED else {}
    facts = {
        "mode": values.get("mode", activity.mode),
        "activity_level": values.get("activity_level", activity.activity_level),
        "host_kind": activity.unit.kind,
    }
    found = []
    for rule in in_force.of_kind("gate"):
        gate: Any = rule.params
        asks = (gate.review or gate.steps) and {Stage.FILING, Stage.PUBLICATION} & set(gate.stages)
        if asks and gate.applies(facts):
            found.append(rule)
    return found


def _code(key: str, text: str) -> str:
    return sha256(f"{key}\0{text}".encode()).hexdigest()[:16]


def _unticked(point: Point) -> Reason:
    sentence = _("请先对照“%(point)s”，符合的打勾；不符合的，请退回。") % {"point": point.text}
    return reason_of(point.rule, sentence, f"point.{point.code}")


def _unnamed(step: Point) -> Reason:
    sentence = _("请写明“%(step)s”是谁做的。") % {"step": step.text}
    return reason_of(step.rule, sentence, f"step.{step.code}")
