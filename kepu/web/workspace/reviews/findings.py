"""What a reviewer has to judge: what falls short of the notices, and the points to hold the filing against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kepu.activities.checklist import Point, as_changed, points_for, steps_for
from kepu.activities.gates import Findings, at_filing
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.notices.inheritance import Rules
from kepu.web.shared.sources import Said, Source, said, source_of


@dataclass(frozen=True, slots=True)
class Unmet:
    """An "in principle" that is not met: the sentence, its source, and the reason of a waiver given earlier."""

    key: str
    sentence: str
    source: Source | None
    waived: str = ""

    @property
    def field(self) -> str:
        return f"waiver.{self.key}"


@dataclass(frozen=True, slots=True)
class Found:
    """``closed`` would refuse the filing today: the rules have changed since, or the lead time has run out."""

    closed: list[Said]
    unmet: list[Unmet]
    wishes: list[Said]
    points: list[Point]
    steps: list[Point]

    @property
    def to_waive(self) -> list[Unmet]:
        return [unmet for unmet in self.unmet if not unmet.waived]


def findings_on(activity: Activity, rules: Rules, *, at: datetime) -> Found:
    """What the notices say of a filing as it was handed in, or as its change would make it. No query."""
    shown, when = as_changed(activity), activity.filed_at or at
    now: Findings = at_filing(
        shown, rules, host=activity.unit, at=when if activity.state != State.CHANGED else at
    )
    sentences = {reason.code: str(reason.sentence) for reason in now.warnings}
    unmet = [_unmet(key, sentences, rules, activity.waivers) for key in activity.unmet]
    closed = () if activity.state == State.CHANGED else now.refusals
    points, steps = points_for(activity, rules), steps_for(activity, rules)
    return Found(said(closed, "error"), unmet, said(now.wishes, "plain"), points, steps)


def _unmet(key: str, sentences: Mapping[str, str], rules: Rules, waivers: Mapping[str, str]) -> Unmet:
    rule = rules.get(key)
    sentence = sentences.get(key) or (rule.sentence() if rule else key)
    return Unmet(key, sentence, source_of(rule), waivers.get(key, ""))
