"""A training space is made from the real one: what is to be practised crosses, nobody's data does, nothing comes back."""

import os
import re
import sqlite3
from contextlib import closing
from urllib.parse import quote

import psycopg
import pytest
from click.testing import CliRunner
from django.apps import apps
from django.conf import settings as live
from django.db import connection, connections

from kepu.accounts.models import Person
from kepu.cli import cli
from kepu.cli.doctor import look_over
from kepu.cli.throwaway import instead
from kepu.config.database import POOL, database
from kepu.core import space
from kepu.core.models import AuditEntry
from kepu.core.secrets import EncryptedTextField
from kepu.orgs.models import Message, Place, Post, Role, Unit
from kepu.rehearsal.training.copying import CROSSING, STAYING
from tests.factories.accounts import a_person
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_hook, a_post

PHONE = "13912345678"


@pytest.fixture
def world(db):
    """A season in which people file, with what is theirs: names, mailboxes, phones, messages, activities."""
    world = a_world()
    space.enter()
    person = a_person("李知春", username="zhichun", email="zhichun@example.cn")
    person.put_phone(PHONE)
    person.save()
    a_post(world.school, Role.FILER, person=person)
    a_hook(world.school, "李知春的办公系统")
    Unit.objects.filter(pk=world.school.pk).update(credit_code="91441900MA4W0BXN3X")
    Message.objects.create(
        unit=world.school, kind="x", subject="李知春请审核", sent_at=china(2023, 9, 1), outbox_key="k"
    )
    an_activity(world, title="李知春的讲座")
    return world


@pytest.fixture
def file(settings, tmp_path):
    settings.KEPU_TRAINING_DATABASE_URL = f"sqlite:///{tmp_path}/training.sqlite3"
    return tmp_path / "training.sqlite3"


def opened(*arguments):
    return CliRunner().invoke(cli, ["training", "open", *arguments], catch_exceptions=True)


def rows(file, sql):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def counted(model):
    return model.objects.count()


def test_the_notices_and_units_cross_and_people_practise_under_names_of_nobody(world, file):
    before = {model: counted(model) for model in (Person, Post, AuditEntry, Unit)}

    said = opened("--place", "441900", "--seats", "1")

    assert (said.exit_code, said.exception) == (0, None)
    assert rows(file, "SELECT kind FROM core_spacemark") == [("rehearsal",)]
    for model in CROSSING:
        (copied,) = rows(file, f"SELECT count(*) FROM {model._meta.db_table}")[0]
        assert copied == counted(model), model
    tree = dict(Place.objects.order_by("pk").values_list("path", "parent_id"))
    assert dict(rows(file, "SELECT path, parent_id FROM orgs_place")) == tree
    people = rows(file, "SELECT username FROM accounts_person ORDER BY id")
    assert [name for (name,) in people if not name.startswith("xunlian-")] == []
    assert [name for (name,) in people][-1] == "xunlian-01"
    assert re.search(r"密码都是 \w{4}-\w{4}-\w{4} ，只显示这一次", said.output)
    # the real one was only read
    assert {model: counted(model) for model in before} == before
    assert live.KEPU_REHEARSAL is False
    assert "real" not in connections


