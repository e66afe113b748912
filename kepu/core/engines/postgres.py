"""PostgreSQL's own ways: a trigger function against rewriting, tsvector with GIN for search, byte order for paths."""

from __future__ import annotations

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


def compact(connection: Any, tables: list[str]) -> bool:
    """Leave nothing of what was changed in the tables' files and in the planner's samples. Each table is locked meanwhile."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
    return True
