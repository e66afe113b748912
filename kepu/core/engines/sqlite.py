"""SQLite's own ways: triggers against rewriting, FTS5 for search. Text compares by bytes already."""

from __future__ import annotations

import json
from typing import Any

CODE_COLLATION: str | None = None
FOR_UPDATE = ""  # one writer at a time already


def append_only(table: str) -> list[str]:
    """Statements that make ``table`` refuse UPDATE and DELETE."""
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def not_append_only(table: str) -> list[str]:
    """Statements that take :func:`append_only` back."""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]


_TOKENS = "tokenize=\"unicode61 remove_diacritics 0 tokenchars ':_.-'\""


def create_search(table: str) -> list[str]:
    """A search table of ``tokens`` in two orders. FTS5 hands out what matches in the order of ``rowid``, and stops when it
    has enough: so ``rowid`` is the key of the order, once by time and once by newness."""
    return [
        f"CREATE VIRTUAL TABLE {table} USING fts5(tokens, detail='full', {_TOKENS})",
        f"CREATE VIRTUAL TABLE {table}_news USING fts5(tokens, detail='full', content='', {_TOKENS})",
    ]


def drop_search(table: str) -> list[str]:
    return [f"DROP TABLE IF EXISTS {table}", f"DROP TABLE IF EXISTS {table}_news"]


def put_search(cursor: Any, table: str, *, row: int, news: int, words: list[str], labels: list[str]) -> None:
    """File one row under its two keys; where it was filed before it is removed first."""
    tokens = " ".join([*words, *labels])
    cursor.execute(f"INSERT INTO {table}(rowid, tokens) VALUES (%s, %s)", [row, tokens])
    cursor.execute(f"INSERT INTO {table}_news(rowid, tokens) VALUES (%s, %s)", [news, tokens])


def remove_search(cursor: Any, table: str, *, row: int, news: int) -> None:
    """What is not there is no fault. The second table keeps no text, and is told what to forget."""
    cursor.execute(
        f"INSERT INTO {table}_news({table}_news, rowid, tokens) SELECT 'delete', %s, tokens FROM {table} WHERE rowid = %s",
        [news, row],
    )
    cursor.execute(f"DELETE FROM {table} WHERE rowid = %s", [row])


def move_search(cursor: Any, table: str, *, row: int, to: int) -> None:
    """Give a row another key in the order of time."""
    cursor.execute(
        f"INSERT INTO {table}(rowid, tokens) SELECT %s, tokens FROM {table} WHERE rowid = %s", [to, row]
    )
    cursor.execute(f"DELETE FROM {table} WHERE rowid = %s", [row])


def select_search(table: str, *, by_news: bool, descending: bool) -> str:
    """Keys of what matches, in order. Parameters: a :func:`search_query`, the least and the greatest key, how many."""
    name = f"{table}_news" if by_news else table
    way = "DESC" if descending else "ASC"
    return f"SELECT rowid FROM {name} WHERE {name} MATCH %s AND rowid BETWEEN %s AND %s ORDER BY rowid {way} LIMIT %s"


FINDS_IN_ORDER = True  # whatever a search asks, what matches comes in the order of keys


def count_search(table: str) -> str:
    """How many match by the order of time, no further than the last parameter; parameters as above."""
    return f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH %s AND rowid BETWEEN %s AND %s LIMIT %s)"


def search_query(phrases: list[list[str]], labels: list[list[str]]) -> str:
    """Every phrase must occur, its tokens side by side, and of each list of labels at least one."""
    asked = ["(" + " OR ".join(f'"{label}"' for label in some) + ")" for some in labels]
    return " AND ".join([*asked, *('"' + " ".join(phrase) + '"' for phrase in phrases)])


def between_by_bytes(column: str) -> tuple[str, str]:
    """The condition that text lies from one parameter on and before another, and the order to match: ranges of an index."""
    return f"{column} >= %s AND {column} < %s", column


def among(column: str, values: list[Any], mark: str) -> tuple[str, Any]:
    """The condition that a column has one of some values, and its parameter."""
    return f"{column} IN (SELECT value FROM json_each({mark}))", json.dumps(values)


def reader(connection: Any) -> Any:
    """A cursor for :func:`kepu.core.db.rows_of`. The module of SQLite keeps what was compiled by itself."""
    return connection.cursor()


def compact(connection: Any, tables: list[str], *, patience: float = 60.0) -> bool:
    """Leave nothing of what was changed in the file: rewrite it whole, and empty the write-ahead log.

    Says whether it did: another connection that reads keeps the log, and is waited for up to ``patience`` seconds.
    """
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        try:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _log, _moved = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return not busy
