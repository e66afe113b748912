"""What every scene of a rehearsal stands on: the season, the cast, the counts, and the instants of a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from kepu.core.calendar import start_of_day
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Coordination, Unit
from kepu.rehearsal.cast import Cast
from kepu.rehearsal.figures import Figures
from kepu.rehearsal.script import Hour, Span

BETWEEN = timedelta(seconds=1)  # two acts of an hour never share an instant
T = TypeVar("T")


def until(agenda: dict[date, list[T]], day: date) -> list[T]:
    """Take off an agenda what is due by a day, that of days played by somebody else included."""
    return [entry for due in sorted(d for d in agenda if d <= day) for entry in agenda.pop(due)]


@dataclass
class Stage:
    """One run of a rehearsal."""

    season: Season
    span: Span
    seed: int
    cast: Cast
    spared: frozenset[str] = frozenset()
    figures: Figures = field(default_factory=Figures)
    _now: datetime | None = None

    def __post_init__(self) -> None:
        rows = Coordination.objects.filter(place__isnull=False, unit__made_up=True).order_by("pk")
        self.coordinated = dict(rows.values_list("place__path", "unit_id"))

    def open_hour(self, day: date, hour: Hour) -> None:
        """What happens from here on happens in this part of the day."""
        self._now = start_of_day(day) + timedelta(hours=int(hour))

    def tick(self) -> datetime:
        """The instant of the next act."""
        assert self._now is not None, "No hour of a day is open."
        self._now += BETWEEN
        return self._now

    def rules(self, unit: Unit, at: datetime) -> Rules:
        return rules_in_force(unit, self.season, at=at)

    def above(self, unit: Unit) -> Unit | None:
        """The nearest unit of the cast that coordinates the unit's place or one above it, other than the unit itself."""
        path = unit.place_path
        while path:
            pk = self.coordinated.get(path)
            if pk is not None and pk != unit.pk:
                return self.cast.by_id.get(pk)
            path = path[: path[:-1].rfind("/") + 1] if len(path) > 1 else ""
        return None
