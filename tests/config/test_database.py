import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection

from kepu.config.database import KEEPS_PLANS_AFTER, POOL, POSTGRES_OPTIONS, SQLITE_OPTIONS, database


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///kepu.sqlite3", "kepu.sqlite3"),
        ("sqlite:////srv/%E7%A7%91/kepu.sqlite3", "/srv/科/kepu.sqlite3"),
    ],
)
def test_an_sqlite_address_is_a_file(url, name):
    found = database(url)
    assert (found["ENGINE"], found["NAME"], found["OPTIONS"], found["CONN_MAX_AGE"]) == (
        "django.db.backends.sqlite3", name, SQLITE_OPTIONS, 600,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (
            "postgresql://me:p%40ss@db.example.cn:5433/kepu",
            ("kepu", "me", "p@ss", "db.example.cn", "5433", {}),
        ),
        ("postgres://me@db/kepu?sslmode=require", ("kepu", "me", "", "db", "", {"sslmode": "require"})),
        ("postgresql:///kepu", ("kepu", "", "", "", "", {})),
        ("postgresql:///kepu?options=", ("kepu", "", "", "", "", {"options": "", "prepare_threshold": None})),
        ("postgresql:///kepu?prepare_threshold=3", ("kepu", "", "", "", "", {"prepare_threshold": 3})),
        ("postgresql:///kepu?prepare_threshold=", ("kepu", "", "", "", "", {"prepare_threshold": None})),
        (
            "postgresql:///kepu?options=&prepare_threshold=0",
            ("kepu", "", "", "", "", {"options": "", "prepare_threshold": 0}),
        ),
        ("postgresql://me@/kepu?host=%2Fvar%2Frun&port=5432", ("kepu", "me", "", "/var/run", "5432", {})),
    ],
)
def test_a_postgresql_address_says_who_and_where(url, parts):
    found = database(url)
    name, user, password, host, port, options = parts
    assert found == {
        "ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": user, "PASSWORD": password, "HOST": host,
        "PORT": port, "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": POOL, "options": POSTGRES_OPTIONS, "prepare_threshold": KEEPS_PLANS_AFTER, **options},
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x/y",
        "kepu.sqlite3",
        "",
        "sqlite://kepu.sqlite3",
        "sqlite:///",
        "postgresql:///kepu?prepare_threshold=often",
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match="address"):
        database(url)


FORKED = """
import os, django
django.setup()
from django.db import connection, connections

def backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]

own = backend()
{before}
seen, told = os.pipe()
if os.fork() == 0:
    os.write(told, str(backend()).encode())
    os._exit(0)
os.wait()
print(int(os.read(seen, 20)) != own, backend() == own or {before!r} != "")
"""


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", ["", "from kepu.core.db import let_go; let_go()"])
def test_a_forked_process_never_speaks_on_its_parents_connection(before):
    """Two on one connection would read each other's answers: one person's rows on another's page."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has a pool of connections")
    held = connection.settings_dict
    user, host, port, name = (held[key] for key in ("USER", "HOST", "PORT", "NAME"))
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "kepu.config.settings.dev",
        "KEPU_DATABASE_URL": f"postgresql://{user}:{quote(held['PASSWORD'])}@/{name}?host={quote(host, safe='')}&port={port}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", FORKED.format(before=before)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout.strip(), done.returncode) == ("True True", 0), done.stderr
