"""Counts that are cheap to read and exact: each act writes its delta, a job folds them, a recount must agree.

A delta is appended in the act's own transaction, so there is no hot row. :func:`fold` moves deltas into totals for the
unit, for every place above it and for every line above it; a reading adds the totals to the deltas not yet folded.
A module that counts something registers a recount for it, which :func:`verify` compares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import CharField, Q, Sum, Value
from django.db.models.functions import Cast, Concat

from kepu.core.db import Gathering, among, in_transaction, rows_of, running_act, transaction
from kepu.core.fields import ancestors, under
from kepu.core.models import TallyEntry, TallyTotal

# instead of a unit: counts for the lists of the public, which roll up by place alone, and for those of single days
OF_LISTS, OF_DAYS = 0, -1
_OF_PUBLIC = {OF_LISTS: "list:", OF_DAYS: "day:"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a count belongs: a season, a unit, and the place and line it rolls up to.

    Counts for lists (:data:`OF_LISTS`, :data:`OF_DAYS`) are many, one for each day and facet; they have scopes of their own.
    """

    season_id: int
    unit_id: int
    place: str
    line: str = ""


Counted = tuple[Spot, str, str, int]  # spot, measure, facet, n
_recounts: list[Callable[[], Iterable[Counted]]] = []


class _Deltas(Gathering):
    order = 40

    def __init__(self) -> None:
        self.deltas: Counter[tuple[Spot, str, str]] = Counter()

    def write(self) -> None:
        rows = [_entry(spot, measure, facet, n) for (spot, measure, facet), n in self.deltas.items() if n]
        if rows:
            TallyEntry.objects.bulk_create(rows, batch_size=500)


def _entry(spot: Spot, measure: str, facet: str, n: int) -> TallyEntry:
    return TallyEntry(
        season_id=spot.season_id, unit_id=spot.unit_id, place=spot.place, line=spot.line,
        measure=measure, facet=facet, n=n,
    )  # fmt: skip


@in_transaction
def add(spot: Spot, measure: str, n: int = 1, *, facet: str = "") -> None:
    """Count ``n`` more (or fewer) of ``measure`` at ``spot`` with the act under way."""
    running_act().gather(_Deltas).deltas[spot, measure, facet] += n


def recounts(function: Callable[[], Iterable[Counted]]) -> Callable[[], Iterable[Counted]]:
    """Register a recount from the records themselves; it yields every spot, measure and facet it answers for."""
    _recounts.append(function)
    return function


def scopes(spot: Spot) -> list[str]:
    """Every scope a count at ``spot`` belongs to."""
    if (name := _OF_PUBLIC.get(spot.unit_id)) is not None:
        return [f"{name}{p}" for p in ancestors(spot.place)]
    lines = ancestors(spot.line)[1:] if spot.line else []
    return [
        f"unit:{spot.unit_id}",
        *(f"place:{p}" for p in ancestors(spot.place)),
        *(f"line:{p}" for p in lines),
    ]


@transaction
def fold(*, size: int = 5000) -> int:
    """Move up to ``size`` deltas into totals; returns how many. Safe beside readers, acts and other folds."""
    entries = list(TallyEntry.objects.select_for_update(skip_locked=True).order_by("id")[:size])
    sums: Counter[tuple[int, str, str, str]] = Counter()
    for e in entries:
        for scope in scopes(Spot(e.season_id, e.unit_id, e.place, e.line)):
            sums[e.season_id, scope, e.measure, e.facet] += e.n
    table = TallyTotal._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (season_id, scope, measure, facet, n) VALUES (%s, %s, %s, %s, %s) "
            f"ON CONFLICT (season_id, scope, measure, facet) DO UPDATE SET n = {table}.n + excluded.n",
            [(*key, n) for key, n in sorted(sums.items())],
        )
    TallyEntry.objects.filter(pk__in=[e.pk for e in entries]).delete()
    return len(entries)


def _read(season_id: int, scope: str, pending: Q) -> dict[tuple[str, str], int]:
    totals = TallyTotal.objects.filter(season_id=season_id, scope=scope).values_list("measure", "facet", "n")
    entries = TallyEntry.objects.filter(pending, season_id=season_id)
    deltas = (
        entries.values("measure", "facet").annotate(total=Sum("n")).values_list("measure", "facet", "total")
    )
    counts: Counter[tuple[str, str]] = Counter()
    # one statement, so that a fold in between can neither hide nor double a delta
    for measure, facet, n in totals.union(deltas, all=True):
        counts[measure, facet] += int(n)  # PostgreSQL sums bigints into numerics
    return dict(counts)


