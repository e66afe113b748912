"""The quota board: for each unit bound by a quota, what counts, what is missing, what goes beyond.

Who answers with what, decided once: a quota *per place* is met by every activity of the place, whoever holds it; so is
one *per unit* where the unit coordinates a place, since it was addressed as the one who answers for it (TS-47 "每个县
（市）区", TS-48, LN-64). Any other unit answers with its own (TS-49, LN-65). The lower end binds, the upper end never
blocks: what goes beyond is shown as surplus. What the system does not count is said to be so and is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from django.utils.translation import gettext as _

from kepu.activities import broadcasts
from kepu.core import tallies
from kepu.core.fields import ancestors
from kepu.core.paging import page
from kepu.notices import conditions
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.base import Strictness
from kepu.notices.kinds.quota import Quota
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Coordination, Place, Unit
from kepu.orgs.queries import units_in_scope
from kepu.returns import bound

# what counts for a quota of each object; what is not here is not counted by the system
COUNTS = {
    "key_activities": "activity.key", "activities": "activity.published", "online_activities": "activity.online",
    "broadcasts": "activity.broadcast",
}  # fmt: skip
MEASURES = ("activity.key", "activity.published", "activity.online", "activity.filed", "activity.cancelled")


class Standing(StrEnum):
    MET = "met"
    SHORT = "short"
    NO_MINIMUM = "no_minimum"  # a name or an upper end only: nothing to fall short of
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One quota of one unit. ``done`` and ``planned`` are None where the system does not count, which is not zero."""

    unit: Unit
    places: tuple[str, ...]  # names of the places counted; empty when the unit answers with its own
    key: str
    title: str
    sentence: str
    rule: InForce
    minimum: float | None
    maximum: float | None
    nominal: float | None
    done: int | None
    planned: int | None  # filed and not yet published
    not_counted: str = ""  # why not

    @property
    def cite(self) -> str:
        return self.rule.cite

    @property
    def missing(self) -> int | None:
        """How many are still to come; None where nothing is counted."""
        return None if self.done is None else max(0, ceil(self.minimum or 0) - self.done)

    @property
    def surplus(self) -> int | None:
        """How many go beyond the upper end, or beyond the lower where there is no upper; it never blocks."""
        end = self.maximum if self.maximum is not None else self.minimum
        return None if self.done is None else max(0, self.done - int(end)) if end is not None else 0

    @property
    def standing(self) -> Standing:
        if self.done is None:
            return Standing.NOT_COUNTED
        if self.minimum is None:
            return Standing.NO_MINIMUM
        return Standing.SHORT if self.missing else Standing.MET


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the quota board, as of an instant; the cursors are "" where there is no other page."""

    as_of: datetime
    rows: tuple[QuotaRow, ...]
    next: str = ""
    previous: str = ""


def quota_board(
    area: str, season: Season, *, actor: Actor, at: datetime, cursor: str = "", size: int = 50
) -> Board:
    """The quotas of the units of an area (path) that an actor sees, by place. At most nine queries, however many units."""
    bound_by_any = conditions.either(
        rule.units for rule in bound.rules_bound(season, "quota", at=at).values()
    )
    units = conditions.units(at=at, among=units_in_scope(actor)).under(area).filter(bound_by_any)
    found = page(units, order=("place_path", "id"), cursor=cursor, size=size)
    return Board(at, tuple(quota_rows(found.items, season, at=at)), found.next, found.previous)


def quota_rows(units: Sequence[Unit], season: Season, *, at: datetime) -> list[QuotaRow]:
    """Every quota of some units. At most eight queries, however many units; one more where broadcasts are counted."""
    coordinated: dict[int, list[str]] = {unit.pk: [] for unit in units}
    rows = Coordination.objects.filter(unit__in=list(coordinated), place__isnull=False).order_by(
        "place__path"
    )
    for unit_id, path in rows.values_list("unit_id", "place__path"):
        if not any(path.startswith(above) for above in coordinated[unit_id]):
            coordinated[unit_id].append(path)
    known = _Places(
        [*(unit.place_path for unit in units), *(p for paths in coordinated.values() for p in paths)]
    )
    asked = [
        (unit, rule, quota, _places_for(unit, quota, coordinated[unit.pk], known))
        for unit in units
        for rule, quota in _quotas(unit, season, at)
    ]
    counting = [quota.of for _unit, rule, quota, _in in asked if not why_not_counted(quota, rule.among)]
    measures = list(dict.fromkeys([*MEASURES, *(COUNTS[of] for of in counting)]))
    by_place = tallies.in_places(season.pk, measures, {path for *_rest, places in asked for path in places})
    own = {m: tallies.by_unit(season.pk, m, coordinated) for m in measures}

    def counted(unit: Unit, places: Sequence[str], measure: str) -> int:
        return sum(by_place[path][measure] for path in places) if places else int(own[measure][unit.pk])

    board = []
    for unit, rule, quota, places in asked:
        why = why_not_counted(quota, rule.among)
        done = planned = None
        if not why:
            done = counted(unit, places, COUNTS[quota.of])
        if not why and quota.of == "activities":
            filed, cancelled = (counted(unit, places, m) for m in ("activity.filed", "activity.cancelled"))
            planned = filed - cancelled - (done or 0)
        names = tuple(known.names.get(path, "") for path in places)
        board.append(
            QuotaRow(
                unit, names, rule.key, quota.name(), quota.sentence(), rule, quota.min, quota.max, quota.nominal, done,
                planned, why,
            )
        )  # fmt: skip
    return board


def why_not_counted(quota: Quota, rules: Rules | None = None) -> str:
    """Why the system cannot tell how many there are; "" where it can. ``rules``: those of whoever is to bring them."""
    if quota.of not in COUNTS:
        return _("%(name)s：暂不能自动统计，请看报送的材料。") % {"name": quota.name()}
    if quota.of == "broadcasts" and rules is not None and not broadcasts.can_be_chosen(rules):
        return _("通知的清单里没有“直播”这一项，填报时选不了，暂不能自动统计。")
    if quota.per not in ("unit", "place"):
        return _("不是按单位或地区计的，暂不能自动统计。")
    online = quota.of == "online_activities" and set(quota.counts) == {
        "mode"
    }  # what the measure counts anyway
    if quota.window or quota.host_excludes or quota.classes or (quota.counts and not online):
        return _("只数其中一部分，暂不能自动统计。")
    return ""


def _quotas(unit: Unit, season: Season, at: datetime) -> Iterator[tuple[InForce, Quota]]:
    for rule in rules_in_force(unit, season, at=at).of_kind("quota"):
        named_later = rule.clause.audience.only_for or rule.strictness is Strictness.NONE
        if isinstance(rule.params, Quota) and not named_later:
            yield rule, rule.params


class _Places:
    """Names and levels of some places and of all above them. One query."""

    def __init__(self, paths: Sequence[str]) -> None:
        wanted = {above for path in paths for above in ancestors(path)}
        rows = Place.objects.filter(path__in=wanted).order_by("pk").values_list("path", "level", "name")
        self.names = {path: name for path, _level, name in rows}
        self.levels = {path: level for path, level, _name in rows}

    def at_level(self, path: str, level: str) -> str:
        """The nearest place of a level at or above a path; "" where there is none."""
        return next((above for above in reversed(ancestors(path)) if self.levels.get(above) == level), "")


def _places_for(unit: Unit, quota: Quota, coordinated: list[str], known: _Places) -> list[str]:
    """The places whose activities meet the quota; none when the unit answers with its own."""
    if quota.per == "place":
        place = known.at_level(unit.place_path, quota.place_level) if quota.place_level else ""
        return [place] if place else coordinated or [unit.place_path]
    return coordinated if quota.per == "unit" else []
