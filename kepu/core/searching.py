"""Asking a search table: pages, counts and the first few of what has all words and labels of a question.

A table is made by the engines (``create_search``); its rows are filed under the keys of :func:`kepu.core.search.key`, once
by time and once by newness, and handed out lazily in either order. So a page costs what it shows, not what it matches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from kepu.core.db import engine
from kepu.core.paging import Page, page_of_keys
from kepu.core.search import keys_between, of_partition

TOGETHER = 1000  # nobody counts further
_ANY = keys_between(None, None)


@dataclass(frozen=True, slots=True)
class Search:
    """A question to one table: phrases of tokens, labels (of each tuple any one), and the times between which rows lie,
    which bound only what is asked for by time. ``partition`` is the part of the table that is asked
    (:func:`kepu.core.search.of_partition`)."""

    table: str
    phrases: Sequence[Sequence[str]] = ()
    labels: Sequence[tuple[str, ...]] = ()
    since: datetime | None = None
    before: datetime | None = None
    partition: str = ""

    def of_any(self) -> Search:
        """The same question to rows that have any one token of the phrases."""
        any_one = tuple(dict.fromkeys(token for phrase in self.phrases for token in phrase))
        return replace(self, phrases=(), labels=[*self.labels, any_one])

    def page(self, *, cursor: str = "", size: int = 20, descending: bool = False) -> Page[int]:
        """The page of keys by time that begins where ``cursor`` says. One query."""
        return self._page(cursor, size, by_news=False, descending=descending)

    def newest(self, *, cursor: str = "", size: int = 20) -> Page[int]:
        """The page of keys by newness, the newest first, at whatever time they lie. One query."""
        return self._page(cursor, size, by_news=True, descending=True)

    def first(self, count: int, *, descending: bool = False, by_news: bool = False) -> list[int]:
        """The first keys by time, or by newness. One query."""
        bounds = _ANY if by_news else self._bounds
        return self._fetch(*bounds, count, by_news=by_news, descending=descending)

    def first_and_count(
        self, count: int, *, descending: bool = False, by_news: bool = False
    ) -> tuple[list[int], int]:
        """The first keys, and how many there are, counted no further than one more than :data:`TOGETHER`. One query; of more
        than ``count`` (PostgreSQL: than :data:`TOGETHER`) two.
        """
        bounds = _ANY if by_news else self._bounds
        if not engine().FINDS_IN_ORDER:
            sql = engine().count_and_select_search(self.table, by_news=by_news, descending=descending)
            rows = self._run(sql, *bounds, TOGETHER + 1, count)
            found = int(rows[0][1]) if rows else 0
            if found <= TOGETHER:
                return [key for key, _found in rows], found
            return self.first(count, descending=descending, by_news=by_news), found
        keys = self.first(count, descending=descending, by_news=by_news)
        known = len(keys) < count
        return keys, min(len(keys), TOGETHER + 1) if known else self._count(*bounds, TOGETHER)

    def count(self, *, to: int = TOGETHER) -> int:
        """How many there are, counted no further than one more than ``to``. One query."""
        return self._count(*self._bounds, to)

    def _count(self, least: int, most: int, to: int) -> int:
        rows = self._run(engine().count_search(self.table), least, most, to + 1)
        return int(rows[0][0])

    @property
    def _bounds(self) -> tuple[int, int]:
        return keys_between(self.since, self.before)

    def _page(self, cursor: str, size: int, *, by_news: bool, descending: bool) -> Page[int]:
        lowest, highest = _ANY if by_news else self._bounds

        def fetch(beyond: int | None, backwards: bool, count: int) -> list[int]:
            down = descending != backwards
            least, most = lowest, highest
            if beyond is not None:
                least, most = (
                    (lowest, min(highest, beyond - 1)) if down else (max(lowest, beyond + 1), highest)
                )
            return self._fetch(least, most, count, by_news=by_news, descending=down)

        return page_of_keys(fetch, cursor=cursor, size=size)

    def _fetch(self, least: int, most: int, count: int, *, by_news: bool, descending: bool) -> list[int]:
        sql = engine().select_search(self.table, by_news=by_news, descending=descending)
        return [key for (key,) in self._run(sql, least, most, count)]

    def _run(self, sql: str, *parameters: int) -> list[tuple[Any, ...]]:
        phrases, labels = (
            [of_partition(self.partition, some) for some in asked] for asked in (self.phrases, self.labels)
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [engine().search_query(phrases, labels), *parameters])
            return list(cursor.fetchall())
