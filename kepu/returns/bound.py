"""Whom the clauses of a kind bind, as one condition in the database: to count 200,000 units without loading them.

Says the same of a unit as :func:`kepu.notices.inheritance.fold` does, which a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kepu.core.fields import under
from kepu.notices.conditions import binds, either
from kepu.notices.inheritance import ClauseView, InForce
from kepu.notices.kinds.base import Strictness
from kepu.notices.kinds.duty import Duty
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book


@dataclass(frozen=True, slots=True)
class Bound:
    """One rule and the units it binds, over all the clauses that set it: for a query that ``conditions.units`` opened."""

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
