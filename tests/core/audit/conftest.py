import pytest
from django.db import connection

from kepu.core import audit, engines
from kepu.core.db import transaction
from kepu.core.models import AuditEntry, TallyTotal
from tests.conftest import NOON


class Clerk:
    person_id = 7
    unit_id = 3


@transaction
def leave_traces(thing, *events, **detail):
    for event in events:
        audit.record(event, thing, by=Clerk, at=NOON, **detail)


def tamper(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def breaks(**kwargs):
    return [(found.seq, found.why) for found in audit.verify(**kwargs)]


@pytest.fixture
def thing():
    return TallyTotal.objects.create(season_id=1, scope="unit:1", measure="m", n=1)


@pytest.fixture
def untriggered():
    """Somebody with the database in their hands."""
    table = AuditEntry._meta.db_table
    for statement in engines.of(connection).not_append_only(table):
        tamper(statement)
    return table
