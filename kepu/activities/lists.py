"""The lists that the public reads: what is asked of them, their pages, how many there are, and of which kinds.

A list of a place by time is a range of an index. Whatever else is asked (words, kinds, a host, nearness) is answered by the
search table, which hands rows out in the order of time and stops when the page is full. Counts come from the tallies where
they are kept so; else they are counted up to a bound and say so. Nothing here costs more with more activities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from kepu.activities import listing, ranking
from kepu.activities.lines import EVERY, LEVELS, NEEDED, OF_DAYS, Columns, Line, by_ids, by_index
from kepu.activities.models import Publication, PublicationStatus
from kepu.activities.questions import Question
from kepu.core import tallies
from kepu.core.calendar import ONE_DAY
from kepu.core.db import among, rows_of
from kepu.core.geo import Position, metres_between
from kepu.core.paging import Page, page_of_keys
from kepu.core.search import phrases, pk_of
from kepu.core.searching import TOGETHER
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

LOOKED_THROUGH = 200  # of a question that no tally answers, whose kinds are counted one by one
NEAREST = 300  # ranked by their distance
RANKED = 300  # ranked by how well they fit the words

_COUNTED = frozenset((
    "mode", "fields", "formats", "audiences", "entries", "tracks", "topics", "key_activity", "main_venue", "vacant", "access",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are; with ``more`` there are more than these."""

    n: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class First:
    """The first keys of a question in its order, and how many there are in all: what its page and its counts begin with.

    ``there`` is how many are in each of some places below, by their codes, where the tallies know it.
    """

    keys: Sequence[int]
    total: Total
    there: Mapping[str, int] | None = None


def first_of(question: Question, places: Mapping[str, str], *, size: int = 20) -> First | None:
    """What a page of ``size`` and the counts begin with; None where an index and the tallies answer. Two queries at most.

    ``places`` are paths by their codes, below the place of the question.
    """
    if _is_tallied(question) or (question.is_of_place and _has_column(question)):
        return None
    return _first_of(question, places, size)


def _first_of(question: Question, places: Mapping[str, str], size: int) -> First:
    descending, by_news = _order(question)
    count = RANKED if question.sort == "relevance" else LOOKED_THROUGH + 1
    span = _tallied_span(question)
    if span is None:
        keys, n = question.search().first_and_count(count, descending=descending, by_news=by_news)
        return First(keys, Total(min(n, TOGETHER), n > TOGETHER))
    path = _path(question)
    found = tallies.in_lists_of_places(
        question.season.pk, [path, *places.values()], span.first, span.last, of=span.of, above=path, facet=_facet(question)
    )  # fmt: skip
    if question.sort != "relevance" and found[path] > LOOKED_THROUGH:
        count = size + 1  # nobody looks at more: its kinds are not counted
    keys = question.search().first(count, descending=descending, by_news=by_news)
    return First(keys, Total(found[path]), {code: found[below] for code, below in places.items()})


def page_of(
    question: Question, *, cursor: str = "", size: int = 20, columns: Columns = EVERY, first: First | None = None
) -> Page[Line]:  # fmt: skip
    """One page. One query where only place and time are asked, else two; more where it is ranked.

    ``first`` is what :func:`first_of` gave; then the first page costs a query less, unless it is of the nearest.
    """
    if question.sort == "near" and question.near is not None:
        return Page(nearest(question, size=size, columns=columns))
    if question.sort == "relevance":
        return by_relevance(question, cursor=cursor, size=size, columns=columns, first=first)
    if question.is_of_place and _has_column(question):
        return by_index(question, cursor=cursor, size=size, columns=columns)
    descending, by_news = _order(question)
    if first is not None and not cursor:
        known = first.keys
        keys = page_of_keys(lambda _beyond, _backwards, count: list(known[:count]), size=size)
    elif by_news:
        keys = question.search().newest(cursor=cursor, size=size)
    else:
        keys = question.search().page(cursor=cursor, size=size, descending=descending)
    lines = by_ids(question, [pk_of(key) for key in keys.items], columns=columns)
    return Page(lines, keys.next, keys.previous)


