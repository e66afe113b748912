from datetime import UTC
from itertools import product

import pytest
from django.db import DatabaseError, connection
from django.db import transaction as django_transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.core import audit, engines
from kepu.core.db import ActError, transaction
from kepu.core.models import AuditEntry, AuditStrand, TallyTotal
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


class Clerk:
    person_id = 7
    unit_id = 3


@pytest.fixture
def thing():
    return TallyTotal.objects.create(season_id=1, scope="unit:1", measure="m", n=1)


@transaction
def leave_traces(thing, *events, **detail):
    for event in events:
        audit.record(event, thing, by=Clerk, at=NOON, **detail)


@pytest.fixture
def untriggered():
    """Somebody with the database in their hands."""
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        for statement in engines.of(connection).not_append_only(table):
            cursor.execute(statement)
    return table


def tamper(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def breaks():
    return [(found.seq, found.why) for found in audit.verify()]


def test_a_trace_says_who_did_what_when_for_whom(thing):
    leave_traces(thing, "filed", before="draft")

    row = audit.of(thing).get()
    assert (row.event, row.thing, row.thing_id, row.person_id, row.unit_id, row.at, row.detail) == (
        "filed", "tallytotal", thing.pk, 7, 3, NOON, {"before": "draft"},
    )  # fmt: skip


def test_a_trace_outside_an_act_is_refused(thing):
    with pytest.raises(ActError):
        audit.record("filed", thing, by=Clerk, at=NOON)


def test_the_traces_of_one_act_follow_each_other_in_one_strand(thing):
    leave_traces(thing, "filed", "told")
    leave_traces(thing, "returned")

    rows = list(audit.of(thing))
    assert [(row.event, row.seq) for row in rows] == [("filed", 1), ("told", 2), ("returned", 3)]
    assert [row.previous for row in rows] == ["", rows[0].hash, rows[1].hash]
    head = AuditStrand.objects.get(pk=rows[0].strand)
    assert (head.length, head.head) == (3, rows[2].hash)


def test_an_untouched_trail_has_no_break(thing):
    leave_traces(thing, "filed", "returned")
    assert breaks() == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE {t} SET event = 'x' WHERE seq = 2", [(2, "写入之后被改过")]),
        ("UPDATE {t} SET person_id = NULL WHERE seq = 1", [(1, "写入之后被改过")]),
        (
            "DELETE FROM {t} WHERE seq = 2",
            [(3, "接不上前一行")],
        ),
        ("DELETE FROM {t} WHERE seq = 3", [(2, "链尾少了行，或链头被改过")]),
        ("DELETE FROM {t}", [(0, "链尾少了行，或链头被改过")]),
    ],
)  # fmt: skip
def test_tampering_is_found(thing, untriggered, sql, found):
    leave_traces(thing, "filed", "returned", "approved")
    tamper(sql.format(t=untriggered))
    seen = breaks()
    assert [one for one in seen if one[1] != "少了一行，或次序不对"] == found


def test_a_removed_row_leaves_a_gap(thing, untriggered):
    leave_traces(thing, "filed", "returned", "approved")
    tamper(f"DELETE FROM {untriggered} WHERE seq = 2")
    assert (2, "少了一行，或次序不对") in breaks()


def test_rows_that_changed_places_are_found(thing, untriggered):
    leave_traces(thing, "filed", "returned", "approved")
    for swap in ("seq = 99 WHERE seq = 1", "seq = 1 WHERE seq = 2", "seq = 2 WHERE seq = 99"):
        tamper(f"UPDATE {untriggered} SET {swap}")
    assert {seq for seq, _why in breaks()} == {1, 2, 3}


def test_a_strand_without_its_head_is_found(thing):
    leave_traces(thing, "filed")
    AuditStrand.objects.all().delete()
    assert breaks() == [(1, "链头不见了")]


def test_a_row_slipped_into_a_strand_of_its_own_is_found(thing, untriggered):
    leave_traces(thing, "filed")
    tamper(f"UPDATE {untriggered} SET strand = 99")
    assert (1, "这条链上不该有行") in breaks()


@pytest.mark.parametrize(
    "sql", ["UPDATE {t} SET event = 'x'", "DELETE FROM {t}", "DELETE FROM {t} WHERE seq = 1"]
)
def test_the_database_itself_refuses_to_rewrite(thing, sql):
    leave_traces(thing, "filed")
    with pytest.raises(DatabaseError, match="append-only"), django_transaction.atomic():
        tamper(sql.format(t=AuditEntry._meta.db_table))
    assert audit.of(thing).get().event == "filed"


@settings(deadline=None, max_examples=60)
@given(
    detail=st.dictionaries(
        st.text("abc", min_size=1),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text("x科\\\"'é\n", max_size=8)
            | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e18, max_value=1e18).map(lambda x: round(x, 3)),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1), inner, max_size=3),
            max_leaves=6,
        ),
        max_size=4,
    )
)  # fmt: skip
def test_any_plain_detail_comes_back_with_its_hash(detail):
    thing = TallyTotal(pk=1)
    leave_traces(thing, "filed", **{f"d_{key}": value for key, value in detail.items()})
    row = AuditEntry.objects.order_by("-id").first()
    assert audit.digest(row) == row.hash


def test_a_number_that_is_none_is_no_plain_detail(thing):
    with pytest.raises(ValueError, match="not JSON compliant"):
        leave_traces(thing, "filed", n=float("nan"))


def test_the_hash_does_not_depend_on_the_time_zone(thing):
    leave_traces(thing, "filed")
    row = audit.of(thing).get()
    before = audit.digest(row)
    row.at = row.at.astimezone(UTC)
    assert audit.digest(row) == before


def test_acts_on_many_things_spread_over_the_strands():
    for pk in range(40):
        leave_traces(TallyTotal(pk=pk), "filed")
    lengths = dict(AuditStrand.objects.values_list("pk", "length"))
    assert (sum(lengths.values()), len(lengths) > 8, set(lengths) <= set(range(1, 17))) == (40, True, True)
    assert breaks() == []


def test_verifying_reads_one_strand_at_a_time(thing, django_assert_num_queries):
    leave_traces(thing, *[a + b for a, b in product("abc", "xyz")])
    with django_assert_num_queries(2 * audit.STRANDS + 1):
        assert breaks() == []
