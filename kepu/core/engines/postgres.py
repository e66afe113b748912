"""PostgreSQL's own ways: a trigger function against rewriting, tsvector with GIN for search, byte order for paths."""

from __future__ import annotations

import re
import time
from typing import Any

PATH_COLLATION: str | None = "C"
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
    """A search table: ``rowid`` is the row's id, ``tokens`` what :func:`kepu.core.search.tokens` made."""
    return [
        f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        f"CREATE INDEX {table}_tokens ON {table} USING gin (tokens)",
    ]


def drop_search(table: str) -> list[str]:
    return [f"DROP TABLE IF EXISTS {table}"]


def put_search(table: str) -> str:
    """SQL with two parameters (id, tokens) that files or refiles one row."""
    return (
        f"INSERT INTO {table}(rowid, tokens) VALUES (%s, to_tsvector('simple', %s)) "
        f"ON CONFLICT (rowid) DO UPDATE SET tokens = excluded.tokens"
    )


def remove_search(table: str) -> str:
    return f"DELETE FROM {table} WHERE rowid = %s"


def match_search(table: str) -> str:
    """A sub-select with one parameter, a :func:`search_query`, that gives the ids of matching rows."""
    return f"SELECT rowid FROM {table} WHERE tokens @@ to_tsquery('simple', %s)"


def search_query(phrases: list[list[str]]) -> str:
    """Every phrase must occur; the tokens of a phrase stand side by side."""
    return " & ".join("(" + " <-> ".join(f"'{token}'" for token in phrase) + ")" for phrase in phrases)


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
