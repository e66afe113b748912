"""Print the address of a PostgreSQL that lets us make test databases; print nothing and leave with 1 if none does.

Asked in this order: KEPU_TEST_DATABASE_URL (then nothing else), the PG* variables, this machine's port and sockets.
"""

import getpass
import os
import sys
from urllib.parse import quote

import psycopg

SOCKETS = ("/var/run/postgresql", "/tmp")


def candidates():
    if url := os.environ.get("KEPU_TEST_DATABASE_URL"):
        yield url
        return
    if os.environ.get("PGHOST") or os.environ.get("PGPORT"):
        yield ""  # libpq reads the variables itself
    users = dict.fromkeys([os.environ.get("PGUSER") or getpass.getuser(), "postgres"])
    for host in ("127.0.0.1", *SOCKETS):
        for user in users:
            yield f"host={host} user={user}"


def address(connection):
    """The connection that worked, as a URL; the database's name only serves as the stem of the test databases."""
    info = connection.info
    login = quote(info.user) + (f":{quote(info.password, safe='')}" if info.password else "")
    if info.host.startswith("/"):
        return f"postgresql://{login}@/kepu?host={quote(info.host, safe='')}&port={info.port}"
    return f"postgresql://{login}@{info.host}:{info.port}/kepu"


def may_create_databases(connection):
    row = connection.execute(
        "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    return row[0]


def main():
    given = os.environ.get("KEPU_TEST_DATABASE_URL")
    for candidate in candidates():
        try:
            with psycopg.connect(candidate, dbname="postgres", connect_timeout=3) as connection:
                if may_create_databases(connection):
                    print(given or address(connection))
                    return 0
                reason = f"{connection.info.user} may not create databases there"
        except psycopg.OperationalError as error:
            reason = str(error).strip().splitlines()[-1]
        if given:
            print(f"KEPU_TEST_DATABASE_URL cannot be used: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
