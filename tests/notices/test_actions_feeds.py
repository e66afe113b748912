"""The secret address of a unit's calendar."""

import pytest

from kepu.core import audit
from kepu.core.refusals import NotAllowed
from kepu.notices import actions
from kepu.notices.models import FeedKey
from kepu.orgs.models import Role
from tests.conftest import NOON
from tests.factories.orgs import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def test_a_key_is_long_and_nobodys_guess(world):
    key = actions.make_feed_key(world.school, by=world.filer, at=NOON)
    assert (key.unit, key.made_at, key.ended_at, len(key.key)) == (world.school, NOON, None, 43)


def test_a_new_one_ends_the_one_before(world):
    first = actions.make_feed_key(world.school, by=world.filer, at=NOON)
    second = actions.make_feed_key(world.school, by=world.filer, at=NOON)
    first.refresh_from_db()
    assert (first.ended_at, first.key != second.key) == (NOON, True)
    assert FeedKey.objects.get(ended_at=None) == second


def test_stopping_twice_is_once(world):
    actions.make_feed_key(world.school, by=world.filer, at=NOON)
    for _time in range(2):
        actions.end_feed_key(world.school, by=world.filer, at=NOON)
    assert not FeedKey.objects.filter(ended_at=None).exists()
    assert [row.event for row in audit.of(world.school)] == ["feed.made", "feed.ended"]


def test_the_trace_does_not_hold_the_secret(world):
    key = actions.make_feed_key(world.school, by=world.filer, at=NOON)
    actions.make_feed_key(world.school, by=world.filer, at=NOON)
    rows = list(audit.of(world.school))
    assert [row.event for row in rows] == ["feed.made", "feed.renewed"]
    assert not any(key.key in str(row.detail) for row in rows)


@pytest.mark.parametrize("act", [actions.make_feed_key, actions.end_feed_key])
def test_only_people_of_the_unit_may(world, act):
    for by in (world.coordinator, an_actor(world.school, Role.AUDITOR)):
        with pytest.raises(NotAllowed, match="由该单位的填报、审核或统筹人员生成和停用"):
            act(world.school, by=by, at=NOON)
