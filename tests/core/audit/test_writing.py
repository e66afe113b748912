from datetime import UTC

import pytest
from django.db import DatabaseError
from django.db import transaction as django_transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.core import audit
from kepu.core.db import ActError
from kepu.core.models import AuditEntry, AuditStrand, TallyTotal
from tests.conftest import NOON
from tests.core.audit.conftest import Clerk, breaks, leave_traces, tamper

pytestmark = pytest.mark.django_db


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
