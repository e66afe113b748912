"""What every part of the impact looks at: the season before and after, at the instant at which the change holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from kepu.notices import conditions
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.overlay import Altered
from kepu.notices.rulebook import RuleBook
from kepu.orgs.models import Line, Place, Unit, UnitQuerySet
from kepu.oversight.impact.shifts import Shifts, shifts_between


@dataclass(frozen=True, slots=True)
class Look:
    """The two books, where, and at which instant."""

    season: Season
    before: RuleBook
    after: Altered
    place: Place
    line: Line | None
    at: datetime
    shifts: Shifts

    @classmethod
    def at_the_change(
        cls, season: Season, before: RuleBook, after: Altered, place: Place, line: Line | None, at: datetime
    ) -> Look:
        return cls(season, before, after, place, line, at, shifts_between(before, after, at))

    @property
    def names(self) -> dict[str, Any]:
        return self.after.names

    def units(self, who: Q) -> UnitQuerySet:
        """The open units that a condition means, ready to be counted."""
        return conditions.units(at=self.at).filter(who)

    def learn(self, units: Iterable[Unit]) -> None:
        """Load what the rules of some units need, together: two queries, however many units."""
        hosts = list(units)
        for book in (self.before, self.after):
            chains = {(u.place_path, u.line_path) for u in hosts}
            book.clauses_of(list({n.id: n for c in chains for n in book.chain_of(*c)}.values()))

    def rules(self, unit: Unit) -> tuple[Rules, Rules]:
        """The rules for a unit before and after."""
        return self.before.rules_for(unit, self.at), self.after.rules_for(unit, self.at)
