"""How an area is getting on: its figures, read from tallies, and how each duty is answered, counted over its units.

The same number of queries whatever the area; the time of :func:`duties_progress` grows with the units of the area.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kepu.core import tallies
from kepu.notices import conditions
from kepu.notices.inheritance import ClauseView
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.oversight.rules import check_oversee
from kepu.returns import bound, tallying
from kepu.returns.queries import answered


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """An area's activities as of an instant, each counted once. What is planned, held and confirmed stands apart.

    ``published`` is announced and not cancelled, ``key`` and ``online`` are parts of it; ``held`` took place with numbers
    given, ``completed`` and ``summarised`` are parts of it. ``participants`` are those of activities held.
    """

    area: str
    as_of: datetime
    filed: int
    approved: int
    published: int
    key: int
    online: int
    held: int
    completed: int
    summarised: int
    cancelled: int
    participants: int


@dataclass(frozen=True, slots=True)
class DutyProgress:
    """How one duty is being answered in an area. ``late`` and ``accepted`` are parts of ``handed_in``."""

    key: str
    title: str
    clauses: tuple[ClauseView, ...]
    bound: int
    handed_in: int
    late: int
    accepted: int
    sent_back: int
    released: int
    outstanding: int  # nothing yet, only a draft, or sent back


def area_figures(area: str, season: Season, *, actor: Actor, at: datetime) -> AreaFigures:
    """The figures of an area (path). One query."""
    check_oversee(actor, area)
    counts = {key: int(n) for key, n in tallies.in_place(season.pk, area).items()}

    def activities(name: str) -> int:
        return counts.get((f"activity.{name}", ""), 0)

    return AreaFigures(
        area, at, activities("filed"), activities("approved"), activities("published"), activities("key"),
        activities("online"), activities("held"), activities("completed"), activities("summarised"),
        activities("cancelled"), counts.get(("participants.actual", ""), 0),
    )  # fmt: skip


def duties_progress(area: str, season: Season, *, actor: Actor, at: datetime) -> list[DutyProgress]:
    """Each duty that binds somebody in an area (path), or was answered there, by title. Two queries."""
    check_oversee(actor, area)
    duties = list(bound.duties_bound(season, at=at).values())
    counts = {key: int(n) for key, n in tallies.in_place(season.pk, area).items()}
    asked = {}
    for i, duty in enumerate(duties):
        asked[f"bound_{i}"] = Count("pk", filter=duty.units)
        asked[f"open_{i}"] = Count("pk", filter=duty.units & ~Q(answered(season, duty.key)))
    found = conditions.units(at=at).under(area).aggregate(**asked) if duties else {}
    progress = [
        DutyProgress(
            duty.key, duty.title, duty.clauses_for(area), found[f"bound_{i}"],
            handed_in=counts.get((tallying.HANDED_IN, duty.key), 0),
            late=counts.get((tallying.LATE, duty.key), 0),
            accepted=counts.get((tallying.ACCEPTED, duty.key), 0),
            sent_back=counts.get((tallying.SENT_BACK, duty.key), 0),
            released=counts.get((tallying.RELEASED, duty.key), 0),
            outstanding=found[f"open_{i}"],
        )
        for i, duty in enumerate(duties)
    ]  # fmt: skip
    return sorted(
        (p for p in progress if p.bound or p.handed_in or p.released), key=lambda p: (p.title, p.key)
    )
