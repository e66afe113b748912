"""A book of notices: which hold when, whom they may speak to, and the rules that come of them. No query inside.

Where the notices and their clauses come from is a subclass's matter: the database (:mod:`kepu.notices.rulebook`), or the
database and a notice that is not in force yet (:mod:`kepu.notices.overlay`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from kepu.core.fields import ancestors
from kepu.notices.inheritance import ClauseView, NoticeView, Rules, fold
from kepu.notices.kinds.audience import Profile
from kepu.notices.models import NoticeStatus, Season

if TYPE_CHECKING:
    from kepu.orgs.models import Unit

FOLDED_KEPT = 20_000
LISTS = frozenset({"list", "track"})  # kinds of clause
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Head:
    """A notice as it would be seen if nothing ended it, and what may end it or others."""

    view: NoticeView
    withdrawn_at: datetime | None
    replaces: tuple[str, ...]


def views_of(heads: Iterable[Head]) -> dict[int, NoticeView]:
    """Each notice with the instant it ends at: where another replaces it, or where it was withdrawn."""
    heads = list(heads)
    ends: dict[str, datetime] = {}
    for head in heads:
        for code in head.replaces:
            begins = head.view.in_force_at or _EPOCH
            ends[code] = min(ends.get(code, begins), begins)
    views = {}
    for head in heads:
        view = head.view
        never = _EPOCH if view.status == NoticeStatus.WITHDRAWN and head.withdrawn_at is None else None
        stop = [t for t in (ends.get(view.code), head.withdrawn_at, never) if t is not None]
        views[view.id] = replace(view, ends_at=min(stop)) if stop else view
    return views


class Book:
    """The notices of a season, their clauses loaded as they are asked for, folds remembered by profile and epoch."""

    def __init__(
        self, season: Season, heads: Sequence[Head], wider: Sequence[tuple[str, int]], *,
        names: Mapping[str, Any], paths: Mapping[str, str],
    ) -> None:  # fmt: skip
        """``wider``: scope and notice of each clause that reaches further than its notice's own place (LN-69)."""
        self.season, self.heads, self.wider = season, tuple(heads), tuple(wider)
        self.names, self.paths = dict(names), dict(paths)
        self.notices = views_of(heads)
        self._at_place: dict[str, list[int]] = {}
        for pk, view in self.notices.items():
            self._at_place.setdefault(view.place, []).append(pk)
        for scope, pk in self.wider:
            self._at_place.setdefault(scope, []).append(pk)
        self._epochs = sorted({t for v in self.notices.values() for t in (v.in_force_at, v.ends_at) if t})
        self._clauses: dict[int, tuple[ClauseView, ...]] = {}
        self._folded: OrderedDict[Any, Rules] = OrderedDict()
        self._lock = Lock()

    def load(self, notices: Sequence[NoticeView]) -> dict[int, tuple[ClauseView, ...]]:
        """The clauses of notices that were not asked for before, by the notice's id."""
        raise NotImplementedError

    def chain_of(self, place: str, line: str) -> list[NoticeView]:
        """The notices that may speak to a place and line, the nation's first."""
        found = dict.fromkeys(pk for path in ancestors(place) for pk in self._at_place.get(path, ()))
        return [self.notices[pk] for pk in found if line.startswith(self.notices[pk].line)]

    def clauses_of(self, notices: Sequence[NoticeView]) -> list[ClauseView]:
        """Their clauses; those not yet loaded are loaded together."""
        missing = [n for n in notices if n.id not in self._clauses]
        if missing:
            self._clauses.update(self.load(missing))
        return [c for n in notices for c in self._clauses[n.id]]

    def rules_for(self, unit: Unit, at: datetime) -> Rules:
        """The rules in force for a unit at an instant."""
        key = (
            unit.place_path, unit.line_path, unit.kind, unit.level, unit.place_kind, tuple(unit.traits), self._epoch(at)
        )  # fmt: skip
        rules = self._folded.get(key)
        if rules is None:
            rules = self._folded.get((key, unit.code))
        return rules if rules is not None else self._fold(key, profile_of(unit), at)

    def rules_of(self, who: Profile, at: datetime) -> Rules:
        """The rules in force for anybody of this profile: what a page shows for a place and a kind of unit."""
        key = (
            who.place,
            who.line,
            who.kind,
            who.level,
            who.place_kind,
            tuple(sorted(who.traits)),
            self._epoch(at),
        )
        rules = self._folded.get(key)
        if rules is None:
            rules = self._folded.get((key, who.code))
        return rules if rules is not None else self._fold(key, who, at)

    def lists_of(self, who: Profile, at: datetime) -> Rules:
        """What there is to choose from for anybody of this profile: the rules that are lists and tracks, and no others.

        All for whom the same clauses stand share one answer, so that each place of the country costs only a look.
        """
        key = (LISTS, who, self._epoch(at))
        rules = self._folded.get(key)
        if rules is None:
            listed = [c for c in self.clauses_of(self.chain_of(who.place, who.line)) if c.kind in LISTS]
            standing = [c for c in listed if c.reaches(who, at) and c.audience.binds(who, self.paths)]
            same = (LISTS, tuple(c.id for c in standing), self._epoch(at))
            rules = self._folded.get(same)
            if rules is None:
                rules = self._keep(same, fold(standing, who, at, paths=self.paths, names=self.names))
            self._keep(key, rules)
        return rules

    def _epoch(self, at: datetime) -> int:
        return bisect_right(self._epochs, at)

    def _fold(self, key: Any, who: Profile, at: datetime) -> Rules:
        chain = self.chain_of(who.place, who.line)
        clauses = self.clauses_of(chain)
        rules = fold(clauses, who, at, paths=self.paths, names=self.names, notices=chain)
        if any(c.audience.names_units() for c in clauses):
            key = (key, who.code)  # a clause names single units, so the answer is this unit's alone
        return self._keep(key, rules)

    def _keep(self, key: Any, rules: Rules) -> Rules:
        with self._lock:
            self._folded[key] = rules
            while len(self._folded) > FOLDED_KEPT:
                self._folded.popitem(last=False)
        return rules


def profile_of(unit: Unit) -> Profile:
    """What of a unit decides which clauses bind it."""
    return Profile(
        unit.place_path,
        unit.kind,
        unit.level,
        unit.place_kind,
        unit.line_path,
        frozenset(unit.traits),
        unit.code,
    )
