"""PostgreSQL's own ways: a trigger function against rewriting, tsvector with GIN for search, byte order for paths."""

from __future__ import annotations

import re
import time
from typing import Any

import psycopg

CODE_COLLATION: str | None = "C"
FOR_UPDATE = " FOR UPDATE"


def append_only(table: str) -> list[str]:
    """Statements that make ``table`` refuse UPDATE and DELETE."""
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $body$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $body$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]


def not_append_only(table: str) -> list[str]:
    """Statements that take :func:`append_only` back."""
    return [
        f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_refuse()",
    ]


def create_search(table: str) -> list[str]:
    """A search table of ``tokens`` in two orders: ``rowid`` is the key by time, ``news`` the key by newness.

    The planner walks an order where a word is common and takes the inverted index where it is rare; what waits to be
    added to that index is kept short, since every search reads it. Tokens lie in the row as long as a page holds them: to walk
    an order reads them of every row, and fetching them from elsewhere takes two to three times as long.
    """
    return [
        f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, news bigint NOT NULL, tokens tsvector NOT NULL) "
        "WITH (toast_tuple_target = 8160)",
        f"CREATE UNIQUE INDEX {table}_news ON {table} (news)",
        f"CREATE INDEX {table}_tokens ON {table} USING gin (tokens) WITH (gin_pending_list_limit = 256)",
        f"ALTER TABLE {table} ALTER COLUMN tokens SET STATISTICS 1000",
    ]


def drop_search(table: str) -> list[str]:
    return [f"DROP TABLE IF EXISTS {table}"]


def put_search(cursor: Any, table: str, *, row: int, news: int, words: list[str], labels: list[str]) -> None:
    """File one row under its two keys; where it was filed before it is removed first."""
    placed = [f"'{word}':{min(place, _LAST_POSITION)}" for place, word in enumerate(words, 1)]
    tokens = " ".join([*placed, *(f"'{label}'" for label in labels)])
    cursor.execute(
        f"INSERT INTO {table}(rowid, news, tokens) VALUES (%s, %s, %s::tsvector)", [row, news, tokens]
    )


_LAST_POSITION = 16383  # what a tsvector can hold


def remove_search(cursor: Any, table: str, *, row: int, news: int) -> None:
    """What is not there is no fault."""
    cursor.execute(f"DELETE FROM {table} WHERE rowid = %s", [row])


def move_search(cursor: Any, table: str, *, row: int, to: int) -> None:
    """Give a row another key in the order of time."""
    cursor.execute(f"UPDATE {table} SET rowid = %s WHERE rowid = %s", [to, row])


def select_search(table: str, *, by_news: bool, descending: bool) -> str:
    """Keys of what matches, in order. Parameters: a :func:`search_query`, the least and the greatest key, how many."""
    key, way = ("news" if by_news else "rowid"), ("DESC" if descending else "ASC")
    return f"SELECT {key} FROM {table} WHERE tokens @@ %s::tsquery AND {key} BETWEEN %s AND %s ORDER BY {key} {way} LIMIT %s"


FINDS_IN_ORDER = False


def count_and_select_search(table: str, *, by_news: bool, descending: bool) -> str:
    """The first keys of what matches, in order, each with how many match, counted up to a bound; of more than the bound they
    are any. Parameters: a :func:`search_query`, the least and the greatest key, the bound, how many keys.

    Walking an order until enough was found is quick only where what matches lies evenly in it; this takes no longer than
    the bound says, wherever it lies.
    """
    key, way = ("news" if by_news else "rowid"), ("DESC" if descending else "ASC")
    return (
        f"WITH found AS MATERIALIZED (SELECT {key} AS key FROM {table} WHERE tokens @@ %s::tsquery AND {key} BETWEEN %s AND %s "
        f"LIMIT %s) SELECT key, (SELECT count(*) FROM found) FROM found ORDER BY key {way} LIMIT %s"
    )


def count_search(table: str) -> str:
    """How many match by the order of time, no further than the last parameter; parameters as above."""
    return f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE tokens @@ %s::tsquery AND rowid BETWEEN %s AND %s LIMIT %s) s"


def search_query(phrases: list[list[str]], labels: list[list[str]]) -> str:
    """Every phrase must occur, its tokens side by side, and of each list of labels at least one."""
    asked = ["(" + " <-> ".join(f"'{token}'" for token in phrase) + ")" for phrase in phrases]
    return " & ".join([*("(" + " | ".join(f"'{label}'" for label in some) + ")" for some in labels), *asked])


def between_by_bytes(column: str) -> tuple[str, str]:
    """The condition that text lies from one parameter on and before another, and the order to match: ranges of an index
    of ``varchar_pattern_ops``, whatever the collation."""
    return f"{column} ~>=~ %s AND {column} ~<~ %s", f"{column} USING ~<~"


def among(column: str, values: list[Any], mark: str) -> tuple[str, Any]:
    """The condition that a column has one of some values, and its parameter."""
    return f"{column} = ANY({mark})", values


def reader(connection: Any) -> Any:
    """A cursor for :func:`kepu.core.db.rows_of`, whose statements are planned once for a connection, after a few times.

    Django's own cursors write the parameters into the statement, so that none is like another. Planning takes the server
    longer than doing what a page asks for. ``prepare_threshold`` of the connection says after how many times; None: never.
    Values come as the server has them: to read instants from text takes Python longer than all the rest of a row. One
    cursor serves a connection as long as it lasts, since whoever asks takes all rows at once.
    """
    connection.close_if_health_check_failed()  # what Django does for a cursor of its own
    connection.ensure_connection()
    connection.validate_thread_sharing()
    server = connection.connection
    if connection.queries_logged:
        return connection.make_debug_cursor(_Logged(server).in_binary())
    kept = getattr(server, "kepu_reader", None)
    if kept is None or kept.closed:
        kept = server.kepu_reader = _Reader(server).in_binary()
    return connection.make_cursor(kept)


class _Reader(psycopg.Cursor[Any]):
    """Asks for every value as the server has it."""

    def in_binary(self) -> _Reader:
        self.format = psycopg.pq.Format.BINARY
        return self


class _Logged(_Reader):
    """Names to Django's log what was asked also where no text was sent, because the server has the plan."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> _Logged:
        super().execute(query, params, **how)
        if self._query is None:
            self._query = self._convert_query(query, params)
        return self


def compact(connection: Any, tables: list[str], *, patience: float = 60.0) -> bool:
    """Leave nothing of what was changed in the tables' files and in the planner's samples. Each table is locked meanwhile.

    A row that was changed is written again as long as anybody's older snapshot could still read it: a long report, a copy
    being made, the server's own gathering of statistics. A table with such rows is done again for up to ``patience``
    seconds. Says whether nothing was left.
    """
    until = time.monotonic() + patience
    while tables := [table for table in tables if _left_behind(connection, table)]:
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def _left_behind(connection: Any, table: str) -> int:
    """Rewrite one table's file, and say how many changed rows had to be written again with it.

    The server says it in the detail of what it reports, and begins with the number in every language.
    """
    details: list[str] = []

    def note(diagnostic: Any) -> None:
        details.append(diagnostic.message_detail or "")

    with connection.cursor() as cursor:
        connection.connection.add_notice_handler(note)
        try:
            cursor.execute(f"VACUUM (FULL, VERBOSE, ANALYZE) {table}")
        finally:
            connection.connection.remove_notice_handler(note)
    return sum(int(found[0]) for detail in details if (found := re.search(r"\d+", detail)))
