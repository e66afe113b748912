"""A crowd of published activities in a database made for measuring: copies of a few real ones, over many places and days.

Only what the public reads is there: the copies, their days, their words, what was drawn of them, and the counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.timezone import now

from kepu.activities import frozen, listing
from kepu.activities.models import Publication, PublicationDay
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core.calendar import day_of
from kepu.core.db import engine
from kepu.core.fields import ancestors
from kepu.core.models import TallyEntry, TallyTotal
from kepu.core.search import key, label, of_partition, tokens
from kepu.orgs.models import Level, Place
from kepu.web.models import Beside, Drawn
from kepu.web.portal.activities.beside.finding import ALIKE, OF_HOST, Found, Other
from kepu.web.portal.activities.beside.neighbour import COLUMNS
from kepu.web.portal.activities.beside.storing import tell

SPOTS, SHIFTS = 500, 50
MONTH = timedelta(days=30)
FIRST = 10_000_000  # ids of copies begin here
_LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN)


@dataclass(frozen=True, slots=True)
class Spot:
    """A county with the codes above it, and its words."""

    path: str
    codes: dict[str, str]
    words: str


def spots() -> list[Spot]:
    """Counties over the country, a few of each city."""
    counties = list(Place.objects.filter(level=Level.COUNTY).order_by("code"))
    chosen = counties[:: max(1, len(counties) // SPOTS)][:SPOTS]
    paths = {above for county in chosen for above in ancestors(county.path)}
    named = {p.path: p for p in Place.objects.filter(path__in=paths)}
    found = []
    for county in chosen:
        chain = [named[path] for path in ancestors(county.path)[1:] if path in named]
        found.append(Spot(county.path, {p.level: p.code for p in chain}, "".join(p.name for p in chain)))
    return found


def crowd(patterns: Sequence[int], total: int, *, since: datetime) -> None:
    """Copies of ``patterns``, until there are ``total`` published: over :func:`spots` and :data:`SHIFTS` times from ``since``.

    However many there are, they lie over all these times and are of all the patterns: a season is not longer for being larger.
    They were published in turns, some in each minute of the month before.
    """
    let_loose()
    copies = Publication.objects.filter(pk__gte=FIRST)
    there, last = copies.count(), copies.aggregate(last=Max("pk"))["last"]
    made, places = (last - FIRST) // SPOTS + 1 if last else 0, spots()
    at_once = max(1, min(len(places), total // SHIFTS))
    counts: Counter[tuple[range, str, str]] = Counter()
    season = Publication.objects.get(pk=patterns[0]).season_id
    with connection.cursor() as cursor:
        _place_table(cursor, places)
        while there < total:
            pattern, shift = patterns[(made + made // SHIFTS) % len(patterns)], made % SHIFTS
            first = made * at_once % len(places)
            some = range(first, min(first + at_once, len(places), first + total - there))
            listed = _copy(
                cursor,
                pattern,
                FIRST + made * SPOTS,
                some,
                since + timedelta(days=shift // 2, hours=shift % 2),
                since - MONTH + timedelta(minutes=made),
            )
            for measure, facet in _measures(listed):
                counts[some, measure, facet] += 1
            there, made = there + len(some), made + 1
        _count(cursor, season, places, counts)
        # a server does that by itself within minutes; here nothing waits
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")


def say_once_in_a_while(word: str) -> None:
    """Three of the crowd, wherever they lie, have this word and no other."""
    copies = Publication.objects.filter(pk__gte=FIRST).order_by("pk")
    last = copies.aggregate(last=Max("pk"))["last"]
    with connection.cursor() as cursor:
        for quarter in (1, 2, 3):
            it = copies.filter(pk__gte=FIRST + (last - FIRST) * quarter // 4)[0]
            part = listing.partition_of(it.season_id)
            where = {"row": key(it.next_at, it.pk), "news": key(it.published_at, it.pk)}
            engine().remove_search(cursor, SEARCH_TABLE, **where)
            engine().put_search(
                cursor, SEARCH_TABLE, **where, words=of_partition(part, tokens(word)),
                labels=of_partition(part, [listing.EVERYWHERE]),
            )  # fmt: skip


def beside_each(pks: Sequence[int]) -> None:
    """What stands beside each of these, as the worker would have found it: others of them."""
    at = now()
    rows = {
        row["activity_id"]: row
        for row in Publication.objects.filter(pk__in=pks).order_by("pk").values(*COLUMNS)
    }
    known = list(rows.values())
    for n, pk in enumerate(list(rows)):
        others = [known[(n + step) % len(known)] for step in range(1, OF_HOST + ALIKE + 1)]
        of_host = [Other(row, {}) for row in others[:OF_HOST]]
        alike = [Other(row, {"formats": "讲座"}) for row in others[OF_HOST:]]
        values = {"found": tell(Found(of_host, alike), at=at), "found_at": at, "look_at": None}
        Beside.objects.update_or_create(publication_id=pk, defaults=values)


def let_loose() -> None:
    """Copies have no activity behind them: nobody asks for one."""
    if connection.vendor == "sqlite":
        connection.disable_constraint_checking()
        return
    with connection.cursor() as cursor:
        for model in (Publication, PublicationDay, Drawn, Beside):
            table = model._meta.db_table
            for name, found in connection.introspection.get_constraints(cursor, table).items():
                if found["foreign_key"]:
                    cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}"')


def _place_table(cursor: Any, places: Sequence[Spot]) -> None:
    cursor.execute("DROP TABLE IF EXISTS bench_spot")
    cursor.execute(
        "CREATE TABLE bench_spot (n integer PRIMARY KEY, path varchar(120), province varchar(20), city varchar(20), "
        "county varchar(20), town varchar(20), words varchar(300), tokens text)"
    )
    season = Publication.objects.order_by("pk").values_list("season_id", flat=True)[0]
    rows = []
    for n, spot in enumerate(places):
        labels = [
            listing.EVERYWHERE,
            *(listing.in_place(code) for code in spot.codes.values()),
        ]
        rows.append(
            [
                n,
                spot.path,
                *(spot.codes.get(level, "") for level in _LEVELS),
                spot.words,
                _tokens(season, tokens(spot.words), labels),
            ]
        )
    cursor.executemany(f"INSERT INTO bench_spot VALUES ({', '.join(['%s'] * 8)})", rows)


def _tokens(season: int, words: list[str], labels: list[str]) -> str:
    words, labels = (of_partition(listing.partition_of(season), some) for some in (words, labels))
    if connection.vendor == "sqlite":
        return " ".join([*words, *labels])
    placed = [f"'{word}':{n}" for n, word in enumerate(words, 1)]
    return " ".join([*placed, *(f"'{one}'" for one in labels)])


def _copy(
    cursor: Any, pattern: int, base: int, some: range, starts: datetime, published: datetime
) -> dict[str, Any]:
    """One copy of a pattern at each of some places; returns what lists count each for, without places."""
    it = Publication.objects.get(pk=pattern)
    starts = starts.replace(minute=(pattern * 7) % 60)
    moved = starts - it.starts_at
    day = day_of(starts)
    fixed: dict[str, Any] = {
        "starts_at": starts, "ends_at": it.ends_at + moved, "first_day": day, "last_day": day_of(it.ends_at + moved),
        "next_at": starts, "turns_at": None, "listed": "{}", "published_at": published,
    }  # fmt: skip
    spot = {
        "activity_id": f"{base} + s.n", "place_path": "s.path", "province": "s.province", "city": "s.city", "county": "s.county",
        "town": "s.town", "place_words": "s.words",
    }  # fmt: skip
    _insert(cursor, Publication, "p.activity_id", pattern, some, spot, fixed)
    spots = {name: f"s.{name}" for name in ("province", "city", "county")} | {
        "publication_id": f"{base} + s.n"
    }
    first = (
        PublicationDay.objects.filter(publication_id=pattern).order_by("pk").values_list("pk", flat=True)[0]
    )
    on = {"day": day, "starts_at": starts, "ends_at": it.ends_at + moved}
    _insert(cursor, PublicationDay, "p.id", first, some, spots, on)
    own = f"'/activities/' || ({base} + s.n) || '/'"
    drawn = {"publication_id": f"{base} + s.n", "card": f"REPLACE(p.card, '/activities/{pattern}/', {own})"}
    language = "p.language = 'zh-hans' AND p.publication_id"
    _insert(cursor, Drawn, language, pattern, some, drawn, {})
    columns = {"labels": it.labels, "mode": it.mode, "key_activity": it.key_activity, "main_venue": False}
    codes = [label(*code.split(":", 1)) for code in it.labels.split()]
    labels = [
        label("mode", it.mode),
        *codes,
        listing.on_day(day),
        *(["key_activity:1"] if it.key_activity else []),
    ]
    text = _tokens(it.season_id, tokens(*frozen.searchable(it.content)), labels)
    _search(cursor, text, base, some, starts, published)
    return {"facets": listing.facets_of(columns), "begins": day.isoformat(), "on": day.isoformat()}


def _insert(
    cursor: Any, model: Any, by: str, pk: int, some: range, exprs: dict[str, str], fixed: dict[str, Any]
) -> None:
    table = model._meta.db_table
    columns = [str(f.column) for f in model._meta.concrete_fields if f.column != "id"]
    chosen = [exprs.get(name) or ("%s" if name in fixed else f"p.{name}") for name in columns]
    values = [fixed[name] for name in columns if name in fixed]
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(chosen)} FROM {table} p, bench_spot s "
        f"WHERE {by} = {pk} AND s.n >= {some.start} AND s.n < {some.stop}", values,
    )  # fmt: skip


def _search(cursor: Any, text: str, base: int, some: range, at: datetime, published_at: datetime) -> None:
    row, news = key(at, base), key(published_at, base)
    there = f"n >= {some.start} AND n < {some.stop}"
    if connection.vendor == "sqlite":
        for table, first in ((SEARCH_TABLE, row), (f"{SEARCH_TABLE}_news", news)):
            cursor.execute(
                f"INSERT INTO {table}(rowid, tokens) SELECT {first} + n, %s || ' ' || tokens FROM bench_spot WHERE {there}",
                [text],
            )
        return
    cursor.execute(
        f"INSERT INTO {SEARCH_TABLE}(rowid, news, tokens) SELECT {row} + n, {news} + n, %s::tsvector || tokens::tsvector "
        f"FROM bench_spot WHERE {there}",
        [text],
    )


def _measures(listed: dict[str, Any]) -> Iterable[tuple[str, str]]:
    yield from ((f"{listing.BEGINS}{listed['begins']}", facet) for facet in listed["facets"])
    yield from ((f"{listing.ON}{listed['on']}", facet) for facet in listed["facets"])


def _count(cursor: Any, season: int, places: Sequence[Spot], counts: Counter[tuple[range, str, str]]) -> None:
    """The totals behind all of them, added to those there are."""
    inside: dict[str, list[int]] = defaultdict(list)
    for n, spot in enumerate(places):
        for path in ancestors(spot.path):
            inside[path].append(n)
    table = TallyTotal._meta.db_table
    by_some: dict[range, dict[tuple[str, str], int]] = defaultdict(dict)
    for (some, measure, facet), n in counts.items():
        by_some[some][measure, facet] = n
    for some, measured in by_some.items():
        rows = [
            (season, f"{'day' if measure.startswith(listing.ON) else 'list'}:{path}", measure, facet, n * here)
            for path, ns in inside.items() if (here := sum(n in some for n in ns))
            for (measure, facet), n in measured.items()
        ]  # fmt: skip
        cursor.executemany(
            f"INSERT INTO {table} (season_id, scope, measure, facet, n) VALUES (%s, %s, %s, %s, %s) "
            f"ON CONFLICT (season_id, scope, measure, facet) DO UPDATE SET n = {table}.n + excluded.n",
            rows,
        )
    TallyEntry.objects.filter(unit_id=0).delete()
