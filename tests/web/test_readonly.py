"""A page may only read."""

import pytest
from django.db import connection, transaction
from django.test import RequestFactory

from kepu.orgs.models import Term
from kepu.web import readonly


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        " (SELECT 1) UNION (SELECT 2)",
        "EXPLAIN SELECT 1",
        "WITH RECURSIVE up AS (SELECT 1) SELECT * FROM up",
        'SAVEPOINT "s1"',
        'RELEASE SAVEPOINT "s1"',
        'DELETE FROM "django_session" WHERE "session_key" = %s',
    ],
)
def test_reading_goes_through(sql):
    assert readonly.only_reads(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "orgs_term" VALUES (1)',
        'UPDATE "orgs_term" SET code = 1',
        'DELETE FROM "orgs_term"',
        'DELETE FROM "django_session_archive"',
        "WITH gone AS (DELETE FROM orgs_term RETURNING *) SELECT * FROM gone",
        "SELECT 1 FROM orgs_term FOR UPDATE",
        "BEGIN IMMEDIATE",
        "DROP TABLE orgs_term",
        "TRUNCATE orgs_term",
    ],
)
def test_anything_else_does_not(sql):
    assert not readonly.only_reads(sql)


def writing(request):
    return Term.objects.create(vocabulary="unit_kind", code="school", name="学校")


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_page_that_writes_fails_and_writes_nothing(db, method):
    request = getattr(RequestFactory(), method)("/")

    with pytest.raises(readonly.PageWrote, match="INSERT INTO"), transaction.atomic():
        readonly.middleware(writing)(request)

    assert not Term.objects.exists()


def test_an_act_writes(db):
    readonly.middleware(writing)(RequestFactory().post("/"))
    assert Term.objects.get().name == "学校"


def test_where_people_work_it_is_noted_and_goes_on(db, settings, caplog):
    settings.KEPU_READ_ONLY_PAGES = "log"

    readonly.middleware(writing)(RequestFactory().get("/"))

    assert Term.objects.count() == 1
    assert "A page that only reads ran: INSERT INTO" in caplog.text


def test_after_the_page_writing_is_free_again(db):
    with readonly.reading():
        pass
    writing(None)
    assert not connection.execute_wrappers
