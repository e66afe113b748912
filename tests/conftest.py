"""What every test may lean on: one instant, the system as actor, what the test runner does with a database."""

import gc
import re
import shutil
from collections import Counter
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from hashlib import sha256

import pytest
from django.db import connection, transaction
from hypothesis import settings

from kepu.activities.models.publication import SEARCH_TABLE
from kepu.config.settings.test import STORAGES
from kepu.core import engines
from kepu.core.calendar import CHINA
from kepu.core.models import AuditEntry
from kepu.notices import rulebook
from kepu.orgs.actor import SYSTEM
from tests.empty_databases import made_once, of_a_language
from tests.migration_states import step_by_step
from tests.standing import commits, ground, standing

# a first call may be slow on a busy machine; how long a case takes says nothing about whether it is right
settings.register_profile("kepu", deadline=None)
settings.load_profile("kepu")

step_by_step()

NOON = datetime(2023, 9, 1, 12, 0, tzinfo=CHINA)


def pytest_addoption(parser):
    parser.addoption(
        "--second-database", action="store_true",
        help="leave out what cannot differ between two databases: tests that use none, or say nothing of it (one_database), "
        "and all but a few cases of a test whose cases ask the database the same",
    )  # fmt: skip


def pytest_collection_finish():
    """What is loaded by now stays to the end: looking through it again and again frees nothing, and takes its time."""
    gc.collect()
    gc.freeze()


# what takes a worker half a minute or more; begun last it would keep one at work while the others wait
LONG = re.compile(
    r"^tests/(journeys/|cli/test_(setup|demo)|rehearsal/test_season|web/test_english|web/workspace/test_hostile)"
)


def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: not LONG.search(item.nodeid))
    if not config.getoption("--second-database"):
        return
    needed = _few_of_each([item for item in items if _tells_databases_apart(item)])
    config.hook.pytest_deselected(items=[item for item in items if item not in set(needed)])
    items[:] = needed


def _tells_databases_apart(item):
    used = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        getattr(item, "fixturenames", ())
    )
    one = item.get_closest_marker("one_database") or "/journeys/" in item.nodeid
    return bool(used) and not one


CASES = 2  # of each test, on a second database
# where a case is another question to the database, and not another word, layout, form or rule
ASKING = re.compile(
    r"^tests/core/|/test_(at_once|bound|conditions|impact|lists|paging|queries|recipients|search\w*)\.py"
)


def _few_of_each(items):
    """The cases of a test run the same statements: of each test the first few by the digest of their names."""
    few = Counter()
    kept = set()
    for item in sorted(items, key=lambda item: sha256(item.nodeid.encode()).digest()):
        test = item.nodeid.partition("[")[0]
        few[test] += 1
        if few[test] <= CASES or ASKING.search(test) or commits(item):
            kept.add(item)
    return [item for item in items if item in kept]


@contextmanager
def undone():
    """What is written inside is taken back at the end: for properties, where one test tries many cases."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def noon():
    """1 September 2023, 12:00 in China: the instant of tests that need just one."""
    return NOON


@pytest.fixture
def system():
    return SYSTEM


@standing
def standing_world():
    """Dongguan with its notice; nothing was filed."""
    from tests.factories.activities import a_world  # the factories take their noon from here

    return a_world()


@standing
def standing_reporting_world():
    """The same, where the notice asks for tables and summaries."""
    from tests.factories.returns import a_reporting_world

    return a_reporting_world()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    ground.clear_for(item)


@pytest.fixture(scope="session")
def one_empty_database(tmp_path_factory):
    """The file in which an empty database is kept for the next one that asks: see :mod:`tests.empty_databases`."""
    kept = tmp_path_factory.mktemp("empty") / "kepu.sqlite3"
    with made_once(kept), of_a_language():
        yield kept


@pytest.fixture(scope="session")
def django_db_setup(one_empty_database, django_db_setup):
    """The tests' database, as pytest-django makes it; before it is taken away nothing stands in it any more."""
    yield
    ground.clear()


@pytest.fixture
def levelled(request, django_db_setup, django_db_blocker):
    """The world that this test asks for stands, and no other."""
    ground.prepare(request.node, django_db_blocker)


@pytest.fixture
def _django_db_helper(levelled, _django_db_helper):
    """Where pytest-django begins the transaction of a test: what stands was there before."""


# What Django writes when a database is made, and no test touches: made anew it would cost more than the test.
OF_THE_DATABASE = {"auth_permission", "django_content_type"}


def _emptied_search(vendor):
    """Statements that empty the tables of the search; on SQLite the second keeps no text, and has a word for it."""
    words = {"sqlite": [f"INSERT INTO {SEARCH_TABLE}_news({SEARCH_TABLE}_news) VALUES ('delete-all')"]}
    return [f"DELETE FROM {SEARCH_TABLE}", *words.get(vendor, [])]


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_audit_triggers():
    """After a test with real commits Django empties every table: here by DELETE on every engine, since a hundred tables are
    empty already, and PostgreSQL's TRUNCATE makes new files for each. The audit's trigger refuses a DELETE, as it must. So
    the flush, and only the flush of the test runner, takes the triggers away and puts them back in its own transaction; the
    product itself has no such door. The search tables have no model, so Django does not know them: they go with the rest.
    """
    operations = type(connection.ops)
    audit = AuditEntry._meta.db_table

    @wraps(operations.sql_flush)
    def sql_flush(self, style, tables, **_how):
        engine = engines.of(self.connection)
        emptied = [
            f"DELETE FROM {self.quote_name(table)}" for table in tables if table not in OF_THE_DATABASE
        ]
        if not emptied:
            return []
        searched = _emptied_search(self.connection.vendor)
        return [*engine.not_append_only(audit), *emptied, *searched, *engine.append_only(audit)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_file_outlives_the_tests():
    yield
    shutil.rmtree(STORAGES["kept"]["OPTIONS"]["location"], ignore_errors=True)


@pytest.fixture
def folder(settings, tmp_path):
    """A folder of this test's own for the files that people hand in."""
    where = tmp_path / "files"
    settings.STORAGES = {**STORAGES, "kept": {**STORAGES["kept"], "OPTIONS": {"location": str(where)}}}
    return where


@pytest.fixture(autouse=True)
def no_rule_book_from_another_test():
    """A test's database is thrown away, so what was learnt from it must not outlive it."""
    rulebook.forget()
    yield
    rulebook.forget()
