"""What differs between the two databases, where it must be felt the same."""

import threading

import pytest
from django.db import connection

from kepu.core.db import engine
from kepu.core.models import OutboxRow, TallyTotal

SAID = "值班电话 13911110001"


@pytest.fixture
def a_reader(transactional_db):
    """Somebody who began to read another table before the change and has not stopped: on another connection, until told."""
    begun, enough = threading.Event(), threading.Event()

    def read():
        with connection.cursor() as cursor:
            cursor.execute(
                "BEGIN ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else "BEGIN"
            )
            cursor.execute(f"SELECT count(*) FROM {OutboxRow._meta.db_table}")
            cursor.fetchall()
            begun.set()
            enough.wait(60)
            cursor.execute("COMMIT")
        connection.close()

    reader = threading.Thread(target=read)
    TallyTotal.objects.create(season_id=1, scope="unit:1", measure=SAID, n=1)
    reader.start()
    assert begun.wait(10)
    yield enough
    enough.set()
    reader.join()


def compacted(**how):
    return engine().compact(connection, [TallyTotal._meta.db_table], **how)


def test_while_somebody_reads_the_old_rows_compacting_does_not_claim_to_be_done(a_reader):
    TallyTotal.objects.update(measure="m")

    assert not compacted(patience=0.1)


def test_compacting_waits_for_who_still_reads(a_reader):
    TallyTotal.objects.update(measure="m")
    threading.Timer(0.5, a_reader.set).start()

    assert compacted(patience=30)
