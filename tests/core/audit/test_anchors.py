"""The strong attacker: whoever may write the whole database computes every hash anew, and an anchor still finds it."""

import pytest
from django.db import connection

from kepu.core import audit
from kepu.core.audit.anchors import Anchor, anchor_now
from kepu.core.models import AuditEntry, AuditStrand
from kepu.core.refusals import Incomplete
from tests.conftest import NOON
from tests.core.audit.conftest import breaks, leave_traces, tamper

pytestmark = pytest.mark.django_db


def forge_again(table, strand):
    """Number the rows of a strand anew, compute every hash anew, and put the head right: nothing inside is left to tell."""
    previous, rows = "", list(AuditEntry.objects.filter(strand=strand).order_by("seq"))
    for seq, row in enumerate(rows, start=1):
        row.seq, row.previous = seq, previous
        previous = audit.digest(row)
        tamper(
            f"UPDATE {table} SET seq = %s, previous = %s, hash = %s WHERE id = %s",
            seq,
            row.previous,
            previous,
            row.pk,
        )
    head = AuditStrand._meta.db_table
    tamper(f"UPDATE {head} SET length = %s, head = %s WHERE id = %s", len(rows), previous, strand)


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("UPDATE {t} SET event = 'approved' WHERE seq = 2", [(3, "与另存的链头不符：这一行和它之前的行被整体改写过")]),
        ("UPDATE {t} SET place_path = '/11/' WHERE seq = 1", [(3, "与另存的链头不符：这一行和它之前的行被整体改写过")]),
        ("DELETE FROM {t} WHERE seq = 2", [(3, "另存的链头所指的行不见了")]),
    ],
)  # fmt: skip
def test_a_chain_that_was_computed_anew_is_found_by_an_anchor(thing, untriggered, forgery, found):
    leave_traces(thing, "filed", "returned", "filed")
    anchor = anchor_now(NOON)
    tamper(forgery.format(t=untriggered))
    forge_again(untriggered, AuditEntry.objects.first().strand)

    assert breaks() == []
    assert breaks(since=[anchor]) == found


def test_a_row_slipped_in_before_an_anchor_is_found(thing, untriggered):
    leave_traces(thing, "filed", "returned", "filed")
    anchor = anchor_now(NOON)
    columns = [f.column for f in AuditEntry._meta.concrete_fields if not f.primary_key]
    tamper(f"UPDATE {untriggered} SET seq = 9 WHERE seq = 3")
    copied = ", ".join(
        "3" if name == "seq" else f"'{'0' * 64}'" if name == "hash" else name for name in columns
    )
    tamper(
        f"INSERT INTO {untriggered} ({', '.join(columns)}) SELECT {copied} FROM {untriggered} WHERE seq = 2"
    )
    forge_again(untriggered, AuditEntry.objects.first().strand)

    assert AuditEntry.objects.count() == 4
    assert breaks() == []
    assert breaks(since=[anchor]) == [(3, "与另存的链头不符：这一行和它之前的行被整体改写过")]


def test_what_came_after_an_anchor_is_no_break(thing):
    leave_traces(thing, "filed")
    anchor = anchor_now(NOON)
    leave_traces(thing, "returned", "filed")
    assert breaks(since=[anchor, anchor_now(NOON)]) == []


def test_an_anchor_is_read_back_from_its_text(thing):
    leave_traces(thing, "filed", "returned")
    anchor = anchor_now(NOON)
    assert (Anchor.read(anchor.text()), anchor.rows, len(anchor.text().splitlines())) == (anchor, 2, 18)


@pytest.mark.parametrize(
    "slip",
    [
        lambda text: "",
        lambda text: text.replace(" 2 ", " 3 ", 1),
        lambda text: "\n".join(text.splitlines()[:-1]),
        lambda text: text.replace("kepu-anchor", "anchor"),
        lambda text: text + text,
    ],
)
def test_an_anchor_with_a_slip_of_the_pen_is_refused(thing, slip):
    leave_traces(thing, "filed", "returned")
    with pytest.raises(Incomplete):
        Anchor.read(slip(anchor_now(NOON).text()))


def test_an_attacker_needs_the_triggers_gone_on_this_engine(untriggered, thing):
    leave_traces(thing, "filed")
    tamper(f"DELETE FROM {untriggered}")
    assert (connection.vendor in ("sqlite", "postgresql"), AuditEntry.objects.count()) == (True, 0)
