"""Duties derived from the rules in force: what a unit owes, by when, to whom. Pure; the state stands with returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.duty import Duty
from kepu.notices.kinds.moments import Anchors


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty of one unit. ``due`` is None while the date is pending or the duty names none."""

    key: str
    what: str
    title: str
    params: Duty
    rule: InForce
    due: datetime | None
    due_words: str
    settled: bool
    opens: datetime | None
    only_for: str = (
        ""  # binds only a part of the audience, named later (the shortlisted, the units concerned)
    )

    @property
    def cite(self) -> str:
        return self.rule.cite

    def is_open(self, at: datetime) -> bool:
        """Whether it can be handed in at ``at``."""
        return self.opens is None or self.opens <= at


def duties_of(rules: Rules, *, about: str = "unit", anchors: Anchors | None = None) -> list[Owed]:
    """The duties that ``rules`` lay on the unit, by deadline; those without a date last.

    ``about="activity"`` gives those owed for each activity, with ``anchors`` such as ``activity_end``. A duty
    ``only_for`` a part of its audience is among them and says so: it binds nobody before that part is named.
    """
    owed = []
    for rule in rules.of_kind("duty"):
        params = rule.params
        if not isinstance(params, Duty) or params.about != about:
            continue
        due = params.due.resolve(anchors) if params.due else None
        owed.append(
            Owed(
                rule.key, params.what, params.title, params, rule, due.at if due else None, due.words if due else "",
                bool(due and due.settled), params.opens.begins() if params.opens else None,
                rule.clause.audience.only_for or "",
            )
        )  # fmt: skip
    return sorted(owed, key=lambda o: (o.due is None, o.due.timestamp() if o.due else 0.0, o.key))