def in_place(season_id: int, path: str) -> dict[tuple[str, str], int]:
    """Every measure in the subtree of a place: {(measure, facet): n}. One query."""
    return _read(season_id, f"place:{path}", under("place", path) & Q(unit_id__gt=OF_LISTS))


def in_line(season_id: int, path: str) -> dict[tuple[str, str], int]:
    """Every measure in the subtree of a line: {(measure, facet): n}. One query."""
    return _read(season_id, f"line:{path}", under("line", path))


def in_places(
    season_id: int, measures: Iterable[str], paths: Iterable[str], *, facet: str = ""
) -> dict[str, dict[str, int]]:
    """Some measures in the subtrees of the places of a page: {path: {measure: n}}, zero included. One query.

    The paths may lie within each other.
    """
    wanted = list(measures)
    counts = {path: dict.fromkeys(wanted, 0) for path in paths}
    same: dict[str, object] = {"season_id": season_id, "measure__in": wanted, "facet": facet}
    totals = TallyTotal.objects.filter(**same, scope__in=[f"place:{path}" for path in counts])
    pending = Q(pk__in=[])
    for path in counts:
        pending |= under("place", path)
    entries = TallyEntry.objects.filter(pending, **same).values("place", "measure")
    # the deltas come by the place they were made at; "at:" tells them from the totals
    at = Concat(Value("at:"), Cast("place", CharField()), output_field=CharField())
    deltas = entries.annotate(at=at, total=Sum("n")).values_list("at", "measure", "total")
    for scope, measure, n in totals.values_list("scope", "measure", "n").union(deltas, all=True):
        kind, _sign, path = scope.partition(":")
        for above in ancestors(path) if kind == "at" else [path]:
            if above in counts:
                counts[above][measure] += int(n)  # PostgreSQL sums whole numbers to a decimal
    return counts


def in_lists(season_id: int, path: str, first: str, last: str) -> dict[str, int]:
    """What lists count below a place, by facet, over the measures from ``first`` to ``last``. One query."""
    return _of_lists("facet", season_id, path, first, last, of=OF_LISTS)


def in_lists_by_measure(
    season_id: int, path: str, first: str, last: str, *, facet: str = "", of: int = OF_LISTS
) -> dict[str, int]:
    """What lists count below a place under one facet, by the measures from ``first`` to ``last``. One query."""
    return _of_lists("measure", season_id, path, first, last, facet=facet, of=of)


def _of_lists(
    by: str, season_id: int, path: str, first: str, last: str, *, of: int, facet: str | None = None
) -> dict[str, int]:
    given = "" if facet is None else " AND facet = %(facet)s"
    span = f"season_id = %(season)s AND measure BETWEEN %(first)s AND %(last)s{given}"
    # one statement, so that a fold in between can neither hide nor double a delta
    sql = (
        f"SELECT {by}, {_SUM} FROM {_TOTALS} WHERE {span} AND scope = %(scope)s GROUP BY {by} UNION ALL "
        f"SELECT {by}, {_SUM} FROM {_ENTRIES} WHERE {span} AND {_INSIDE} GROUP BY {by}"
    )
    asked = {
        "season": season_id,
        "first": first,
        "last": last,
        "facet": facet,
        "scope": f"{_OF_PUBLIC[of]}{path}",
        **_inside(path, of),
    }
    counts: Counter[str] = Counter()
    for key, n in rows_of(sql, asked):
        counts[key] += n
    return dict(counts)


_TOTALS, _ENTRIES = TallyTotal._meta.db_table, TallyEntry._meta.db_table
_SUM = "CAST(SUM(n) AS bigint)"  # PostgreSQL sums whole numbers to a decimal
_INSIDE = "unit_id = %(of)s AND place >= %(from)s AND place < %(to)s"


def _inside(path: str, of: int) -> dict[str, object]:
    return {"from": path, "to": path[:-1] + "0", "of": of}


def in_lists_of_places(
    season_id: int, paths: Sequence[str], first: str, last: str, *, above: str, facet: str = "", of: int = OF_LISTS
) -> dict[str, int]:  # fmt: skip
    """What lists count below each of some places under one facet, zero included: {path: n}. They lie below the place
    ``above``. One query."""
    counts = dict.fromkeys(paths, 0)
    if not counts:
        return counts
    span = "season_id = %(season)s AND measure BETWEEN %(first)s AND %(last)s AND facet = %(facet)s"
    name = _OF_PUBLIC[of]
    within, scopes = among("scope", [f"{name}{path}" for path in counts], mark="%(scopes)s")
    sql = (
        f"SELECT scope, {_SUM} FROM {_TOTALS} WHERE {span} AND {within} GROUP BY scope UNION ALL "
        f"SELECT place, {_SUM} FROM {_ENTRIES} WHERE {span} AND {_INSIDE} GROUP BY place"
    )
    asked = {
        "season": season_id, "first": first, "last": last, "facet": facet, "scopes": scopes, **_inside(above, of),
    }  # fmt: skip
    for key, n in rows_of(sql, asked):
        for path in [key.removeprefix(name)] if key.startswith(name) else ancestors(key):
            if path in counts:
                counts[path] += n
    return counts


