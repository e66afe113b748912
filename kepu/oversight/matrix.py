"""One province – one product, one broadcast; one county – one product, one broadcast (NA-53, TS-39), place by place.

The rows are the places one level below an area, the demands are the quotas that a notice lays on places of that level.
What the system does not count is said to be so, and is never zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.utils.translation import gettext as _

from kepu.activities import broadcasts
from kepu.core import tallies
from kepu.core.paging import page
from kepu.notices.inheritance import ClauseView
from kepu.notices.kinds.audience import Profile
from kepu.notices.kinds.quota import OBJECTS, Quota
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.oversight.quotas import COUNTS, why_not_counted
from kepu.returns.bound import rules_bound

BROADCASTS, PRODUCTS = "broadcasts", "products"
PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Demand:
    """A column: what each place is to bring. ``least`` is None, and there are no clauses, where no notice asks for it."""

    of: str
    title: str
    key: str
    least: int | None
    unit: str
    clauses: tuple[ClauseView, ...]
    not_counted: str  # why the system cannot tell how many there are; "" where it can

    @property
    def measure(self) -> str:
        """What is tallied for it; "" for what is not counted at all."""
        return COUNTS.get(self.of, "")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one place has; ``done`` is None where that is not counted."""

    demand: Demand
    done: int | None

    @property
    def is_met(self) -> bool | None:
        """None where nothing is asked or nothing counted."""
        if self.done is None or self.demand.least is None:
            return None
        return self.done >= self.demand.least


@dataclass(frozen=True, slots=True)
class Row:
    place: Place
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One page of the matrix: the product and the broadcast of each place."""

    demands: tuple[Demand, ...]
    rows: Sequence[Row]
    next: str = ""
    previous: str = ""

    @property
    def is_asked_for(self) -> bool:
        return any(demand.clauses for demand in self.demands)


def matrix(season: Season, area: Place, *, at: datetime, cursor: str = "", size: int = PER_PAGE) -> Matrix:
    """The places one level below an area. Two queries while the rule book is warm; one where there are none."""
    found = page(Place.objects.filter(parent=area), order=("code",), cursor=cursor, size=size)
    if not found.items:
        return Matrix((), ())
    demands = demands_on(season, area, found.items[0].level, at=at)
    measures = {COUNTS[one.of] for one in demands if not one.not_counted}
    counts = tallies.in_places(season.pk, measures, [place.path for place in found.items]) if measures else {}
    rows = [
        Row(place, tuple(_cell(demand, counts.get(place.path)) for demand in demands))
        for place in found.items
    ]
    return Matrix(demands, rows, found.next, found.previous)


def demands_on(season: Season, area: Place, level: str, *, at: datetime) -> tuple[Demand, Demand]:
    """What is asked of the places of a level in an area: a product and a broadcast. No query while the book is warm."""
    return _demand(season, area, level, PRODUCTS, at), _demand(season, area, level, BROADCASTS, at)


def _demand(season: Season, area: Place, level: str, of: str, at: datetime) -> Demand:
    """What the notices in force ask of places of a level in an area: the nearest one speaks."""
    asked = sorted(_asking(season, area, level, of, at), key=lambda clause: clause.reach.count("/"))
    named = str(OBJECTS[of])
    if not asked:
        quota = Quota(of=of, per="place", min=0)
        return Demand(of, named, "", None, "", (), why_not_counted(quota) or _unlisted(season, area, at))
    nearest = asked[-1]
    quota = _quota(nearest)
    least = None if quota.min is None else ceil(quota.min)
    not_counted = why_not_counted(quota) or (_unlisted(season, area, at) if of == BROADCASTS else "")
    return Demand(of, named, nearest.key, least, quota.unit or _("个"), tuple(asked), not_counted)


def _asking(season: Season, area: Place, level: str, of: str, at: datetime) -> Iterator[ClauseView]:
    """The clauses that reach all of the area and ask its places of a level for something."""
    for bound in rules_bound(season, "quota", at=at).values():
        for clause in bound.clauses:
            if not isinstance(clause.params, Quota) or not area.path.startswith(clause.reach):
                continue
            quota = clause.params
            if (
                quota.of == of
                and quota.per == "place"
                and quota.place_level == level
                and not clause.audience.only_for
            ):
                yield clause


def _quota(clause: ClauseView) -> Quota:
    assert isinstance(clause.params, Quota)
    return clause.params


def _unlisted(season: Season, area: Place, at: datetime) -> str:
    """Why no host can say that something is a broadcast; "" where the lists in force have it."""
    who = Profile(area.path, "other_unit", area.level, area.kind)
    if broadcasts.can_be_chosen(rule_book(season).rules_of(who, at)):
        return ""
    return _("通知的清单里没有“直播”这一项，填报时选不了，暂不能自动统计。")


def _cell(demand: Demand, counts: dict[str, int] | None) -> Cell:
    return Cell(demand, None if demand.not_counted or counts is None else counts[COUNTS[demand.of]])
