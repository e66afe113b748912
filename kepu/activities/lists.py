"""The lists that the public reads: what is asked of them, their pages, how many there are, and of which kinds.

A list of a place by time is a range of an index. Whatever else is asked (words, kinds, a host, nearness) is answered by the
search table, which hands rows out in the order of time and stops when the page is full. Counts come from the tallies where
they are kept so; else they are counted up to a bound and say so. Nothing here costs more with more activities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Literal

from django.db.models import Q, QuerySet

from kepu.activities import listing, ranking
from kepu.activities.models import Publication, PublicationDay, PublicationStatus
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core import tallies
from kepu.core.calendar import ONE_DAY, day_of, start_of_day
from kepu.core.db import rows_of
from kepu.core.geo import Position, metres_between
from kepu.core.paging import Page, page, page_of_keys
from kepu.core.rows import columns_of, instances, page_of_rows, prepared
from kepu.core.search import label, phrases, pk_of
from kepu.core.searching import TOGETHER, Search
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

UPCOMING_ORDER = ("next_at", "pk")
PAST_ORDER = ("-next_at", "-pk")
DAY_ORDER = ("starts_at", "publication_id", "id")
DAYS_ORDER = ("day", "starts_at", "publication_id", "id")
LOOKED_THROUGH = 200  # of a question that no tally answers, whose kinds are counted one by one
NEAREST = 300  # ranked by their distance
RANKED = 300  # ranked by how well they fit the words

# the columns that a list shows; whatever else a caller asks of a publication costs a query
SHOWN = (
    "season_id", "status", "title", "host_name", "mode", "starts_at", "ends_at", "next_at", "time_pending", "place_words",
    "key_activity", "labels", "digest", "updated_at", "latitude", "longitude",
)  # fmt: skip
LISTED = ("activity_id", *SHOWN)
_OF_A_DAY = ("day", "starts_at", "ends_at", "sessions")

When = Literal["upcoming", "past", "all", "days"]
Sort = Literal["time", "new", "near", "relevance"]
_OF_DAYS = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county"}
_LEVELS = {**_OF_DAYS, Level.TOWN: "town"}
_COUNTED = frozenset((
    "mode", "fields", "formats", "audiences", "entries", "tracks", "topics", "key_activity", "main_venue", "vacant", "access",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the lists of a season. ``facets`` names one code each, such as ``{"fields": "health"}``.

    ``when`` is "upcoming" (begins today or later, or on the ``first`` day or later), "past" (began before today), "all", or
    "days" from ``first`` to ``last``.
    ``near`` is the position by which ``sort`` "near" ranks.
    """

    season: Season
    at: datetime
    when: When = "upcoming"
    first: date | None = None
    last: date | None = None
    place: Place | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    host: int | None = None
    sort: Sort = "time"
    near: Position | None = None

    @property
    def is_of_place(self) -> bool:
        """Whether nothing but place and time is asked."""
        return not self.facets and not phrases(self.text) and self.host is None and self.sort == "time"

    @property
    def days(self) -> list[date]:
        if self.when != "days" or self.first is None or self.last is None:
            return []
        return [self.first + ONE_DAY * n for n in range((self.last - self.first).days + 1)]

    @property
    def today(self) -> datetime:
        return start_of_day(day_of(self.at))

    @property
    def since(self) -> datetime:
        """From when on, where it asks what is to come."""
        return start_of_day(self.first) if self.first else self.today

    def search(self) -> Search:
        """The same question to the search table."""
        place = self.place.code if self.place and self.place.level != Level.NATION else ""
        labels: list[tuple[str, ...]] = [(listing.in_season(self.season.pk, place),)]
        labels += [(label(name, code),) for name, code in self.facets.items()]
        if self.host is not None:
            labels.append((listing.by_host(self.host),))
        if days := self.days:
            labels.append(tuple(listing.on_day(day) for day in days))
        return Search(
            SEARCH_TABLE, phrases(self.text), labels, since=self.since if self.when == "upcoming" else None,
            before=self.today if self.when == "past" else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A publication as a list names it: with the times of the session that the list is about."""

    publication: Publication
    starts_at: datetime
    ends_at: datetime
    sessions: int = 1
    metres: float | None = None  # how far it is, where nearness was asked

    @classmethod
    def of(cls, row: Publication | PublicationDay) -> Line:
        if isinstance(row, Publication):
            same = row.next_at == row.starts_at
            return cls(row, row.next_at, row.ends_at if same else max(row.next_at, row.ends_at))
        return cls(row.publication, row.starts_at, row.ends_at or row.publication.ends_at, row.sessions)


def page_of(question: Question, *, cursor: str = "", size: int = 20) -> Page[Line]:
    """One page. One query where only place and time are asked, else two; three by days."""
    if question.sort == "near" and question.near is not None:
        return Page(nearest(question, size=size))
    if question.sort == "relevance":
        return by_relevance(question, cursor=cursor, size=size)
    if question.is_of_place and _has_column(question):
        return _by_index(question, cursor, size)
    search = question.search()
    if question.sort == "new":
        keys = search.newest(cursor=cursor, size=size)
    else:
        keys = search.page(cursor=cursor, size=size, descending=question.when in ("past", "all"))
    return Page(_lines(question, [pk_of(key) for key in keys.items]), keys.next, keys.previous)


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are; with ``more`` there are more than these."""

    n: int
    more: bool = False


def total_of(question: Question) -> Total:
    """How many a list has: exact where tallies are kept for it, else counted up to a bound. One query."""
    span = _tallied_span(question)
    if span is not None:
        found = tallies.in_lists_by_measure(
            question.season.pk, _path(question), *span, facet=_facet(question)
        )
        return Total(sum(found.values()))
    n = question.search().count()
    return Total(min(n, TOGETHER), n > TOGETHER)


def counted(
    question: Question, places: Mapping[str, str]
) -> tuple[dict[str, int] | None, dict[str, int] | None]:
    """:func:`kinds_of` and :func:`in_places` of one question. One query where only place and time are asked, else four at
    most."""
    if not question.facets and question.when != "days" and (span := _tallied_span(question)) is not None:
        kinds, found = tallies.in_lists_and_places(
            question.season.pk, _path(question), list(places.values()), *span
        )
        return kinds, {code: found[path] for code, path in places.items()}
    kinds_found, there = kinds_of(question), in_places(question, places)
    if there is None and kinds_found is not None:
        there = {code: kinds_found.get(f"in:{code}", 0) for code in places}
    return kinds_found, there


def kinds_of(question: Question) -> dict[str, int] | None:
    """How many there are of each kind (``fields:health``, ``mode:online``) and in each place (``in:441900``) of what no tally
    answers; "" counts all. None where there are more than :data:`LOOKED_THROUGH`. Two queries at most.
    """
    keys = question.search().first(LOOKED_THROUGH + 1)
    if len(keys) > LOOKED_THROUGH:
        return None
    if not keys:
        return {"": 0}
    facets: list[str] = []
    places: list[str] = []
    for row in rows_of(_KINDS.format(", ".join(["%s"] * len(keys))), [pk_of(key) for key in keys]):
        facets += listing.facets_of(dict(zip(_OF_KINDS, row, strict=False)))
        places += row[len(_OF_KINDS) :]
    found = {f"in:{code}": n for code, n in Counter(places).items() if code}
    return {**found, **Counter(facets)}


_OF_KINDS = ("labels", "mode", "key_activity", "main_venue")
_KINDS = f"SELECT {', '.join((*_OF_KINDS, *_LEVELS.values()))} FROM {Publication._meta.db_table} WHERE activity_id IN ({{}})"


def in_places(question: Question, places: Mapping[str, str]) -> dict[str, int] | None:
    """How many of them are in each of some places below that of the question, by its code; None where nobody counted.

    ``places`` are paths by their codes. One query.
    """
    span = _tallied_span(question)
    if span is None:
        return None
    found = tallies.in_lists_of_places(
        question.season.pk, list(places.values()), *span, above=_path(question), facet=_facet(question)
    )
    return {code: found[path] for code, path in places.items()}


def by_day(season: Season, first: date, last: date, *, place: Place | None = None) -> dict[date, int]:
    """How many are on on each day between two; a day with none is left out. One query."""
    path = place.path if place else "/"
    found = tallies.in_lists_by_measure(
        season.pk, path, f"{listing.ON}{first.isoformat()}", f"{listing.ON}{last.isoformat()}"
    )
    return {
        date.fromisoformat(measure.removeprefix(listing.ON)): n for measure, n in sorted(found.items()) if n
    }


def by_kind(season: Season, path: str) -> dict[str, int]:
    """How many are before the public in a place, by every kind that is counted; "" counts all. One query."""
    return tallies.in_lists(season.pk, path, listing.BEGINS, f"{listing.BEGINS}~")


def nearest(question: Question, *, size: int) -> list[Line]:
    """The nearest of what is asked, among the first :data:`NEAREST` of the cells around. Three queries at most.

    First the cell of some 11 km and its neighbours, then, where they hold too few, that of a degree and its neighbours.
    """
    assert question.near is not None
    here = question.near
    search = question.search()
    found: list[Line] = []
    for name in listing.CELLS:
        around = tuple(listing.cell(name, *here, north=n, east=e) for n in (-1, 0, 1) for e in (-1, 0, 1))
        close = Search(search.table, search.phrases, [*search.labels, around], search.since, search.before)
        keys = close.first(NEAREST)
        found = _lines(question, [pk_of(key) for key in keys])
        if len(found) >= size:
            break
    away = [
        replace(line, metres=metres_between(here, at))
        for line in found
        if (at := _position(line)) is not None
    ]
    return sorted(away, key=lambda line: (line.metres or 0.0, line.starts_at, line.publication.pk))[:size]


def by_relevance(question: Question, *, cursor: str = "", size: int) -> Page[Line]:
    """A page of the first :data:`RANKED` by time, those that fit the words best first. Three queries, by days four.

    Where none has all the words, of those that have a good part of them in title and host; one query more.
    """
    search, descending = question.search(), question.when in ("past", "all")
    found = search.first(RANKED, descending=descending)
    rank = ranking.ranked if found else ranking.ranked_in_part
    found = found or search.of_any().first(RANKED, descending=descending)
    keys = rank(question.text, _candidates([pk_of(key) for key in found], question.at), at=question.today)

    def fetch(beyond: int | None, backwards: bool, count: int) -> list[int]:
        if backwards:
            return [key for key in reversed(keys) if beyond is None or key < beyond][:count]
        return [key for key in keys if beyond is None or key > beyond][:count]

    page_ = page_of_keys(fetch, cursor=cursor, size=size)
    order = {pk_of(key): n for n, key in enumerate(page_.items)}
    lines = sorted(_lines(question, list(order)), key=lambda line: order[line.publication.pk])
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


def on_day(
    season: Season, day: date, *, until: date | None = None, place: Place | None = None
) -> QuerySet[PublicationDay]:
    """What is on on a day, also what began before it; each row with its ``publication``. Page by :data:`DAY_ORDER`.

    With ``until`` it is what is on on any day from one to the other: page by :data:`DAYS_ORDER`. What lasts several days
    comes once, on the first of them; sessions come on each day that has some, and in each county.
    """
    rows = PublicationDay.objects.filter(season=season)
    if until is None or until == day:
        rows = rows.filter(day=day)
    else:  # the first day stands for what runs on; a later day only for what begins on it
        later = [day + ONE_DAY * n for n in range(1, (until - day).days + 1)]
        begins_then = [Q(day=then, starts_at__gte=start_of_day(then)) for then in later]
        rows = rows.filter(reduce(or_, begins_then, Q(day=day)), day__gte=day, day__lte=until)
    if place is not None and place.level != Level.NATION:
        rows = rows.filter(**{_OF_DAYS[Level(place.level)]: place.code})
    return rows.select_related("publication").only(*_OF_A_DAY, *(f"publication__{name}" for name in SHOWN))


def _by_index(question: Question, cursor: str, size: int) -> Page[Line]:
    if days := question.days:
        rows = on_day(question.season, days[0], until=days[-1], place=question.place)
        found = page(rows, order=DAY_ORDER if len(days) == 1 else DAYS_ORDER, cursor=cursor, size=size)
        return Page([Line.of(row) for row in found.items], found.next, found.previous)
    where, order = ["season_id = %s"], PAST_ORDER
    asked: list[Any] = [question.season.pk]
    if question.place is not None and question.place.level != Level.NATION:
        where.append(f"{_LEVELS[Level(question.place.level)]} = %s")
        asked.append(question.place.code)
    if question.when == "upcoming":
        order = UPCOMING_ORDER
        where.append("next_at >= %s")
        asked.append(prepared(Publication, "next_at", question.since))
    elif question.when == "past":
        where.append("next_at < %s")
        asked.append(prepared(Publication, "next_at", question.today))
    listed = page_of_rows(
        Publication, LISTED, " AND ".join(where), asked, order=order, cursor=cursor, size=size
    )
    return Page([Line.of(row) for row in listed.items], listed.next, listed.previous)


def _has_column(question: Question) -> bool:
    """Whether the place asked for has a column: a village or a park below a city has none, and days have none of towns."""
    place, columns = question.place, _OF_DAYS if question.when == "days" else _LEVELS
    return place is None or place.level == Level.NATION or Level(place.level) in columns


def _lines(question: Question, pks: Sequence[int]) -> list[Line]:
    """Lines in the order of their ids as given; by days with the times of their first session on them."""
    if not pks:
        return []
    marks, table = ", ".join(["%s"] * len(pks)), Publication._meta.db_table
    sql = f"SELECT {columns_of(Publication, LISTED)} FROM {table} WHERE activity_id IN ({marks})"
    found = {one.pk: one for one in instances(Publication, LISTED, sql, pks)}
    if not (days := question.days):
        return [Line.of(found[pk]) for pk in pks if pk in found]
    rows = PublicationDay.objects.filter(publication_id__in=pks, day__gte=days[0], day__lte=days[-1])
    if question.place is not None and (column := _OF_DAYS.get(Level(question.place.level))):
        rows = rows.filter(**{column: question.place.code})
    first: dict[int, PublicationDay] = {}
    for row in rows.order_by(*DAYS_ORDER):
        first.setdefault(row.publication_id, row)
    lines = []
    for pk in pks:
        if pk in found and pk in first:
            first[pk].publication = found[pk]
            lines.append(Line.of(first[pk]))
    return sorted(
        lines, key=lambda line: (max(day_of(line.starts_at), days[0]), line.starts_at, line.publication.pk)
    )


def _path(question: Question) -> str:
    return question.place.path if question.place else "/"


def _facet(question: Question) -> str:
    return next((f"{name}:{code}" for name, code in question.facets.items()), "")


def _tallied_span(question: Question) -> tuple[str, str] | None:
    """The measures between which the tallies answer a question; None where they do not."""
    if phrases(question.text) or question.host is not None or not _COUNTED.issuperset(question.facets):
        return None
    if question.when == "days":
        days = question.days
        on = f"{listing.ON}{days[0].isoformat()}" if len(days) == 1 and not question.facets else ""
        return (on, on) if on else None
    if len(question.facets) > 1:
        return None
    first = f"{listing.BEGINS}{listing.begins(question.since) if question.when == 'upcoming' else ''}"
    last = f"{listing.BEGINS}{listing.begins(question.today - ONE_DAY) if question.when == 'past' else '~'}"
    return first, last
