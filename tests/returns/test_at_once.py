"""Two people of one unit, or two of its receiver, at the same instant."""

import pytest

from kepu.core import audit, tallies
from kepu.core.refusals import StaleState
from kepu.returns import actions
from kepu.returns.models import Return, ReturnVersion
from kepu.returns.workflow import State
from tests.core.test_at_once import at_once
from tests.factories.returns import HEADING, IN_TIME, PLAN, ROW, SEALED, a_reporting_world, a_return, loaded

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def books_are_right():
    return (tallies.verify(), list(audit.verify())) == ([], [])


def test_handing_in_twice_at_once_hands_in_once():
    world = a_reporting_world()

    def hand_in():
        actions.hand_in_return(
            world.town_office, world.season, PLAN, sections=HEADING, rows=[ROW], parts=SEALED, by=world.town_coordinator, at=IN_TIME
        )  # fmt: skip

    faults = at_once(*[hand_in] * 4)
    assert [type(fault) for fault in faults] == [StaleState] * 3
    assert (Return.objects.count(), ReturnVersion.objects.count(), books_are_right()) == (1, 1, True)


def test_accepting_and_sending_back_at_once_does_one_of_them():
    world = a_reporting_world()
    row = a_return(world)
    mine, theirs = loaded(row), loaded(row)
    faults = at_once(
        lambda: actions.accept_return(mine, by=world.coordinator, at=IN_TIME),
        lambda: actions.return_return(theirs, reason="补", by=world.reviewer, at=IN_TIME),
    )
    assert [type(fault) for fault in faults] == [StaleState]
    assert loaded(row).state in (State.ACCEPTED, State.RETURNED)
    assert books_are_right()
