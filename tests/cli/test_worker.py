from datetime import timedelta

import pytest

from kepu.activities.workflow import State
from kepu.cli.worker import Worker
from kepu.core import clock, outbox, tallies
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
