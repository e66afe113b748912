"""The season's rule book: notices and clauses loaded once per edition, folded once per profile.

``rules_in_force(unit, season, at=…)`` is what everybody asks. Warm it is a look-up; cold it loads the headers of the
season's notices once per edition and the clauses of a chain's notices once, and nothing else. Because a unit row
carries its place, line and traits, asking needs no query about the unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kepu.core.fields import ancestors
from kepu.notices.inheritance import ClauseView, NoticeView, Rules, fold
from kepu.notices.kinds import Mode, Status, Strictness, kinds
from kepu.notices.kinds.audience import Audience, Profile
from kepu.notices.models import Clause, Notice, NoticeStatus, RulesSnapshot, Season

if TYPE_CHECKING:
    from kepu.orgs.models import Unit

FOLDED_KEPT = 20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RuleBook:
    """One edition of a season's notices, in memory."""

    def __init__(self, season: Season) -> None:
        self.season = season
        self._folded: OrderedDict[Any, Rules] = OrderedDict()
        self._clauses: dict[int, tuple[ClauseView, ...]] = {}
        self._lock = Lock()
        self._load_notices()

    def _load_notices(self) -> None:
        rows = list(Notice.objects.filter(season=self.season).select_related("place", "line").order_by("id"))
        ends: dict[str, datetime] = {}
        for n in rows:
            for code in n.replaces:
                ends[code] = min(ends.get(code, n.in_force_at or _EPOCH), n.in_force_at or _EPOCH)
        self.notices: dict[int, NoticeView] = {}
        for n in rows:
            never = _EPOCH if n.status == NoticeStatus.WITHDRAWN and n.withdrawn_at is None else None
            stop = [t for t in (ends.get(n.code), n.withdrawn_at, never) if t is not None]
            self.notices[n.pk] = NoticeView(
                n.pk, n.code, n.title, n.number, n.issuer, n.status, n.place.path, n.place.name,
                n.line.path if n.line else "", n.in_force_at, min(stop) if stop else None, self.season.code,
            )  # fmt: skip
        self._at_place: dict[str, list[int]] = {}
        for pk, view in self.notices.items():
            self._at_place.setdefault(view.place, []).append(pk)
        # notices of a lower place that carry a clause reaching further than their own place (LN-69)
        wider = (
            Clause.objects.filter(notice__season=self.season)
            .exclude(scope="")
            .values_list("scope", "notice_id")
        )
        for scope, pk in wider.distinct():
            self._at_place.setdefault(scope, []).append(pk)
        moments = {t for v in self.notices.values() for t in (v.in_force_at, v.ends_at) if t}
        self._epochs = sorted(moments)
        self.names, self.paths = _names_and_paths(rows, self.season)

    def chain_of(self, place: str, line: str) -> list[NoticeView]:
        """The notices that may speak to a place and line, the nation's first."""
        found = dict.fromkeys(pk for path in ancestors(place) for pk in self._at_place.get(path, ()))
        return [self.notices[pk] for pk in found if line.startswith(self.notices[pk].line)]

    def clauses_of(self, notices: list[NoticeView]) -> list[ClauseView]:
        """Their clauses; one query for those not yet loaded."""
        missing = [n.id for n in notices if n.id not in self._clauses]
        if missing:
            loaded: dict[int, list[ClauseView]] = {pk: [] for pk in missing}
            for row in Clause.objects.filter(notice_id__in=missing).order_by("notice_id", "position"):
                loaded[row.notice_id].append(view_of(row, self.notices[row.notice_id]))
            self._clauses.update({pk: tuple(views) for pk, views in loaded.items()})
        return [c for n in notices for c in self._clauses[n.id]]

    def rules_for(self, unit: Unit, at: datetime) -> Rules:
        """The rules in force for a unit at an instant."""
        epoch = bisect_right(self._epochs, at)
        key = (
            unit.place_path,
            unit.line_path,
            unit.kind,
            unit.level,
            unit.place_kind,
            tuple(unit.traits),
            epoch,
        )
        rules = self._folded.get(key)
        if rules is None:
            rules = self._folded.get((key, unit.code))
        return rules if rules is not None else self._fold(key, profile_of(unit), at)

    def rules_of(self, who: Profile, at: datetime) -> Rules:
        """The rules in force for anybody of this profile: what a page shows for a place and a kind of unit."""
        epoch = bisect_right(self._epochs, at)
        key = (who.place, who.line, who.kind, who.level, who.place_kind, tuple(sorted(who.traits)), epoch)
        rules = self._folded.get(key)
        return rules if rules is not None else self._fold(key, who, at)

    def _fold(self, key: Any, who: Profile, at: datetime) -> Rules:
        chain = self.chain_of(who.place, who.line)
        clauses = self.clauses_of(chain)
        rules = fold(clauses, who, at, paths=self.paths, names=self.names, notices=chain)
        if any(c.audience.names_units() for c in clauses):
            key = (key, who.code)  # a clause names single units, so the answer is this unit's alone
        with self._lock:
            self._folded[key] = rules
            while len(self._folded) > FOLDED_KEPT:
                self._folded.popitem(last=False)
        return rules


def view_of(row: Clause, notice: NoticeView) -> ClauseView:
    """A clause row as the fold sees it. Raises pydantic's ValidationError when the row's parameters are not its kind's."""
    return ClauseView(
        row.pk, notice, row.code, row.number, row.kind, row.key, kinds()[row.kind].model_validate(row.params),
        Audience.model_validate(row.audience), Strictness(row.strictness), Status(row.status), Mode(row.mode),
        row.position, row.summary, row.summary_en, row.scope, row.caller, row.waits_for,
    )  # fmt: skip


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


def _names_and_paths(notices: list[Notice], season: Season) -> tuple[dict[str, Any], dict[str, str]]:
    """Names and paths for the codes that audiences name. Two or three small queries per edition.

    A book outlives a request: names are put into the reader's language only when they are said.
    """
    from kepu.orgs.models import Level, Line, Place, PlaceKind, Term, Vocabulary

    prefixes = {Vocabulary.UNIT_KIND: "kind", Vocabulary.DESIGNATION: "designation", Vocabulary.BODY: "body"}
    names: dict[str, Any] = {f"{prefixes[Vocabulary(t.vocabulary)]}:{t.code}": t for t in Term.objects.all()}
    names.update({f"level:{code}": label for code, label in Level.choices})
    names.update({f"place_kind:{code}": label for code, label in PlaceKind.choices})
    names["role:coordinator"] = _("统筹单位")
    audiences = (
        Clause.objects.filter(notice__season=season).exclude(audience={}).values_list("audience", flat=True)
    )
    codes: set[str] = set()
    for audience in audiences:
        codes |= _place_codes(audience)
    paths: dict[str, str] = {}
    for code, name, path in Place.objects.filter(code__in=codes).values_list("code", "name", "path"):
        names[f"place:{code}"], paths[f"place:{code}"] = name, path
    for code, name, path in Line.objects.values_list("code", "name", "path"):
        names[f"line:{code}"], paths[f"line:{code}"] = name, path
    return names, paths


def _place_codes(audience: dict[str, Any]) -> set[str]:
    codes = set(audience.get("places", ()))
    for inner in (*audience.get("any_of", ()), *audience.get("exceptions", ())):
        codes |= _place_codes(inner)
    return codes
