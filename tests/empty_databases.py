"""For tests: how their empty databases are made.

Of all SQLite files that are migrated from nothing, the first is; the others begin as copies of it: what the steps make of an
empty file is the same each time, and takes longer than the tests that ask for one. A database of PostgreSQL sorts text as a
language does, as most servers in use are set up, and not byte by byte, as SQLite does and as a test would take for granted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands.migrate import Command
from django.db import connections
from django.db.backends.postgresql.creation import DatabaseCreation

ALL_THE_WAY = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")


@contextmanager
def made_once(kept: Path) -> Iterator[None]:
    """While this lasts, what a whole ``migrate`` makes of nothing is kept in the file, and is what the next one makes."""
    migrate = Command.handle

    @wraps(migrate)
    def handle(command: Command, *args: Any, **options: Any) -> None:
        at_work = connections[options["database"]]
        if at_work.vendor != "sqlite" or any(options.get(name) for name in ALL_THE_WAY):
            return migrate(command, *args, **options)
        if at_work.introspection.table_names():
            return migrate(command, *args, **options)
        if not kept.exists():
            migrate(command, *args, **options)
            return _copy(at_work.connection, kept)
        at_work.ensure_connection()
        with closing(sqlite3.connect(kept)) as source:
            source.backup(at_work.connection)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", handle)
        yield


@contextmanager
def of_a_language() -> Iterator[None]:
    """While this lasts, test databases of PostgreSQL are made to sort as Chinese does, where the server knows how (from 15,
    built with ICU)."""

    def suffix(creation: Any) -> str:
        with creation._nodb_cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_collation WHERE collname = 'zh-x-icu'")
            knows = cursor.fetchone()[0] and cursor.connection.info.server_version >= 150000
        return "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN'" if knows else ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "sql_table_creation_suffix", suffix)
        yield


def _copy(source: sqlite3.Connection, kept: Path) -> None:
    """The file is there when it is whole."""
    draft = kept.with_suffix(".draft")
    with closing(sqlite3.connect(draft)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    draft.rename(kept)
