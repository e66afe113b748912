"""SQLite's own ways: triggers against rewriting, FTS5 for search. Text compares by bytes already."""

from __future__ import annotations

from typing import Any

PATH_COLLATION: str | None = None
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


def create_search(table: str) -> list[str]:
    """A search table: ``rowid`` is the row's id, ``tokens`` what :func:`kepu.core.search.tokens` made."""
    return [f"CREATE VIRTUAL TABLE {table} USING fts5(tokens, tokenize='unicode61', detail='full')"]


def drop_search(table: str) -> list[str]:
    return [f"DROP TABLE IF EXISTS {table}"]


def put_search(table: str) -> str:
    """SQL with two parameters (id, tokens) that files or refiles one row."""
    return f"INSERT OR REPLACE INTO {table}(rowid, tokens) VALUES (%s, %s)"


def remove_search(table: str) -> str:
    return f"DELETE FROM {table} WHERE rowid = %s"


def match_search(table: str) -> str:
    """A sub-select with one parameter, a :func:`search_query`, that gives the ids of matching rows."""
    return f"SELECT rowid FROM {table} WHERE {table} MATCH %s"


def search_query(phrases: list[list[str]]) -> str:
    """Every phrase must occur; the tokens of a phrase stand side by side."""
    return " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)


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
