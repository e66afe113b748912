"""What lies in somebody's hands when they leave: by their roles, of the unit they leave."""

from datetime import timedelta

import pytest

from kepu.activities.workflow import State
from kepu.orgs import actions
from kepu.orgs.models import Role
from kepu.oversight.in_hand import InHand, in_hand
from tests.factories.accounts import a_person
from tests.factories.activities import an_activity
from tests.factories.orgs import a_deputy, a_post, a_unit, an_actor
from tests.factories.returns import IN_TIME, a_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_reporting_world):
    return standing_reporting_world


def of(world, unit, *roles, person=None, at=IN_TIME):
    return in_hand(person or a_person(), unit, roles, world.season, at=at)


def test_a_filer_leaves_what_is_with_the_host(world):
    for state in (
        State.DRAFT,
        State.DRAFT,
        State.RETURNED,
        State.FILED,
        State.APPROVED,
        State.HELD,
        State.PUBLISHED,
    ):
        an_activity(world, state)
    assert of(world, world.school, Role.FILER) == InHand(drafts=2, returned=1, to_publish=1, to_complete=1)


def test_a_reviewer_leaves_what_waits_for_review_and_what_was_handed_in(world):
    an_activity(world, State.FILED)
    an_activity(world, State.CHANGED)
    a_return(world)
    assert of(world, world.city_office, Role.REVIEWER) == InHand(reviews=2, returns=1)


def test_duties_are_those_still_to_hand_in(world):
    before = of(world, world.town_office, Role.FILER).duties
    a_return(world)
    assert (before, of(world, world.town_office, Role.FILER).duties) == (2, 1)


def test_an_auditor_leaves_nothing(world):
    an_activity(world, State.FILED)
    assert of(world, world.city_office, Role.AUDITOR).as_plain() == {}


def test_offers_made_and_posts_stood_in_for_are_the_persons_own(world):
    person = a_person()
    a_post(world.school, person=person)
    actions.invite(
        world.school, Role.FILER, name="张老师", by=an_actor(world.school, person=person), at=IN_TIME
    )
    a_deputy(a_post(world.school, Role.REVIEWER), person, since=IN_TIME, until=IN_TIME + timedelta(days=1))
    a_deputy(a_post(a_unit(world.town)), person, since=IN_TIME, until=IN_TIME + timedelta(days=1))
    assert of(world, world.school, Role.FILER, person=person).as_plain() == {"invitations": 1, "stands_in": 1}
    later = IN_TIME + timedelta(days=7)
    assert of(world, world.school, Role.FILER, person=person, at=later).as_plain() == {}


def test_between_seasons_nothing_of_a_season_is_named(world):
    an_activity(world, State.DRAFT)
    assert in_hand(a_person(), world.school, [Role.FILER], None, at=IN_TIME) == InHand()
