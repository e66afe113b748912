from itertools import product

import pytest

from kepu.core import audit
from kepu.core.models import AuditStrand
from tests.core.audit.conftest import breaks, leave_traces, tamper

pytestmark = pytest.mark.django_db


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


def test_verifying_reads_one_strand_at_a_time(thing, django_assert_num_queries):
    leave_traces(thing, *[a + b for a, b in product("abc", "xyz")])
    with django_assert_num_queries(2 * audit.STRANDS + 1):
        assert breaks() == []
