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
from kepu.core.search import keys_between

TOGETHER = 1000  # nobody counts further


@dataclass(frozen=True, slots=True)
class Search:
    """A question to one table: phrases of tokens, labels (of each tuple any one), and the times between which rows lie,
    which bound only what is asked for by time."""

    table: str
    phrases: Sequence[Sequence[str]] = ()
    labels: Sequence[tuple[str, ...]] = ()
    since: datetime | None = None
    before: datetime | None = None

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

    def first(self, count: int, *, descending: bool = False) -> list[int]:
        """The first keys by time. One query."""
        return self._fetch(*self._bounds, count, by_news=False, descending=descending)

    def count(self, *, to: int = TOGETHER) -> int:
        """How many there are, counted no further than one more than ``to``. One query."""
        rows = self._run(engine().count_search(self.table), *self._bounds, to + 1)
        return int(rows[0][0])

    @property
    def _bounds(self) -> tuple[int, int]:
        return keys_between(self.since, self.before)

    def _page(self, cursor: str, size: int, *, by_news: bool, descending: bool) -> Page[int]:
        lowest, highest = keys_between(None, None) if by_news else self._bounds

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
        query = engine().search_query(
            [list(phrase) for phrase in self.phrases], [list(some) for some in self.labels]
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [query, *parameters])
            return list(cursor.fetchall())
