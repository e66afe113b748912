"""A season's rule book as it would be: with a notice that is not in force yet, or without one that is to be withdrawn.

An overlay answers what the book would answer after the act, and writes nothing: what the notice replaces ends when the
notice begins, what it amends it stands on, a notice of the same code gives way to it. Of a draft that is not whole only
the clauses that are valid are laid over; :attr:`Overlay.left_out` names the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from kepu.notices.book import Book, Head
from kepu.notices.difference.rules import RuleChange, rule_changes
from kepu.notices.format.columns import clause_columns
from kepu.notices.format.schema import ClauseBase, NoticeFile
from kepu.notices.inheritance import ClauseView, NoticeView
from kepu.notices.kinds import Params
from kepu.notices.kinds.audience import Profile
from kepu.notices.models import Clause, Notice, Season
from kepu.notices.rulebook import RuleBook, place_codes, places_named, view_of
from kepu.orgs.models import Line, Place

UNISSUED = 2**62  # the id of a notice that has no row: greater than any, so that it comes last as it would


class Altered(Book):
    """A book on top of another: what differs is its own, everything else is taken from below."""

    notice: NoticeView  # the one that makes the difference

    def __init__(
        self, book: RuleBook, heads: Sequence[Head], wider: Sequence[tuple[str, int]], *,
        names: Mapping[str, Any], paths: Mapping[str, str],
    ) -> None:  # fmt: skip
        super().__init__(book.season, heads, wider, names=names, paths=paths)
        self.below = book

    def load(self, notices: Sequence[NoticeView]) -> dict[int, tuple[ClauseView, ...]]:
        """The book's own clauses, each knowing until when its notice would hold."""
        before = [self.below.notices[n.id] for n in notices]
        self.below.clauses_of(before)  # together, if they are not there yet
        found = {}
        for now, then in zip(notices, before, strict=True):
            clauses = self.below.clauses_of([then])
            found[now.id] = tuple(clauses if now == then else (replace(c, notice=now) for c in clauses))
        return found

    def effect(self, who: Profile, at: datetime) -> tuple[RuleChange, ...]:
        """What would change in the rules for anybody of a profile, at an instant at which the change holds."""
        return rule_changes(self.below.rules_of(who, at), self.rules_of(who, at))


class Overlay(Altered):
    """The book as if a notice stood in it. At most one query, for places that no notice has named before."""

    def __init__(
        self, book: RuleBook, file: NoticeFile, *, season: Season, place: Place, line: Line | None,
        in_force_at: datetime | None,
    ) -> None:  # fmt: skip
        assert book.season.pk == season.pk
        head = file.notice
        there = next((h for h in book.heads if h.view.code == head.code), None)
        view = NoticeView(
            there.view.id if there else UNISSUED, head.code, head.title, head.number or "", head.issuer, head.status,
            place.path, place.name, line.path if line else "", in_force_at, None, season.code,
        )  # fmt: skip
        mine = Head(view, there.withdrawn_at if there else None, tuple(head.replaces))
        rows, self.left_out, named, paths = _rows_of(file, book)
        scopes = {row.scope: view.id for row in rows if row.scope}
        wider = [*(w for w in book.wider if w[1] != view.id), *scopes.items()]
        heads = [*(h for h in book.heads if h.view.id != view.id), mine]
        super().__init__(
            book, sorted(heads, key=lambda h: h.view.id), wider, names={**book.names, **named}, paths={**book.paths, **paths}
        )  # fmt: skip
        self.notice = self.notices[view.id]
        views = []
        for row in rows:
            try:
                views.append(view_of(row, self.notice))
            except ValidationError:
                self.left_out.append(row.code)
        self._clauses[view.id] = tuple(views)

    @property
    def own(self) -> tuple[ClauseView, ...]:
        """The clauses that are laid over, as the text goes. Their ids are negative."""
        return self._clauses[self.notice.id]


class Without(Altered):
    """The book as if a notice had been withdrawn at an instant. No query once the book is warm."""

    def __init__(self, book: RuleBook, notice: Notice, *, at: datetime) -> None:
        heads = [replace(h, withdrawn_at=at) if h.view.id == notice.pk else h for h in book.heads]
        super().__init__(book, heads, book.wider, names=book.names, paths=book.paths)
        self.notice = self.notices[notice.pk]


def _rows_of(
    file: NoticeFile, book: RuleBook
) -> tuple[list[Clause], list[str], dict[str, Any], dict[str, str]]:
    """Clauses as unsaved rows, the codes of those left out, and names and paths of places that the book does not know."""
    whole: dict[str, ClauseBase] = {
        c.id: c for c in file.clause if isinstance(getattr(c, c.kind, None), Params)
    }
    scopes = {c.scope for c in whole.values() if c.scope}
    codes = scopes.union(*(place_codes(c.audience.model_dump()) for c in whole.values()))
    unknown = [code for code in codes if f"place:{code}" not in book.paths]
    names, paths = places_named([{"places": unknown}])
    everywhere = {**book.paths, **paths}
    of_scope = {code: everywhere[f"place:{code}"] for code in scopes if f"place:{code}" in everywhere}
    rows, left_out = [], []
    for position, clause in enumerate(file.clause, start=1):
        if clause.id not in whole or (clause.scope and clause.scope not in of_scope):
            left_out.append(clause.id)
            continue
        columns = clause_columns(clause, of_scope)
        rows.append(Clause(pk=-position, position=position, code=clause.id, **columns))
    return rows, left_out, names, paths
