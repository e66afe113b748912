import pytest

from kepu.config.database import SQLITE_OPTIONS, database


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
        ("postgresql://me@/kepu?host=%2Fvar%2Frun&port=5432", ("kepu", "me", "", "/var/run", "5432", {})),
    ],
)
def test_a_postgresql_address_says_who_and_where(url, parts):
    found = database(url)
    name, user, password, host, port, options = parts
    assert found == {
        "ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": user, "PASSWORD": password, "HOST": host,
        "PORT": port, "OPTIONS": {"pool": True, **options}, "CONN_MAX_AGE": 0,
    }  # fmt: skip


@pytest.mark.parametrize("url", ["mysql://x/y", "kepu.sqlite3", "", "sqlite://kepu.sqlite3", "sqlite:///"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match="address"):
        database(url)
