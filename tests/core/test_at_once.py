"""What holds when several connections act at the same instant, on either database."""

from collections import Counter
from datetime import timedelta
from threading import Barrier, Lock, Thread

import pytest
from django.db import connection

from kepu.core import audit, outbox, tallies
from kepu.core.db import transaction
from kepu.core.models import AuditEntry, OutboxRow, OutboxState, TallyEntry, TallyTotal
from kepu.core.tallies import Spot
from kepu.orgs.actor import SYSTEM
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
SPOT = Spot(1, 7, "/44/4419/", "/sci/")


def at_once(*functions):
    """Run functions in threads that begin together; returns the faults."""
    begin, faults = Barrier(len(functions)), []

    def run(function):
        try:
            begin.wait(10)
            function()
        except Exception as fault:  # noqa: BLE001  the test looks at them
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


@transaction
def act(pk=1):
    thing = TallyTotal(pk=pk)
    tallies.add(SPOT, "filed")
    audit.record("filed", thing, by=SYSTEM, at=NOON)
    outbox.send("bell", at=NOON, pk=pk)


def test_acts_on_one_thing_make_one_unbroken_trail():
    faults = at_once(*[lambda: [act() for _ in range(5)]] * 4)
    assert (faults, list(audit.verify()), AuditEntry.objects.count()) == ([], [], 20)


def test_acts_on_many_things_lose_nothing():
    faults = at_once(*[lambda n=n: [act(pk) for pk in range(n, n + 8)] for n in range(0, 32, 8)])
    assert (faults, list(audit.verify()), AuditEntry.objects.count()) == ([], [], 32)


def test_folding_beside_acts_counts_each_once():
    def fold():
        for _ in range(10):
            tallies.fold(size=3)

    faults = at_once(*[lambda: [act() for _ in range(10)]] * 2, fold, fold)
    while tallies.fold():
        pass
    assert (faults, TallyEntry.objects.count(), tallies.in_place(1, "/44/")) == ([], 0, {("filed", ""): 20})


def test_workers_side_by_side_carry_out_every_row_once(monkeypatch):
    rung, lock = Counter(), Lock()

    def ring(payload, at):
        with lock:
            rung[payload["pk"]] += 1

    monkeypatch.setitem(outbox._handlers, "bell", ring)
    for pk in range(12):
        act(pk)

    def work():
        while outbox.deliver(at=NOON + timedelta(seconds=1), size=2):
            pass

    faults = at_once(work, work, work)
    assert (faults, rung) == ([], Counter(range(12)))
    assert set(OutboxRow.objects.values_list("state", "attempts")) == {(OutboxState.SENT, 1)}
