import threading
from datetime import timedelta

import pytest

from kepu.activities.workflow import State
from kepu.cli.worker import Worker
from kepu.core import clock, outbox, public, purging, tallies
from kepu.core.db import transaction
from kepu.core.models import OutboxRow, TallyEntry
from kepu.core.tallies import Spot
from kepu.notices.actions import close_season
from kepu.orgs.actor import SYSTEM
from tests.factories.activities import AFTER, a_world, an_activity, loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """What the handler was given, in order."""
    seen = []
    monkeypatch.setitem(outbox._handlers, "test.done", lambda payload, at: seen.append(payload["n"]))
    return seen


@transaction
def three_rows(at):
    for n in range(3):
        outbox.send("test.done", at=at, n=n)
    tallies.add(Spot(1, 1, "/"), "test.count", 2)


def test_a_turn_delivers_what_waits_and_folds_what_was_counted(done, noon):
    three_rows(at=noon)
    assert Worker().turn() == 4
    assert done == [0, 1, 2]
    assert list(OutboxRow.objects.values_list("state", flat=True)) == ["sent"] * 3
    assert not TallyEntry.objects.exists()


def test_nothing_to_do_is_told_as_nothing():
    assert Worker().turn() == 0


def test_told_to_stop_it_finishes_the_row_in_hand_and_claims_no_other(monkeypatch, noon):
    worker, seen = Worker(), []

    def handler(payload, at):
        seen.append(payload["n"])
        worker.stop()

    monkeypatch.setitem(outbox._handlers, "test.done", handler)
    three_rows(at=noon)
    assert worker.turn() == 1
    assert seen == [0]
    assert sorted(OutboxRow.objects.values_list("state", flat=True)) == ["sent", "waiting", "waiting"]


def test_once_a_day_what_was_carried_out_more_than_a_month_ago_is_forgotten(done):
    long_ago, lately = clock.now() - timedelta(days=31), clock.now() - timedelta(days=29)
    three_rows(at=long_ago)
    three_rows(at=lately)
    worker = Worker()
    worker.turn()
    assert OutboxRow.objects.count() == 6

    worker.day = None  # the next morning
    worker.turn()
    assert [row.written_at for row in OutboxRow.objects.all()] == [lately] * 3


def test_what_was_held_in_a_closed_season_is_archived_without_its_phones():
    world = a_world()
    held, going = an_activity(world, State.SUMMARISED), an_activity(world, State.PUBLISHED)
    Worker().turn()
    assert loaded(held).state == State.SUMMARISED

    close_season(world.season, by=SYSTEM, at=AFTER)
    Worker().turn()
    assert (loaded(held).state, loaded(held).contact_phone) == (State.ARCHIVED, "")
    assert loaded(going).state == State.PUBLISHED


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_what_is_public_does_not_wait_behind_a_slow_mail(monkeypatch, settings):
    from django.db import connections

    settings.KEPU_PURGE, settings.KEPU_PURGE_SECRET = ("http://127.0.0.1:1/",), "x" * 16
    worker, told, mailing, mailed = Worker(), threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(purging, "purge", lambda names: told.set() if names == ["a-1"] else None)

    def mail(payload, at):
        mailing.set()
        assert told.wait(20)
        mailed.set()

    monkeypatch.setitem(outbox._handlers, "test.mail", mail)
    transaction(lambda: outbox.send("test.mail", at=clock.now()))()

    def run():
        worker.run()
        connections.close_all()

    running = threading.Thread(target=run)
    running.start()
    assert mailing.wait(20)
    transaction(lambda: public.changed(["a-1"], at=clock.now()))()
    assert mailed.wait(20)
    worker.stop()
    running.join(20)
    assert not running.is_alive()
