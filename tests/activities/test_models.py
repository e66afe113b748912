"""The promises that the database itself keeps: a state and its dates together, whatever a program writes."""

import pytest
from django.db import IntegrityError, transaction

from kepu.activities.models import Activity
from kepu.activities.workflow import State, Turn
from tests.factories.activities import AFTER, ENDS, FILED, STARTS, a_draft, an_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def refuses(activity, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**values)


@pytest.mark.parametrize(
    ("state", "values"),
    [
        (State.DRAFT, {"state": State.FILED}),
        (State.DRAFT, {"filed_at": FILED}),
        (State.FILED, {"state": State.DRAFT}),
        (State.FILED, {"filed_at": None}),
        (State.FILED, {"rules": None}),
        (State.FILED, {"reviewing_unit": None}),
        (State.FILED, {"state": State.APPROVED}),
        (State.FILED, {"approved_at": FILED}),
        (State.APPROVED, {"state": State.PUBLISHED}),
        (State.APPROVED, {"public_version": 1}),
        (State.PUBLISHED, {"published_at": None}),
        (State.PUBLISHED, {"public_version": 0}),
        (State.PUBLISHED, {"state": State.CHANGED}),
        (State.PUBLISHED, {"state": State.CANCELLED}),
        (State.PUBLISHED, {"state": State.HELD}),
        (State.PUBLISHED, {"state": State.HELD, "held_at": AFTER, "ended_at": AFTER}),
        (State.CHANGED, {"proposed": None}),
        (State.HELD, {"participants_actual": None}),
        (State.HELD, {"state": State.COMPLETED}),
        (State.COMPLETED, {"state": State.HELD}),
        (State.COMPLETED, {"state": State.SUMMARISED}),
        (State.SUMMARISED, {"state": State.ARCHIVED}),
        (State.CANCELLED, {"cancelled_at": None}),
        (State.WITHDRAWN, {"withdrawn_at": None}),
        (State.DRAFT, {"withdrawn_at": FILED}),
        (State.DRAFT, {"starts_at": ENDS, "ends_at": STARTS}),
    ],
)
def test_a_state_and_its_dates_stand_together(world, state, values):
    refuses(an_activity(world, state), **values)


def test_a_token_makes_one_activity(world):
    refuses(a_draft(world), token=a_draft(world).token)


def test_what_a_row_says_of_itself(world):
    activity = an_activity(world, State.CHANGED)
    assert (activity.turn, activity.resting_state, activity.is_onsite, activity.is_online, activity.is_final) == (
        Turn.REVIEWER, State.PUBLISHED, True, False, False,
    )  # fmt: skip
    assert (str(activity), str(Activity())) == ("走进中医药", "未命名的活动")