def in_lists_and_places(
    season_id: int, path: str, paths: Sequence[str], first: str, last: str, *, of: int = OF_LISTS
) -> tuple[dict[str, int], dict[str, int]]:
    """Both :func:`in_lists` of a place and :func:`in_lists_of_places` below it under no facet. One query."""
    kinds: Counter[str] = Counter()
    places = dict.fromkeys(paths, 0)
    span = "season_id = %(season)s AND measure BETWEEN %(first)s AND %(last)s"
    name = _OF_PUBLIC[of]
    within, scopes = among("scope", [f"{name}{below}" for below in places], mark="%(scopes)s")
    sql = (
        f"SELECT {_OF_KINDS}, facet, '', {_SUM} FROM {_TOTALS} WHERE {span} AND scope = %(scope)s GROUP BY facet UNION ALL "
        f"SELECT {_OF_PLACES}, '', scope, {_SUM} FROM {_TOTALS} WHERE {span} AND facet = '' AND {within} GROUP BY scope UNION ALL "
        f"SELECT {_PENDING}, facet, place, {_SUM} FROM {_ENTRIES} WHERE {span} AND {_INSIDE} GROUP BY facet, place"
    )
    asked = {
        "season": season_id, "first": first, "last": last, "scope": f"{name}{path}", "scopes": scopes,
        **_inside(path, of),
    }  # fmt: skip
    for part, facet, where, n in rows_of(sql, asked):
        if part == _OF_PLACES:
            places[where.removeprefix(name)] += n
            continue
        kinds[facet] += n
        if part == _PENDING and not facet:  # a delta tells of both
            for above in ancestors(where):
                if above in places:
                    places[above] += n
    return dict(kinds), places


_OF_KINDS, _OF_PLACES, _PENDING = range(3)


def of_unit(season_id: int, unit_id: int) -> dict[tuple[str, str], int]:
    """Every measure of one unit: {(measure, facet): n}. One query."""
    return _read(season_id, f"unit:{unit_id}", Q(unit_id=unit_id))


def by_unit(season_id: int, measure: str, unit_ids: Iterable[int], *, facet: str = "") -> dict[int, int]:
    """One measure for the units of a page: {unit id: n}, zero included. One query."""
    ids = list(unit_ids)
    counts = dict.fromkeys(ids, 0)
    same: dict[str, object] = {"season_id": season_id, "measure": measure, "facet": facet}
    totals = TallyTotal.objects.filter(**same, scope__in=[f"unit:{pk}" for pk in ids]).values_list(
        "scope", "n"
    )
    pending = TallyEntry.objects.filter(**same, unit_id__in=ids)
    scope = Concat(Value("unit:"), Cast("unit_id", CharField()), output_field=CharField())
    deltas = pending.values("unit_id").annotate(scope=scope, total=Sum("n")).values_list("scope", "total")
    for key, n in totals.union(deltas, all=True):
        counts[int(key[5:])] += int(n)
    return counts


@dataclass(frozen=True, slots=True)
class Difference:
    """A scope where tally and recount disagree."""

    season_id: int
    scope: str
    measure: str
    facet: str
    tallied: int
    counted: int


def verify() -> list[Difference]:
    """Compare every total and every delta with a recount of the records, in every scope."""
    tallied: Counter[tuple[int, str, str, str]] = Counter()
    for t in TallyTotal.objects.iterator():
        tallied[t.season_id, t.scope, t.measure, t.facet] += t.n
    for e in TallyEntry.objects.iterator():
        for scope in scopes(Spot(e.season_id, e.unit_id, e.place, e.line)):
            tallied[e.season_id, scope, e.measure, e.facet] += e.n
    counted: Counter[tuple[int, str, str, str]] = Counter()
    for recount in _recounts:
        for spot, measure, facet, n in recount():
            for scope in scopes(spot):
                counted[spot.season_id, scope, measure, facet] += n
    return [
        Difference(*key, tallied[key], counted[key])
        for key in sorted({*tallied, *counted})
        if tallied[key] != counted[key]
    ]