class Counts(NamedTuple):
    """How many there are of what is asked; by their kinds (``fields:health``, ``mode:online``), where "" counts all; and in each of
    some places below, by its code. None where nobody counted.

    What no tally counts is counted one by one, and not beyond the first :data:`LOOKED_THROUGH`; of that kinds also say places
    (``in:441900``).
    """

    total: Total
    kinds: Mapping[str, int] | None = None
    in_places: Mapping[str, int] | None = None


def counted(question: Question, places: Mapping[str, str], *, first: First | None = None) -> Counts:
    """The counts of a question. One query where only place and time are asked, else three at most; with what :func:`first_of`
    gave, one. ``places`` are paths by their codes, below the place of the question.
    """
    if _is_tallied(question) and (span := _tallied_span(question)) is not None:
        kinds, found = tallies.in_lists_and_places(
            question.season.pk, _path(question), list(places.values()), span.first, span.last, of=span.of
        )
        return Counts(Total(kinds.get("", 0)), kinds, {code: found[path] for code, path in places.items()})
    first = first or _first_of(question, places, LOOKED_THROUGH)
    one_by_one = None if first.total.n > LOOKED_THROUGH else _kinds(first.keys)
    there = first.there
    if there is None and one_by_one is not None:
        there = {code: one_by_one.get(f"in:{code}", 0) for code in places}
    return Counts(first.total, one_by_one, there)


def _is_tallied(question: Question) -> bool:
    """Whether the tallies know of every kind of it."""
    return not question.facets and _tallied_span(question) is not None


def _kinds(keys: Sequence[int]) -> dict[str, int]:
    """How many of some there are of each kind and in each place. One query."""
    if not keys:
        return {"": 0}
    facets: list[str] = []
    places: list[str] = []
    where, pks = among("activity_id", map(pk_of, keys))
    for row in rows_of(f"{_KINDS} WHERE {where}", [pks]):
        facets += listing.facets_of(dict(zip(_OF_KINDS, row, strict=False)))
        places += row[len(_OF_KINDS) :]
    found = {f"in:{code}": n for code, n in Counter(places).items() if code}
    return {**found, **Counter(facets)}


_OF_KINDS = ("labels", "mode", "key_activity", "main_venue")
_KINDS = f"SELECT {', '.join((*_OF_KINDS, *LEVELS.values()))} FROM {Publication._meta.db_table}"


def by_day(season: Season, first: date, last: date, *, place: Place | None = None) -> dict[date, int]:
    """How many are on on each day between two; a day with none is left out. One query."""
    path = place.path if place else "/"
    found = tallies.in_lists_by_measure(
        season.pk, path, f"{listing.ON}{first.isoformat()}", f"{listing.ON}{last.isoformat()}", of=tallies.OF_DAYS
    )  # fmt: skip
    return {
        date.fromisoformat(measure.removeprefix(listing.ON)): n for measure, n in sorted(found.items()) if n
    }


def by_kind(season: Season, path: str) -> dict[str, int]:
    """How many are before the public in a place, by every kind that is counted; "" counts all. One query."""
    return tallies.in_lists(season.pk, path, listing.BEGINS, f"{listing.BEGINS}~")


def nearest(question: Question, *, size: int, columns: Columns = EVERY) -> list[Line]:
    """The nearest of what is asked, among the first :data:`NEAREST` of the cells around. Five queries at most.

    First the cell of some 11 km and its neighbours, then, where they hold too few, that of a degree and its neighbours.
    """
    assert question.near is not None
    here = question.near
    search = question.search()
    found: list[Line] = []
    for name in listing.CELLS:
        around = tuple(listing.cell(name, *here, north=n, east=e) for n in (-1, 0, 1) for e in (-1, 0, 1))
        close = replace(search, labels=[*search.labels, around])
        keys = close.first(NEAREST)
        found = by_ids(question, [pk_of(key) for key in keys], columns=_PLACED)
        if len(found) >= size:
            break
    away = [
        replace(line, metres=metres_between(here, at))
        for line in found
        if (at := _position(line)) is not None
    ]
    away.sort(key=lambda line: (line.metres or 0.0, line.starts_at, line.publication.pk))
    metres = {line.publication.pk: line.metres for line in away[:size]}
    whole = {line.publication.pk: line for line in by_ids(question, list(metres), columns=columns)}
    return [replace(whole[pk], metres=n) for pk, n in metres.items() if pk in whole]


