"""Whom the clauses of a kind bind, as one condition in the database: to count 200,000 units without loading them.

Says the same of a unit as :meth:`Audience.binds` and :func:`kepu.notices.inheritance.fold` do, which a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from kepu.core.calendar import day_of
from kepu.core.fields import under
from kepu.notices.inheritance import ClauseView, InForce
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.base import Strictness
from kepu.notices.kinds.duty import Duty
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Unit, UnitQuerySet

NOBODY = Q(pk__in=[])
EVERYBODY = Q(pk__isnull=False)  # an empty condition would vanish when it is turned round


@dataclass(frozen=True, slots=True)
class Bound:
    """One rule and the units it binds, over all the clauses that set it."""

    key: str
    clauses: tuple[ClauseView, ...]  # the nation's first
    units: Q

    @property
    def title(self) -> str:
        """As the clause that reaches furthest names it."""
        params = self.clauses[0].params
        return str(getattr(params, "title", "") or params.sentence())

    def clauses_for(self, area: str) -> tuple[ClauseView, ...]:
        """The clauses that speak to an area or to a part of it."""
        return tuple(c for c in self.clauses if area.startswith(c.reach) or c.reach.startswith(area))


def rules_bound(season: Season, kind: str, *, at: datetime) -> dict[str, Bound]:
    """Every rule of a kind that binds somebody at ``at``, by key. No query once the season's book is warm."""
    return _grouped(season, _in_force(season, kind, at))


def _grouped(
    season: Season,
    clauses: Iterable[ClauseView],
    *,
    counts: Callable[[ClauseView], bool] = lambda _clause: True,
) -> dict[str, Bound]:
    book = rule_book(season)
    grouped: dict[str, list[ClauseView]] = {}
    for clause in clauses:
        grouped.setdefault(clause.key, []).append(clause)
    found = {}
    for key, setting in sorted(grouped.items()):
        ordered = sorted(setting, key=lambda c: (c.reach.count("/"), c.reach, c.notice.line, c.position))
        found[key] = Bound(key, tuple(ordered), either(reached(c, book.paths) for c in ordered if counts(c)))
    return found


def duties_bound(season: Season, *, at: datetime) -> dict[str, Bound]:
    """The duties that units answer once each, by key; ``units`` are those that are waited for."""
    once_each = (
        c for c in _in_force(season, "duty", at) if isinstance(c.params, Duty) and c.params.about == "unit"
    )
    return _grouped(season, once_each, counts=is_waited_for)


def is_waited_for(rule: ClauseView | InForce) -> bool:
    """Whether a duty makes somebody wait: not where it only invites (LN-69), nor before it is known whom it means."""
    clause = rule.clause if isinstance(rule, InForce) else rule
    return rule.strictness in (Strictness.HARD, Strictness.IN_PRINCIPLE) and not clause.audience.only_for


def units(*, at: datetime, among: UnitQuerySet | None = None) -> UnitQuerySet:
    """The units that are open on the day, ready for the conditions of :class:`Bound`."""
    every = Unit.objects.all() if among is None else among
    return every.open(day_of(at)).annotate(traits_text=Cast("traits", TextField()))


def _in_force(season: Season, kind: str, at: datetime) -> Iterator[ClauseView]:
    book = rule_book(season)
    speaking = [n for n in book.notices.values() if n.holds(at) and not n.is_placeholder]
    return (c for c in book.clauses_of(speaking) if c.kind == kind)


def reached(clause: ClauseView, paths: Mapping[str, str]) -> Q:
    """The units that one clause binds; for a query that :func:`units` opened."""
    who = under("place_path", clause.reach) & binds(clause.audience, paths)
    if clause.notice.line:
        who &= under("line_path", clause.notice.line)
    return who


def binds(audience: Audience, paths: Mapping[str, str]) -> Q:
    """The units an audience takes in; for a query that :func:`units` opened."""
    who = Q()
    for field, values in (
        ("kind", audience.kinds), ("level", audience.levels), ("place_kind", audience.place_kinds), ("code", audience.units),
    ):  # fmt: skip
        if values:
            who &= Q(**{f"{field}__in": sorted(values)})
    if audience.places:
        who &= either(_under("place_path", paths.get(f"place:{c}", "")) for c in audience.places)
    if audience.lines:
        who &= either(_under("line_path", paths.get(f"line:{c}", "")) for c in audience.lines)
    if audience.designations:
        who &= either(_bears(c) | _bears(f"place:{c}") for c in audience.designations)
    for traits in (audience.members_of, audience.roles):
        if traits:
            who &= either(_bears(c) for c in traits)
    if audience.any_of:
        who &= either(binds(inner, paths) for inner in audience.any_of)
    for exception in audience.exceptions:
        who &= ~binds(exception, paths)
    return who or EVERYBODY


def either(conditions: Iterable[Q]) -> Q:
    """Whoever meets one of the conditions; nobody where there is none."""
    who = NOBODY
    for condition in conditions:
        who |= condition
    return who


def _under(field: str, path: str) -> Q:
    return under(field, path) if path else NOBODY


def _bears(trait: str) -> Q:
    # traits are a list of codes: with its quotes a code is found whole, on every database
    return Q(traits_text__contains=f'"{trait}"')
