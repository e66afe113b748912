"""Reads: seasons, notices, their clauses and files as they stand in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from pydantic import ValidationError

from kepu.core.db import rows_of
from kepu.core.fields import ancestors
from kepu.core.rows import instance, instances
from kepu.notices.format.checking import Surroundings
from kepu.notices.format.schema import FORMAT, Header, NoticeFile
from kepu.notices.format.standing import Known
from kepu.notices.format.surroundings import ROLES
from kepu.notices.inheritance import ClauseView, NoticeView
from kepu.notices.kinds import Mode, Status, kinds
from kepu.notices.models import Clause, Notice, NoticeStatus, Season
from kepu.notices.rulebook import RuleBook, rule_book
from kepu.orgs.models import Level, Line, Place, PlaceKind, Term, Vocabulary


def current_season() -> Season | None:
    """The open season that began last: what work is done for. One query.

    A season begins with its first notice: one that is only being prepared takes nobody's place.
    """
    return _latest(Season.objects.filter(is_open=True))


def shown_season() -> Season | None:
    """The season a reader sees: the open one, between seasons the last there was. One query."""
    sql, parameters = _sql_of_the_shown(connection.vendor)
    return next(iter(instances(Season, _COLUMNS, sql, parameters)), None)


def shown_season_and(
    sql: str, parameters: Sequence[Any], *, columns: int
) -> tuple[Season | None, list[Sequence[Any]]]:
    """:func:`shown_season`, and the rows of a statement of so many columns, in any order; none where there is no season. One
    query."""
    shown, asked = _sql_of_the_shown(connection.vendor)
    both = (
        f"SELECT 1, season.*, {_nulls(columns)} FROM ({shown}) season UNION ALL "
        f"SELECT 0, {_nulls(len(_COLUMNS))}, beside.* FROM ({sql}) beside"
    )
    season: Season | None = None
    rows: list[Sequence[Any]] = []
    for is_season, *values in rows_of(both, [*asked, *parameters]):
        if is_season:
            season = instance(Season, _COLUMNS, values[: len(_COLUMNS)])
        else:
            rows.append(values[len(_COLUMNS) :])
    return season, rows if season else []


def _nulls(n: int) -> str:
    return ", ".join(["NULL"] * n)


_COLUMNS = tuple(field.attname for field in Season._meta.concrete_fields)


@cache
def _sql_of_the_shown(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Every page of the public asks it: composed once."""
    return _ordered(Season.objects.all(), "-is_open")[:1].query.sql_with_params()


def _latest(seasons: QuerySet[Season], *first: str) -> Season | None:
    return _ordered(seasons, *first).first()


def _ordered(seasons: QuerySet[Season], *first: str) -> QuerySet[Season]:
    """Of two seasons of one year the later one; the one opened first where nothing tells them apart."""
    begun = Exists(Notice.objects.filter(season=OuterRef("pk")))
    return seasons.alias(begun=begun).order_by(*first, "-begun", "-year", "-first_day", "pk")


def notices_of(season: Season) -> QuerySet[Notice]:
    """The season's notices from the nation down, for a public list."""
    return Notice.objects.filter(season=season).select_related("place", "line").order_by("place__path", "pk")


def clauses_of(notice: Notice) -> list[ClauseView]:
    """The notice's clauses, typed, as its text goes. No query when the season's book holds them."""
    book = rule_book(notice.season)
    view = book.notices.get(notice.pk)
    return book.clauses_of([view]) if view is not None else []


def above(notice: Notice, at: datetime) -> list[NoticeView]:
    """The notices above this one that hold at ``at``, nearest first; of those beside it only what it amends."""
    book = rule_book(notice.season)
    line, amended = notice.line.path if notice.line else "", notice.header.get("amends", ())
    chain = [
        n for n in book.chain_of(notice.place.path, line)
        if n.id != notice.pk and n.holds(at) and notice.place.path.startswith(n.place)
        and ((n.place, n.line) != (notice.place.path, line) or n.code in amended)
    ]  # fmt: skip
    return sorted(chain, key=lambda n: -n.place.count("/"))


def parent_clauses(book: RuleBook, chain: Sequence[NoticeView]) -> dict[str, ClauseView]:
    """For each key the nearest clause of ``chain`` (nearest first) that sets it."""
    nearest: dict[str, ClauseView] = {}
    for view in chain:
        for clause in book.clauses_of([view]):
            nearest.setdefault(clause.key, clause)
    return nearest


