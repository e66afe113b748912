"""The lines of the public's lists, read by one statement each: those of a place or a day from an index, and those of some ids.

A caller says which columns of the publication it reads, and may have one more value said with them, as a list of the portal
has the card that was drawn beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from kepu.activities.models import Publication, PublicationDay
from kepu.activities.questions import Question
from kepu.core.calendar import day_of, start_of_day
from kepu.core.db import among, rows_of
from kepu.core.paging import Page, page_by
from kepu.core.rows import beyond, columns_of, instance, instant, prepared
from kepu.orgs.models import Level

UPCOMING_ORDER = ("next_at", "pk")
PAST_ORDER = ("-next_at", "-pk")
DAY_ORDER = ("starts_at", "publication_id", "id")
DAYS_ORDER = ("day", "starts_at", "publication_id", "id")

# the columns that a list shows; whatever else a caller asks of a publication costs a query
LISTED = (
    "activity_id", "season_id", "status", "title", "host_name", "mode", "starts_at", "ends_at", "next_at", "time_pending", "place_words",
    "key_activity", "labels", "digest", "updated_at", "latitude", "longitude",
)  # fmt: skip
OF_DAYS = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county"}
LEVELS = {**OF_DAYS, Level.TOWN: "town"}
NEEDED = ("activity_id", "starts_at", "ends_at", "next_at")  # what a line is made of
_PUBLICATION, _DAY = Publication._meta.db_table, PublicationDay._meta.db_table


@dataclass(frozen=True, slots=True)
class Columns:
    """What a caller reads of each publication: fields by their names, and one more value.

    ``also`` is what a statement selects for that value; it may name columns of the table of publications.
    """

    names: tuple[str, ...] = LISTED
    also: str = "NULL"
    parameters: tuple[Any, ...] = ()

    @property
    def selected(self) -> str:
        return f"{columns_of(Publication, self.names)}, {self.also}"


EVERY = Columns()


@dataclass(frozen=True, slots=True)
class Line:
    """A publication as a list names it: with the times of the session that the list is about."""

    publication: Publication
    starts_at: datetime
    ends_at: datetime
    sessions: int = 1
    metres: float | None = None  # how far it is, where nearness was asked
    also: Any = None  # the one more value of :class:`Columns`

    @classmethod
    def of(cls, row: Publication | PublicationDay) -> Line:
        if isinstance(row, Publication):
            return _of_publication(row, None)
        return cls(row.publication, row.starts_at, row.ends_at or row.publication.ends_at, row.sessions)


class _Found(NamedTuple):
    """A line, and where it stands in the order of its page."""

    line: Line
    at: tuple[Any, ...]


def by_index(question: Question, *, cursor: str = "", size: int = 20, columns: Columns = EVERY) -> Page[Line]:
    """A page of a question that asks for nothing but a place and a time. One query.

    By days it is what is on on any of them, also what began before: what lasts several days comes once, on the first of
    them; sessions come on each day that has some, and in each county.
    """
    if days := question.days:
        return _on_days(question, days, cursor, size, columns)
    where, order = [f"{_PUBLICATION}.season_id = %s"], PAST_ORDER
    asked: list[Any] = [question.season.pk]
    if question.place is not None and question.place.level != Level.NATION:
        where.append(f"{LEVELS[Level(question.place.level)]} = %s")
        asked.append(question.place.code)
    if question.when == "upcoming":
        order = UPCOMING_ORDER
        where.append("next_at >= %s")
        asked.append(prepared(Publication, "next_at", question.since))
    elif question.when == "past":
        where.append("next_at < %s")
        asked.append(prepared(Publication, "next_at", question.today))

    def fetch(walk: list[tuple[str, bool]], after: list[Any] | None, count: int) -> list[_Found]:
        further, more, ordered = beyond(Publication, walk, after)
        sql = (
            f"SELECT {columns.selected} FROM {_PUBLICATION} WHERE {' AND '.join([*where, *further])} "
            f"ORDER BY {ordered} LIMIT {count}"
        )
        found = []
        for *values, also in rows_of(sql, [*columns.parameters, *asked, *more]):
            one = instance(Publication, columns.names, values)
            found.append(_Found(_of_publication(one, also), (one.next_at, one.pk)))
        return found

    return _lines_of(page_by(fetch, order=order, cursor=cursor, size=size, key=_at))


def _on_days(
    question: Question, days: Sequence[date], cursor: str, size: int, columns: Columns
) -> Page[Line]:
    order = DAY_ORDER if len(days) == 1 else DAYS_ORDER
    where, asked = _in_place(question)
    where.append(f"{_DAY}.season_id = %s")
    asked.append(question.season.pk)
    # the first day stands for what runs on; a later day only for what begins on it
    begins = [f"{_DAY}.day = %s", *[f"({_DAY}.day = %s AND {_DAY}.starts_at >= %s)"] * (len(days) - 1)]
    where.append(f"({' OR '.join(begins)})")
    asked.append(_date(days[0]))
    for day in days[1:]:
        asked += [_date(day), prepared(PublicationDay, "starts_at", start_of_day(day))]
    if len(days) > 1:
        where.append(f"{_DAY}.day BETWEEN %s AND %s")
        asked += [_date(days[0]), _date(days[-1])]

    def fetch(walk: list[tuple[str, bool]], after: list[Any] | None, count: int) -> list[_Found]:
        further, more, ordered = beyond(PublicationDay, walk, after)
        sql = (
            f"SELECT {_OF_A_DAY}, {columns.selected} FROM {_JOINED} WHERE {' AND '.join([*where, *further])} "
            f"ORDER BY {ordered} LIMIT {count}"
        )
        return [_of_day(row, columns, order) for row in rows_of(sql, [*columns.parameters, *asked, *more])]

    return _lines_of(page_by(fetch, order=order, cursor=cursor, size=size, key=_at))


def by_ids(question: Question, pks: Sequence[int], *, columns: Columns = EVERY) -> list[Line]:
    """Lines in the order of their ids as given; by days with the times of their first session on them, and in the order of
    those. One query."""
    if not pks:
        return []
    if days := question.days:
        where, asked = _in_place(question)
        named, asked_for = among(f"{_DAY}.publication_id", pks)
        sql = (
            f"SELECT {_OF_A_DAY}, {columns.selected} FROM {_JOINED} "
            f"WHERE {' AND '.join([*where, named, f'{_DAY}.day BETWEEN %s AND %s'])} "
            f"ORDER BY {', '.join(f'{_DAY}.{name}' for name in DAYS_ORDER)}"
        )
        rows = rows_of(sql, [*columns.parameters, *asked, asked_for, _date(days[0]), _date(days[-1])])
        first: dict[int, Line] = {}
        for row in rows:
            line = _of_day(row, columns, DAYS_ORDER).line
            first.setdefault(line.publication.pk, line)
        return sorted(
            first.values(), key=lambda line: (max(day_of(line.starts_at), days[0]), line.starts_at, line.publication.pk)
        )  # fmt: skip
    named, asked_for = among("activity_id", pks)
    sql = f"SELECT {columns.selected} FROM {_PUBLICATION} WHERE {named}"
    found: dict[int, Line] = {}
    for *values, also in rows_of(sql, [*columns.parameters, asked_for]):
        one = instance(Publication, columns.names, values)
        found[one.pk] = _of_publication(one, also)
    return [found[pk] for pk in pks if pk in found]


_OF_A_DAY = ", ".join(f"{_DAY}.{name}" for name in ("id", "day", "starts_at", "ends_at", "sessions"))
_JOINED = f"{_DAY} JOIN {_PUBLICATION} ON {_PUBLICATION}.activity_id = {_DAY}.publication_id"


def _of_publication(one: Publication, also: Any) -> Line:
    same = one.next_at == one.starts_at
    return Line(one, one.next_at, one.ends_at if same else max(one.next_at, one.ends_at), also=also)


def _of_day(row: tuple[Any, ...], columns: Columns, order: tuple[str, ...]) -> _Found:
    pk, day, starts_at, ends_at, sessions, *values, also = row
    one = instance(Publication, columns.names, values)
    begins, ends = instant(starts_at) or one.starts_at, instant(ends_at) or one.ends_at
    place = (begins, one.pk, pk)
    return _Found(
        Line(one, begins, ends, sessions, also=also), place if order is DAY_ORDER else (day, *place)
    )


def _in_place(question: Question) -> tuple[list[str], list[Any]]:
    """What limits the days of a question to its place, where it has a column there."""
    if question.place is None or (column := OF_DAYS.get(Level(question.place.level))) is None:
        return [], []
    return [f"{_DAY}.{column} = %s"], [question.place.code]


def _date(day: date) -> Any:
    return prepared(PublicationDay, "day", day)


def _at(found: _Found) -> tuple[Any, ...]:
    return found.at


def _lines_of(page: Page[_Found]) -> Page[Line]:
    return Page([found.line for found in page.items], page.next, page.previous)
