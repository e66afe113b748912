"""Verifying day by day: what was sound yesterday is not walked again, and is still tied to what comes today."""

import pytest

from kepu.core.audit.checks import check_trace, last_check
from kepu.core.models import AuditCheck, AuditEntry
from tests.conftest import NOON
from tests.core.audit.conftest import leave_traces, tamper

pytestmark = pytest.mark.django_db


def test_a_check_remembers_how_far_it_came(thing):
    leave_traces(thing, "filed", "returned")
    check = check_trace(at=NOON)
    row = AuditEntry.objects.latest("id")
    assert (check.whole, check.rows, check.found, check.heads[str(row.strand)]) == (True, 2, 0, [2, row.hash])


def test_the_next_check_walks_only_what_came_since(thing):
    leave_traces(thing, "filed", "returned")
    check_trace(at=NOON)
    leave_traces(thing, "filed")
    check = check_trace(at=NOON)
    assert (check.whole, check.rows, check.found, last_check()) == (False, 1, 0, check)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("UPDATE {t} SET event = 'x' WHERE seq = 2", "上次核验到的这一行不见了，或被改写"),
        ("UPDATE {t} SET event = 'x' WHERE seq = 3", "写入之后被改过"),
        ("DELETE FROM {t} WHERE seq = 3", "链尾少了行，或链头被改过"),
    ],
)
def test_a_forged_row_is_found_at_the_seam_and_after_it(thing, untriggered, sql, why):
    leave_traces(thing, "filed", "returned")
    check_trace(at=NOON)
    leave_traces(thing, "filed")
    tamper(sql.format(t=untriggered))
    check = check_trace(at=NOON)
    assert (check.found > 0, why in [b[2] for b in check.breaks]) == (True, True)


def test_a_check_that_found_something_is_no_place_to_go_on_from(thing, untriggered):
    leave_traces(thing, "filed", "returned")
    tamper(f"UPDATE {untriggered} SET event = 'x' WHERE seq = 1")
    assert check_trace(at=NOON).found == 1
    again = check_trace(at=NOON)
    assert (again.whole, again.found, last_check(sound=True)) == (True, 1, None)


def test_only_a_whole_check_finds_what_was_forged_long_ago(thing, untriggered):
    leave_traces(thing, "filed", "returned")
    check_trace(at=NOON)
    tamper(f"UPDATE {untriggered} SET event = 'x' WHERE seq = 1")
    assert (check_trace(at=NOON).found, check_trace(at=NOON, whole=True).found) == (0, 1)


def test_a_long_list_of_breaks_is_kept_short_and_counted(thing, untriggered):
    leave_traces(thing, *["filed"] * 120)
    tamper(f"UPDATE {untriggered} SET event = 'x'")
    check = check_trace(at=NOON)
    assert (check.found, len(check.breaks), AuditCheck.objects.count()) == (120, 100, 1)