_PLACED = Columns((*NEEDED, "latitude", "longitude"))


def by_relevance(
    question: Question, *, cursor: str = "", size: int, columns: Columns = EVERY, first: First | None = None
) -> Page[Line]:  # fmt: skip
    """A page of the first :data:`RANKED` by time, those that fit the words best first. Three queries.

    Where none has all the words, of those that have a good part of them in title and host; one query more.
    """
    search, (descending, _by_news) = question.search(), _order(question)
    found = search.first(RANKED, descending=descending) if first is None else first.keys[:RANKED]
    rank = ranking.ranked if found else ranking.ranked_in_part
    found = found or search.of_any().first(RANKED, descending=descending)
    keys = rank(question.text, _candidates([pk_of(key) for key in found], question.at), at=question.today)

    def fetch(beyond: int | None, backwards: bool, count: int) -> list[int]:
        if backwards:
            return [key for key in reversed(keys) if beyond is None or key < beyond][:count]
        return [key for key in keys if beyond is None or key > beyond][:count]

    page_ = page_of_keys(fetch, cursor=cursor, size=size)
    order = {pk_of(key): n for n, key in enumerate(page_.items)}
    lines = sorted(
        by_ids(question, list(order), columns=columns), key=lambda line: order[line.publication.pk]
    )
    return Page(lines, page_.next, page_.previous)


def _candidates(pks: Sequence[int], at: datetime) -> list[ranking.Candidate]:
    """What ranking looks at. One query."""
    rows = Publication.objects.filter(pk__in=pks).order_by().values_list(
        "pk", "title", "host_name", "place_words", "next_at", "ends_at", "status"
    )  # fmt: skip
    gone = (PublicationStatus.CANCELLED, PublicationStatus.OVER)
    return [
        ranking.Candidate(pk, title, host, place, next_at, off=status in gone or max(next_at, ends_at) < at)
        for pk, title, host, place, next_at, ends_at, status in rows
    ]


def _position(line: Line) -> Position | None:
    latitude, longitude = line.publication.latitude, line.publication.longitude
    return None if latitude is None or longitude is None else (latitude, longitude)


def _has_column(question: Question) -> bool:
    """Whether the place asked for has a column: a village or a park below a city has none, and days have none of towns."""
    place, columns = question.place, OF_DAYS if question.when == "days" else LEVELS
    return place is None or place.level == Level.NATION or Level(place.level) in columns


def _order(question: Question) -> tuple[bool, bool]:
    """Whether keys go down, and whether they are those by newness."""
    by_news = question.sort == "new"
    return by_news or question.when in ("past", "all"), by_news


def _path(question: Question) -> str:
    return question.place.path if question.place else "/"


def _facet(question: Question) -> str:
    return next((f"{name}:{code}" for name, code in question.facets.items()), "")


class _Span(NamedTuple):
    """The measures between which tallies answer, and which."""

    first: str
    last: str
    of: int = tallies.OF_LISTS


def _tallied_span(question: Question) -> _Span | None:
    """What the tallies answer a question by; None where they do not."""
    if phrases(question.text) or question.host is not None or not _COUNTED.issuperset(question.facets):
        return None
    if len(question.facets) > 1:
        return None
    if question.when == "days":
        days = question.days
        on = f"{listing.ON}{days[0].isoformat()}"
        return _Span(on, on, tallies.OF_DAYS) if len(days) == 1 else None
    first = f"{listing.BEGINS}{listing.begins(question.since) if question.when == 'upcoming' else ''}"
    last = f"{listing.BEGINS}{listing.begins(question.today - ONE_DAY) if question.when == 'past' else '~'}"
    return _Span(first, last)
