"""A database made for one run and thrown away: nothing that is played there touches anybody's records."""

from __future__ import annotations

import getpass
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils.translation import gettext as _

from kepu.config.database import database
from kepu.core import files, space
from kepu.core.refusals import Incomplete
from kepu.notices import rulebook

# nobody needs a thrown-away database after a power cut
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456"
)
SOCKETS = ("/var/run/postgresql", "/tmp")


@contextmanager
def throwaway(engine: str = "sqlite", *, keep: bool = False, safe: bool = False) -> Iterator[str]:
    """Let this process work on an empty, migrated database of ``engine``; gives its address.

    Kept on request. ``safe`` commits as where people work, for measuring. Afterwards the process is where it was.
    """
    with (
        _on_postgres(keep, safe) if engine == "postgres" else _on_sqlite(keep, safe) as (entry, address),
        instead(entry),
        tempfile.TemporaryDirectory(prefix="kepu-files-") as folder,
        files.kept_in(Path(folder)),
    ):
        call_command("migrate", verbosity=0)
        space.enter()
        yield address


@contextmanager
def _on_sqlite(keep: bool, safe: bool) -> Iterator[tuple[dict[str, Any], str]]:
    folder = Path(tempfile.mkdtemp(prefix="kepu-rehearsal-"))
    path = folder / "kepu.sqlite3"
    entry = database(f"sqlite:///{quote(str(path))}")
    if not safe:
        entry["OPTIONS"]["init_command"] = PRAGMAS
    try:
        yield entry, f"sqlite:///{path}"
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _on_postgres(keep: bool, safe: bool) -> Iterator[tuple[dict[str, Any], str]]:
    server = postgres_server()
    if server is None:
        raise Incomplete(
            _(
                "没有找到可以建库的 PostgreSQL。请用环境变量 KEPU_TEST_DATABASE_URL 写明地址，或改用 --database temp。"
            )
        )
    name = f"kepu_rehearsal_{os.getpid()}"
    with psycopg.connect(server, dbname="postgres", autocommit=True) as at_server:
        at_server.execute(f'CREATE DATABASE "{name}"'.encode())
        info = at_server.info
        entry = database(f"postgresql://server/{name}")
        entry |= {
            "USER": info.user,
            "PASSWORD": info.password,
            "HOST": info.host,
            "PORT": str(info.port),
            "CONN_MAX_AGE": None,
        }
        if not safe:
            entry["OPTIONS"]["options"] += " -c synchronous_commit=off"
        try:
            yield entry, f"postgresql://{info.host}:{info.port}/{name}"
        finally:
            if not keep:
                at_server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def instead(entry: dict[str, Any]) -> Iterator[None]:
    """Work on another database in the place of the default one, as a rehearsal; afterwards everything is as before."""
    # Django finds a pool by the name "default" alone: with one, this would be the database from before
    entry = {**entry, "OPTIONS": {name: value for name, value in entry["OPTIONS"].items() if name != "pool"}}
    before, rehearsing = connections["default"], settings.KEPU_REHEARSAL
    known = connections.settings["default"]
    connections.settings["default"] = connections.configure_settings({"default": entry})["default"]
    connections["default"] = connections.create_connection("default")
    settings.KEPU_REHEARSAL = True
    rulebook.forget()  # books are known by ids, which mean something else in another database
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"], connections["default"] = known, before
        settings.KEPU_REHEARSAL = rehearsing
        rulebook.forget()


def postgres_server() -> str | None:
    """How to reach a PostgreSQL that lets us make databases: the one named in the environment, else one on this machine."""
    named = os.environ.get("KEPU_TEST_DATABASE_URL")
    users = dict.fromkeys([os.environ.get("PGUSER") or getpass.getuser(), "postgres"])
    near = [f"host={host} user={user}" for host in ("127.0.0.1", *SOCKETS) for user in users]
    around = [""] if os.environ.get("PGHOST") or os.environ.get("PGPORT") else []
    for candidate in [named] if named else [*around, *near]:
        try:
            with psycopg.connect(candidate, dbname="postgres", connect_timeout=3) as found:
                row = found.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
                if row and row[0]:
                    return candidate
        except psycopg.OperationalError:
            continue
    return None