@pytest.mark.one_database
def test_nothing_of_anybody_is_in_the_file(world, file):
    opened("--seats", "0")
    content = file.read_bytes()
    secrets = ["李知春", "zhichun", PHONE, "91441900MA4W0BXN3X", "t0p", world.filer.person_name]
    assert [text for text in secrets if text.encode() in content] == []
    full = {t for (t,) in rows(file, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    made_here = {
        "accounts_person",
        "orgs_post",
        "core_auditentry",
        "core_auditstrand",
        "core_spacemark",
        "accounts_signin",
    }
    copied = {model._meta.db_table for model in CROSSING}
    of_django = {t for t in full if t.startswith(("django_", "auth_", "sqlite_"))}
    others = {t for t in full - made_here - copied - of_django if "search" not in t}
    assert {t: rows(file, f"SELECT count(*) FROM {t}")[0][0] for t in others} == dict.fromkeys(others, 0)


@pytest.mark.one_database
def test_opened_again_it_holds_nothing_that_was_practised(world, file):
    opened("--seats", "1")
    first = rows(file, "SELECT password FROM accounts_person ORDER BY id")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE orgs_unit SET name = '练习时改的'")
        connection.commit()

    assert opened("--seats", "1").exit_code == 0

    assert rows(file, "SELECT count(*) FROM orgs_unit WHERE name = '练习时改的'") == [(0,)]
    assert set(rows(file, "SELECT password FROM accounts_person")).isdisjoint(first)


@pytest.mark.one_database
def test_a_database_with_something_else_in_it_is_left_alone(world, file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE somebodys (work TEXT)")
    assert "里已有数据，又不是培训空间" in str(opened().exception)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE core_spacemark (id INTEGER, kind TEXT, marked_at TEXT)")
        connection.execute("INSERT INTO core_spacemark VALUES (1, 'real', '')")
        connection.commit()
    assert isinstance(opened().exception, space.WrongSpace)
    assert ("somebodys",) in rows(file, "SELECT name FROM sqlite_master")


@pytest.mark.one_database
def test_an_unknown_place_leaves_the_old_training_space_as_it_was(world, file):
    opened("--seats", "1")
    before = file.read_bytes()
    assert str(opened("--place", "999999").exception) == "没有代码为“999999”的地区。"
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir() if "preparing" in path.name] == []


@pytest.mark.one_database
def test_its_clock_is_its_own(world, file):
    assert "还没有培训空间" in str(CliRunner().invoke(cli, ["training", "clock", "2023-09-08"]).exception)
    opened("--seats", "0")
    CliRunner().invoke(cli, ["training", "clock", "2023-09-08"], catch_exceptions=False)
    assert rows(file, "SELECT shown FROM core_rehearsalclock") == [("2023-09-08 01:00:00",)]


def test_a_training_space_is_not_opened_from_inside_a_rehearsal(world, file, settings):
    settings.KEPU_REHEARSAL = True
    assert "培训空间要从正式的一套建立" in str(opened().exception)
    assert not file.exists()


def test_every_column_of_what_crosses_has_been_judged():
    """A new column stays behind until somebody has said here that it is nobody's personal data."""
    for model, names in CROSSING.items():
        columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        assert sorted(columns) == sorted([*names, *STAYING.get(model, ())]), model
        fields = [model._meta.get_field(name) for name in names]
        assert [f.name for f in fields if isinstance(f, EncryptedTextField)] == []
        leads_to = {f.related_model for f in fields if f.related_model}
        assert leads_to <= set(CROSSING), model
    assert apps.get_model("accounts.Person") not in CROSSING


@pytest.fixture
def server_database(settings, db):
    """An empty database on the server that the tests run on; gives how to ask it."""
    if connection.vendor != "postgresql":
        pytest.skip("only a server has databases to make")
    name = f"kepu_training_test_{os.getpid()}"
    known = connection.connection.info
    address = {"host": known.host, "port": known.port, "user": known.user, "password": known.password}
    settings.KEPU_TRAINING_DATABASE_URL = f"postgresql://{quote(known.user)}:{quote(known.password)}@/{name}?host={known.host}&port={known.port}"

    def ask(sql):
        with psycopg.connect(**address, dbname=name) as asked:
            return asked.execute(sql).fetchall()

    with psycopg.connect(**address, dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield ask
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.postgres_only
def test_a_database_of_a_server_is_emptied_and_filled_again(world, server_database):
    before = counted(Unit)
    for _time in range(2):
        assert opened("--seats", "1").exception is None
        assert server_database("SELECT kind FROM core_spacemark") == [("rehearsal",)]
        assert server_database("SELECT count(*) FROM orgs_unit") == [(before,)]
        assert server_database("SELECT count(*) FROM accounts_person WHERE username LIKE 'xunlian-%'") == [
            (2,)
        ]
    # what is made there next gets a number of its own
    assert server_database("SELECT nextval('orgs_unit_id_seq') > max(id) FROM orgs_unit") == [(True,)]
    assert (counted(Unit), space.marked()) == (before, space.Space.REAL)


def test_another_database_is_never_reached_through_the_pool_of_this_one(settings, tmp_path):
    """Django keeps pools by alias: a pool of “default” would lead back to the real database."""
    entry = database("postgresql://nobody@training.example.cn/kepu_training")
    assert entry["OPTIONS"]["pool"] == POOL
    with instead(entry):
        assert "pool" not in connections["default"].settings_dict["OPTIONS"]
        assert connections["default"].settings_dict["NAME"] == "kepu_training"


def graded():
    return {one.code: (one.grade.value, one.what) for one in look_over()}


def test_the_doctor_tells_a_training_space_from_a_mistake(world, file, settings):
    found = graded()
    assert found["space.mark"][0] == "fine"
    assert "space.training" not in found

    settings.KEPU_TRAINING_URL, settings.KEPU_PUBLIC_URL = (
        "https://lianxi.example.cn",
        "https://kepu.example.cn",
    )
    assert graded()["space.training"] == ("warning", "培训空间还没有建（KEPU_TRAINING_URL 已经设了）。")
    opened("--seats", "0")
    assert graded()["space.training"] == ("fine", "培训空间是另一个数据库，里面只有培训账号。")

    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE accounts_person SET username = 'zhang' WHERE username LIKE 'xunlian-s1'")
        connection.commit()
    assert graded()["space.training"][0] == "fault"
    settings.KEPU_TRAINING_URL = settings.KEPU_PUBLIC_URL
    assert graded()["space.training"][0] == "fault"


def test_the_doctor_says_when_a_process_stands_in_the_wrong_space(world, settings):
    settings.KEPU_REHEARSAL = True
    assert graded()["space.mark"][0] == "fault"
