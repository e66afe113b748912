"""Which clauses come, go or are said otherwise between two books, and whom each binds as a condition in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from kepu.notices.book import Book
from kepu.notices.inheritance import ClauseView
from kepu.notices.models import NoticeStatus
from kepu.notices.overlay import Altered
from kepu.returns.bound import either, reached


@dataclass(frozen=True, slots=True)
class Shift:
    """One clause before and after; one of the two may be None. ``units`` is whom it means."""

    before: ClauseView | None
    after: ClauseView | None
    units: Q

    @property
    def clause(self) -> ClauseView:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        return self.clause.kind

    @property
    def key(self) -> str:
        return self.clause.key

    def who(self, names: Mapping[str, Any]) -> str:
        return self.clause.audience.words(dict(names))


@dataclass(frozen=True, slots=True)
class Shifts:
    """All of them, in the order of the text, what goes last; ``unchanged`` are said again in the same words."""

    found: tuple[Shift, ...]
    unchanged: int

    def of(self, kind: str) -> list[Shift]:
        return [s for s in self.found if s.kind == kind]

    @property
    def units(self) -> Q:
        """Whoever is meant by any of them."""
        return either(s.units for s in self.found)


def shifts_between(before: Book, after: Altered, at: datetime) -> Shifts:
    """What holds at an instant in one book and not in the other. Only notices that differ are looked at."""
    old, new = (_speaking(a, b, at, after.notice.id) for a, b in ((before, after), (after, before)))
    left = {_place_of(c): c for c in old}
    shifts, unchanged = [], 0
    for clause in new:
        same = left.pop(_place_of(clause), None)
        if same is not None and _says(same) == _says(clause):
            unchanged += 1
            continue
        shifts.append(Shift(same, clause, reached(clause, after.paths)))
    coming: dict[str, list[Q]] = {}
    for shift in shifts:
        coming.setdefault(shift.key, []).append(shift.units)
    for clause in left.values():
        units = reached(clause, after.paths)
        if clause.key in coming:  # whom the new clause of the same rule means is counted there
            units &= ~either(coming[clause.key])
        shifts.append(Shift(clause, None, units))
    return Shifts(tuple(shifts), unchanged)


def _speaking(book: Book, other: Book, at: datetime, own: int) -> list[ClauseView]:
    """The clauses in force of the notices that are not the same in the other book."""
    differing = [
        n for pk, n in book.notices.items()
        if n.holds(at) and not n.is_placeholder and (pk == own or other.notices.get(pk) != n)
    ]  # fmt: skip
    return book.clauses_of(differing)


def _place_of(clause: ClauseView) -> tuple[Any, ...]:
    """What makes two clauses one: the rule, whom it means, and where it speaks."""
    return clause.kind, clause.key, clause.audience, clause.reach, clause.notice.line


def _says(clause: ClauseView) -> tuple[Any, ...]:
    tentative = clause.notice.status == NoticeStatus.ADVANCE
    return clause.params, clause.strictness, clause.status, tentative, clause.mode, clause.waits_for


def in_the_way(clauses: Iterable[ClauseView], shift: Shift) -> list[ClauseView]:
    """The clauses further down that set the same rule for a part of whom a shift means."""
    return [c for c in clauses if c.key == shift.key and c.reach.startswith(shift.clause.reach)]
