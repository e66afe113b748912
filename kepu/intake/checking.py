"""What filing would find in a line now: the same checks as the act's, all of them at once, and nothing written.

A checker is made for a run: rules, route and lists are looked up once, so that a line costs no query of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kepu.activities.content import apply, check_order, check_position, cleaned
from kepu.activities.facts import facts_of
from kepu.activities.gates import Findings, at_filing, check_codes, check_form
from kepu.activities.models import Activity
from kepu.activities.routing import Router
from kepu.activities.sessions import spanned
from kepu.core.refusals import Reason, Refused, verdict
from kepu.notices.kinds.gate import Stage
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit

Finding = dict[str, str]


class Checker:
    """The checks of filing for one host at one instant."""

    def __init__(self, host: Unit, season: Season, *, at: datetime) -> None:
        self.host, self.season, self.at = host, season, at
        self.rules = rules_in_force(host, season, at=at)
        self.router = Router(self.rules, host)

    def values(self, content: Mapping[str, Any]) -> tuple[dict[str, Any], list[Reason]]:
        """The content as the row would take it, and why some of it cannot be taken; that is left out."""
        taken: dict[str, Any] = {}
        faults: list[Reason] = []
        for name, value in content.items():
            try:
                taken |= cleaned({name: value})
            except Refused as refusal:
                faults += refusal.reasons
        taken = spanned(taken)
        for check in (check_order, check_position):
            faults += verdict(check, taken).reasons
        return taken, faults

    def findings(self, content: Mapping[str, Any]) -> list[Finding]:
        """Everything that stands in the way (``error``), needs a waiver (``warning``) or is wished for (``plain``)."""
        taken, faults = self.values(content)
        shown = Activity(
            unit=self.host,
            season=self.season,
            place_id=self.host.place_id,
            activity_level=level_of(self.host),
        )
        apply(shown, taken)
        said = {reason.field for reason in faults}
        first = [*verdict(check_form, shown).reasons, *verdict(check_codes, shown, self.rules).reasons]
        faults += [reason for reason in first if reason.field not in said]
        said |= {reason.field for reason in faults}
        found = at_filing(shown, self.rules, host=self.host, at=self.at)
        facts = facts_of(shown, host=self.host, at=self.at, stage=Stage.FILING)
        faults += [reason for reason in found.refusals if reason.field not in said]
        faults += verdict(self.router.chain, facts, chosen=shown.responsible_unit_id).reasons
        return told(Findings(tuple(faults), found.warnings, found.wishes))


def level_of(host: Unit) -> str:
    """Activities of a village count among the town's."""
    return "town" if host.level == "village" else str(host.level)


def told(found: Findings) -> list[Finding]:
    """Findings as they are kept with a line."""
    return [
        *as_findings(found.refusals, "error"), *as_findings(found.warnings, "warning"), *as_findings(found.wishes, "plain")
    ]  # fmt: skip


def as_findings(reasons: Iterable[Reason], tone: str) -> list[Finding]:
    """Reasons as plain data: the sentence, the field it speaks of, and where it comes from."""
    return [
        {
            "sentence": str(reason.sentence), "tone": tone, "field": reason.field, "code": reason.code, "clause": reason.clause,
            "clause_id": reason.clause_id, "notice": reason.notice,
        }
        for reason in reasons
    ]  # fmt: skip
