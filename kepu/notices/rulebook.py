"""The season's rule book: notices and clauses loaded once per edition, folded once per profile.

``rules_in_force(unit, season, at=…)`` is what everybody asks. Warm it is a look-up; cold it loads the headers of the
season's notices once per edition and the clauses of a chain's notices once, and nothing else. Because a unit row
carries its place, line and traits, asking needs no query about the unit.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.book import Book, Head, profile_of
from kepu.notices.inheritance import ClauseView, NoticeView, Rules
from kepu.notices.kinds import Mode, Status, Strictness, kinds
from kepu.notices.kinds.audience import Audience
from kepu.notices.models import Clause, Notice, RulesSnapshot, Season

if TYPE_CHECKING:
    from kepu.orgs.models import Unit

__all__ = [
    "RuleBook", "forget", "place_codes", "places_named", "profile_of", "rule_book", "rules_in_force", "snapshot_id", "view_of",
]  # fmt: skip


class RuleBook(Book):
    """One edition of a season's notices, in memory."""

    def __init__(self, season: Season) -> None:
        rows = Notice.objects.filter(season=season).select_related("place", "line").order_by("id")
        heads = [head_of(row, season) for row in rows]
        wider = (
            Clause.objects.filter(notice__season=season)
            .exclude(scope="")
            .values_list("scope", "notice_id")
            .distinct()
        )
        names, paths = _names_and_paths(season)
        super().__init__(season, heads, list(wider), names=names, paths=paths)

    def load(self, notices: Sequence[NoticeView]) -> dict[int, tuple[ClauseView, ...]]:
        """One query, however many notices."""
        loaded: dict[int, list[ClauseView]] = {n.id: [] for n in notices}
        for row in Clause.objects.filter(notice_id__in=loaded).order_by("notice_id", "position"):
            loaded[row.notice_id].append(view_of(row, self.notices[row.notice_id]))
        return {pk: tuple(views) for pk, views in loaded.items()}


def head_of(row: Notice, season: Season) -> Head:
    """Of a notice's row what the fold needs; place and line are to be there already."""
    view = NoticeView(
        row.pk, row.code, row.title, row.number, row.issuer, row.status, row.place.path, row.place.name,
        row.line.path if row.line else "", row.in_force_at, None, season.code,
    )  # fmt: skip
    return Head(view, row.withdrawn_at, tuple(row.replaces))


def view_of(row: Clause, notice: NoticeView) -> ClauseView:
    """A clause row as the fold sees it. Raises pydantic's ValidationError when the row's parameters are not its kind's."""
    return ClauseView(
        row.pk, notice, row.code, row.number, row.kind, row.key, kinds()[row.kind].model_validate(row.params),
        Audience.model_validate(row.audience), Strictness(row.strictness), Status(row.status), Mode(row.mode),
        row.position, row.summary, row.summary_en, row.scope, row.caller, row.waits_for,
    )  # fmt: skip


_books: OrderedDict[tuple[int, int], RuleBook] = OrderedDict()
_books_lock = Lock()


def rule_book(season: Season) -> RuleBook:
    """The book of the season's edition as the caller has read it."""
    book = _books.get((season.pk, season.edition))
    if book is None:
        book = RuleBook(season)
        with _books_lock:
            for stale in [k for k in _books if k[0] == season.pk and k[1] < season.edition]:
                del _books[stale]
            _books[season.pk, season.edition] = book
    return book


def rules_in_force(unit: Unit, season: Season, *, at: datetime) -> Rules:
    """The rules in force for ``unit`` in ``season`` at ``at``: each knows its clause, its mode and its status."""
    return rule_book(season).rules_for(unit, at)


def forget() -> None:
    """Drop every book held in memory. Only needed where a database is thrown away, as in tests."""
    _books.clear()
    _snapshots.clear()


_snapshots: dict[str, int] = {}


def snapshot_id(rules: Rules) -> int:
    """The id of the kept copy of ``rules``, written at first use; safe when two write it at once."""
    found = _snapshots.get(rules.digest)
    if found is None:
        found = RulesSnapshot.objects.filter(digest=rules.digest).values_list("pk", flat=True).first()
        if found is None:
            RulesSnapshot.objects.bulk_create(
                [RulesSnapshot(digest=rules.digest, content=rules.snapshot)], ignore_conflicts=True
            )
            return RulesSnapshot.objects.values_list("pk", flat=True).get(digest=rules.digest)
        _snapshots[rules.digest] = found
    return found


def _names_and_paths(season: Season) -> tuple[dict[str, Any], dict[str, str]]:
    """Names and paths for the codes that audiences name. Two or three small queries per edition.

    A book outlives a request: names are put into the reader's language only when they are said.
    """
    from kepu.orgs.models import Level, Line, PlaceKind, Term, Vocabulary

    prefixes = {Vocabulary.UNIT_KIND: "kind", Vocabulary.DESIGNATION: "designation", Vocabulary.BODY: "body"}
    names: dict[str, Any] = {f"{prefixes[Vocabulary(t.vocabulary)]}:{t.code}": t for t in Term.objects.all()}
    names.update({f"level:{code}": label for code, label in Level.choices})
    names.update({f"place_kind:{code}": label for code, label in PlaceKind.choices})
    names["role:coordinator"] = _("统筹单位")
    audiences = (
        Clause.objects.filter(notice__season=season).exclude(audience={}).values_list("audience", flat=True)
    )
    named, paths = places_named(audiences)
    names |= named
    for code, name, path in Line.objects.values_list("code", "name", "path"):
        names[f"line:{code}"], paths[f"line:{code}"] = name, path
    return names, paths


def places_named(audiences: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Names and paths of the places that audiences name, as ``place:441900``. At most one query."""
    from kepu.orgs.models import Place

    codes: set[str] = set()
    for audience in audiences:
        codes |= place_codes(audience)
    found = (
        Place.objects.filter(code__in=codes).order_by("pk").values_list("code", "name", "path")
        if codes
        else ()
    )
    names, paths = {}, {}
    for code, name, path in found:
        names[f"place:{code}"], paths[f"place:{code}"] = name, path
    return names, paths


def place_codes(audience: Mapping[str, Any]) -> set[str]:
    """The codes of places that an audience names, its parts and exceptions too."""
    codes = set(audience.get("places", ()))
    for inner in (*audience.get("any_of", ()), *audience.get("exceptions", ())):
        codes |= place_codes(inner)
    return codes
