"""What a notice asks of the unit that received it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.inheritance import STATUS_WORDS, STRICTNESS_WORDS, ClauseView, Rules
from kepu.notices.kinds import Status, Strictness, kinds
from kepu.notices.kinds.duty import Duty
from kepu.notices.queries.deliveries import Step
from kepu.oversight.spans import Span, dates_of
from kepu.returns.rules import anchors_of
from kepu.web.shared.sources import Source, source_of
from kepu.web.workspace.activities.showing import day, moment
from kepu.web.workspace.rules import TONES

STEPS: dict[Step, Any] = {
    Step.UNOPENED: lazy("没打开"), Step.OPENED: lazy("等签收"), Step.RECEIVED: lazy("已签收"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause that binds the unit: its sentence, its day where it names one, and where something is done about it."""

    kind: str
    sentence: str
    when: str
    url: str
    strictness: str
    tone: str
    status: str
    waits_for: str
    source: Source


def shown_clauses(clauses: Sequence[ClauseView], rules: Rules) -> tuple[list[ShownClause], list[ShownClause]]:
    """The clauses that name a day, by their days, and the others as the text goes. No query."""
    anchors = anchors_of(rules)
    dated: list[tuple[datetime, int, ShownClause]] = []
    others = []
    for number, clause in enumerate(clauses):
        span = dates_of(clause.params, anchors)
        shown = _shown(clause, span, rules)
        if span is None:
            others.append(shown)
        else:
            dated.append((span.begins, number, shown))
    return [shown for *_order, shown in sorted(dated, key=lambda one: one[:2])], others


def _shown(clause: ClauseView, span: Span | None, rules: Rules) -> ShownClause:
    rule = rules.get(clause.key)
    in_chain = rule is not None and any(c.id == clause.id for c in rule.chain)
    source = source_of(rule) if rule is not None and in_chain else source_of(clause)
    answered = isinstance(clause.params, Duty) and clause.params.about == "unit" and rule is not None
    strict = clause.strictness is not Strictness.NONE
    return ShownClause(
        str(kinds()[clause.kind].LABEL), clause.params.sentence(), _when(span) if span else "",
        reverse("workspace:duty", args=[clause.key]) if answered else "",
        str(STRICTNESS_WORDS[clause.strictness]) if strict else "", TONES.get(clause.strictness, "plain"),
        "" if clause.status is Status.FINAL else str(STATUS_WORDS[clause.status]), clause.waits_for, source,
    )  # fmt: skip


def _when(span: Span) -> str:
    if not span.all_day:
        return moment(span.begins)
    return day(span.first) if span.first == span.last else f"{day(span.first)}—{day(span.last)}"