def file_of(notice: Notice) -> NoticeFile:
    """The notice as a file: what import takes in gives back the same rules. One query."""
    return _file(notice, notice.clauses.order_by("position"))


def files_of(notices: Sequence[Notice]) -> list[NoticeFile | None]:
    """Several notices as files, in their order; None for one that today's format no longer reads. One query."""
    rows: dict[int, list[Clause]] = {notice.pk: [] for notice in notices}
    for row in Clause.objects.filter(notice_id__in=rows).order_by("notice_id", "position"):
        rows[row.notice_id].append(row)
    files: list[NoticeFile | None] = []
    for notice in notices:
        try:
            files.append(_file(notice, rows[notice.pk]))
        except ValidationError:
            files.append(None)
    return files


def _file(notice: Notice, rows: Iterable[Clause]) -> NoticeFile:
    clauses = [_file_clause(row) for row in rows]
    return NoticeFile.model_validate({"format": FORMAT, "notice": notice.header, "clause": clauses})


def _file_clause(row: Clause) -> dict[str, Any]:
    kind = kinds()[row.kind]
    params = kind.model_validate(row.params)
    status = Status(row.status)
    data: dict[str, Any] = {
        "id": row.code, "number": row.number, "kind": row.kind, "summary": row.summary, "status": row.status,
        "audience": row.audience, "relates": row.relates, row.kind: row.params, "strictness": row.strictness,
    }  # fmt: skip
    if row.key != params.key():
        data["key"] = row.key
    if Mode(row.mode) is not (Mode.PENDING if status is Status.PENDING else kind.MODE):
        data["mode"] = row.mode
    if row.scope:
        data["scope"] = "CN" if row.scope == "/" else row.scope.strip("/").split("/")[-1]
    for name in ("summary_en", "wording", "caller", "waits_for"):
        if value := getattr(row, name):
            data[name] = value
    return data


def surroundings_of(file: NoticeFile, season: Season, place: Place) -> Surroundings:
    """What a notice is checked against in the database: its vocabularies and the notices above it."""
    words = {
        "level": frozenset(str(v) for v in Level.values),
        "place_kind": frozenset(str(v) for v in PlaceKind.values),
        "role": ROLES,
        "line": frozenset(Line.objects.values_list("code", flat=True)),
        "place": frozenset(Place.objects.values_list("code", flat=True)),
    }
    for vocabulary, name in (
        (Vocabulary.UNIT_KIND, "kind"), (Vocabulary.DESIGNATION, "designation"), (Vocabulary.BODY, "body"),
    ):  # fmt: skip
        words[name] = frozenset(Term.objects.filter(vocabulary=vocabulary).values_list("code", flat=True))
    around = Q(code__in=file.notice.parents) | (Q(place__path__in=ancestors(place.path)) & ~Q(place=place))
    out = (*file.notice.replaces, *file.notice.amends, file.notice.code)
    parents = Notice.objects.filter(around, season=season).exclude(code__in=out).select_related("place")
    amended = Notice.objects.filter(season=season, code__in=file.notice.amends).select_related("place")
    nearest = sorted(parents, key=lambda n: -n.place.path.count("/"))
    others = _others(season, file.notice)
    return Surroundings(
        words=words,
        parents=[file_of(n) for n in nearest],
        known_notices=frozenset([*others, file.notice.code]),
        amended=[file_of(n) for n in amended],
        others=others,
    )


def _others(season: Season, head: Header) -> dict[str, Known]:
    """The season's other notices, as far as a notice must agree with them: what each is called, and what stands on what.

    Relations are followed from the notice outwards, one small query for each step; a step is a level of notices.
    """
    rows = Notice.objects.filter(season=season).exclude(code=head.code).order_by("pk")
    found = {
        code: Known(
            code, title, number, is_withdrawn=withdrawn is not None or status == NoticeStatus.WITHDRAWN
        )
        for code, title, number, withdrawn, status in rows.values_list(
            "code", "title", "number", "withdrawn_at", "status"
        )
    }
    asked: set[str] = set()
    waiting = {*head.parents, *head.replaces, *head.amends} & found.keys()
    while waiting:
        asked |= waiting
        step = rows.filter(code__in=waiting).values_list("code", "parents", "replaces", "header__amends")
        waiting = set()
        for code, parents, replaces, amends in step:
            known = replace(
                found[code], parents=tuple(parents), replaces=tuple(replaces), amends=tuple(amends or ())
            )
            found[code] = known
            waiting |= {*known.parents, *known.replaces, *known.amends}
        waiting = (waiting & found.keys()) - asked
    return found
