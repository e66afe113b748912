"""What a reviewer has to judge: what falls short of the notices, and the points to hold the filing against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.content import from_plain
from kepu.activities.gates import Findings, at_filing
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.base import listed
from kepu.notices.kinds.gate import Stage
from kepu.web.shared.sources import Said, Source, said, said_of, source_of


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
    points: list[Said]

    @property
    def to_waive(self) -> list[Unmet]:
        return [unmet for unmet in self.unmet if not unmet.waived]


def findings_on(activity: Activity, rules: Rules, *, at: datetime) -> Found:
    """What the notices say of a filing as it was handed in, or as its change would make it. No query."""
    shown, when = _shown(activity), activity.filed_at or at
    now: Findings = at_filing(
        shown, rules, host=activity.unit, at=when if activity.state != State.CHANGED else at
    )
    sentences = {reason.code: str(reason.sentence) for reason in now.warnings}
    unmet = [_unmet(key, sentences, rules, activity.waivers) for key in activity.unmet]
    closed = () if activity.state == State.CHANGED else now.refusals
    return Found(said(closed, "error"), unmet, said(now.wishes, "plain"), _points(shown, activity, rules))


def _shown(activity: Activity) -> Activity:
    """The activity with its proposed change, on a copy; nothing is written."""
    shown = Activity(**{f.attname: getattr(activity, f.attname) for f in Activity._meta.concrete_fields})
    if activity.state == State.CHANGED:
        for name, value in from_plain(activity.proposed or {}).items():
            setattr(shown, name, value)
    return shown


def _unmet(key: str, sentences: Mapping[str, str], rules: Rules, waivers: Mapping[str, str]) -> Unmet:
    rule = rules.get(key)
    sentence = sentences.get(key) or (rule.sentence() if rule else key)
    return Unmet(key, sentence, source_of(rule), waivers.get(key, ""))


def _points(shown: Activity, activity: Activity, rules: Rules) -> list[Said]:
    """What only a person can judge (由审核人对照)."""
    facts = {"mode": shown.mode, "activity_level": shown.activity_level, "host_kind": activity.unit.kind}
    found = []
    for rule in rules.of_kind("gate"):
        gate: Any = rule.params
        if gate.review and {Stage.FILING, Stage.PUBLICATION} & set(gate.stages) and gate.applies(facts):
            found.append(said_of(rule, f"{gate.name()}{_('：')}{listed(gate.review)}"))
    return found
