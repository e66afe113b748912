"""What one press on many filings would do, said before it is pressed. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from django.utils.translation import gettext as _

from kepu.activities.checklist import Point, points_for, steps_for, without_repeats
from kepu.activities.claims import held_by_another
from kepu.activities.four_eyes import Another, authors_of_filings, check_four_eyes, has_another_reviewer
from kepu.activities.gates import at_filing, reason_of
from kepu.activities.models import Activity, Verdict
from kepu.core.refusals import Reason, verdict
from kepu.notices.inheritance import Rules
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor

MOST = 200


class Kind(StrEnum):
    """What a press would do with a filing."""

    READY = "ready"
    CLAIMED = "claimed"  # a colleague has it in hand: it is done where one says so
    WAIVER = "waiver"  # an "in principle" is not met: let it pass one by one, with a reason
    CLOSED = "closed"  # the rules of today would refuse it: look at it one by one
    OWN = "own"  # another must decide


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one filing, and why where it is not simply done."""

    activity: Activity
    kind: Kind
    reasons: tuple[Reason, ...] = ()

    @property
    def may(self) -> bool:
        return self.kind in (Kind.READY, Kind.CLAIMED)


@dataclass(frozen=True, slots=True)
class Preview:
    """All filings with what would become of them, and what they are to be held against together."""

    lines: tuple[Foreseen, ...]
    points: tuple[Point, ...] = ()
    steps: tuple[Point, ...] = ()

    def of(self, kind: Kind) -> list[Foreseen]:
        return [line for line in self.lines if line.kind is kind]


def foresee(activities: Sequence[Activity], wanted: Verdict, *, by: Actor, at: datetime) -> Preview:
    """What approving or returning these filings would do. One query for all, and one for each set of own people."""
    if wanted is Verdict.RETURN:
        return Preview(tuple(_claimed_or_ready(activity, by, at) for activity in activities))
    authors = authors_of_filings(activities)
    another = cache(lambda unit, people: has_another_reviewer(unit, people, at))
    lines, points, steps = [], [], []
    for activity in activities:
        in_force = rules_in_force(activity.unit, activity.season, at=at)
        line = _own(activity, in_force, authors[activity.pk], another, by, at) or _judged(
            activity, in_force, by, at
        )
        lines.append(line)
        if line.may:
            points += points_for(activity, in_force)
            steps += steps_for(activity, in_force)
    return Preview(tuple(lines), tuple(without_repeats(points)), tuple(without_repeats(steps)))


def _own(
    activity: Activity, in_force: Rules, authors: set[int], another: Another, by: Actor, at: datetime
) -> Foreseen | None:
    answer = verdict(check_four_eyes, activity, in_force, by=by, at=at, authors=authors, another=another)
    return Foreseen(activity, Kind.OWN, answer.reasons) if answer.reasons else None


def _judged(activity: Activity, in_force: Rules, by: Actor, at: datetime) -> Foreseen:
    now = at_filing(activity, in_force, host=activity.unit, at=activity.filed_at or at)
    if now.refusals:
        return Foreseen(activity, Kind.CLOSED, now.refusals)
    if unwaived := activity.unwaived:
        said = {reason.code: reason for reason in now.warnings}
        return Foreseen(
            activity, Kind.WAIVER, tuple(said.get(key) or _of_key(key, in_force) for key in unwaived)
        )
    return _claimed_or_ready(activity, by, at)


def _of_key(key: str, in_force: Rules) -> Reason:
    rule = in_force.get(key)
    return reason_of(rule, rule.sentence()) if rule else Reason(_("有一处例外要定。"), code=key)


def _claimed_or_ready(activity: Activity, by: Actor, at: datetime) -> Foreseen:
    return Foreseen(activity, Kind.CLAIMED if held_by_another(activity, by, at) else Kind.READY)
