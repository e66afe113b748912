"""Which database, from one address: ``sqlite:///kepu.sqlite3`` or ``postgresql://user:password@host:5432/name``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_OPTIONS = {
    # a transaction takes the write lock when it begins: it waits its turn instead of failing in the middle
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
}

# Pages ask for a few rows each. To share that among several processes of the server, or to compile it first, takes ten
# times as long as to do it.
POSTGRES_OPTIONS = "-c max_parallel_workers_per_gather=0 -c jit=off"
# A process of the server answers one reader after another and needs one connection, whose plans are then soon all made;
# whoever asks from several threads gets more.
POOL = {"min_size": 1, "max_size": 4}
# After how often a connection keeps the plan of a statement that is written once: see kepu.core.db.rows_of.
KEEPS_PLANS_AFTER = 5


def database(url: str) -> dict[str, Any]:
    """The entry of ``DATABASES`` for an address. Raises ValueError for one that is none.

    ``sqlite:///a/b`` is relative to the working directory, ``sqlite:////a/b`` absolute. What follows ``?`` goes to
    PostgreSQL's client (``host=/var/run/postgresql``, ``sslmode=require``); ``options=`` leaves the server as it is set up
    and lets it keep no plans, for a pooler in between that knows no such things. ``prepare_threshold=`` says after how often
    a plan is kept; with nothing behind it, never.
    """
    parts = urlsplit(url)
    name = unquote(parts.path[1:])
    if parts.scheme == "sqlite":
        if parts.netloc or not name:
            raise ValueError("An SQLite address has three slashes and a file: sqlite:///kepu.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": dict(SQLITE_OPTIONS),
            "CONN_MAX_AGE": 600,
        }
    if parts.scheme in ("postgresql", "postgres"):
        more = dict(parse_qsl(parts.query, keep_blank_values=True))
        usual = "" if "options" in more else str(KEEPS_PLANS_AFTER)
        keeps_plans_after = more.pop("prepare_threshold", usual)
        if keeps_plans_after and not keeps_plans_after.isdecimal():
            raise ValueError(
                f"In a database address prepare_threshold is a whole number, not {keeps_plans_after!r}."
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": more.pop("host", "") or unquote(parts.hostname or ""),
            "PORT": more.pop("port", "") or str(parts.port or ""),
            "OPTIONS": {
                "pool": dict(POOL),
                "options": POSTGRES_OPTIONS,
                **more,
                "prepare_threshold": int(keeps_plans_after) if keeps_plans_after else None,
            },
            "CONN_MAX_AGE": 0,  # the pool keeps connections; Django allows only one of the two
        }
    raise ValueError(
        f"A database address begins with sqlite:/// or postgresql://, not with {parts.scheme or 'that'!r}."
    )


def training_database(real: dict[str, Any], url: str = "") -> dict[str, Any]:
    """The entry of the training space's database: at ``url``, else an SQLite file beside the real one.

    Raises ValueError where it would be the real database itself, or where an address is needed.
    """
    if url:
        entry = database(url)
    elif "sqlite" in real["ENGINE"]:
        file = Path(real["NAME"])
        entry = database("sqlite:///beside")
        entry["NAME"] = str(file.with_name(f"{file.stem}-training{file.suffix}"))
    else:
        raise ValueError(
            "beside a PostgreSQL database it is needed: give the training space a database of its own."
        )
    if _where(entry) == _where(real):
        raise ValueError("this is the real database; the training space needs one of its own.")
    return entry


def _where(entry: dict[str, Any]) -> tuple[str, ...]:
    """What tells one database from another: its file, or its server and name, whoever signs in there."""
    if "sqlite" in entry["ENGINE"]:
        return ("sqlite", str(Path(entry["NAME"]).resolve()))
    host = {"localhost": "127.0.0.1", "::1": "127.0.0.1"}.get(entry["HOST"], entry["HOST"])
    return ("postgresql", host, entry["PORT"] or "5432", entry["NAME"])
