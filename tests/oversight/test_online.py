"""Something online every day: the days on which nothing is."""

from datetime import date

import pytest

from kepu.activities.workflow import State
from kepu.notices.kinds.window import Window
from kepu.oversight.online import days_without_online
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_place

pytestmark = pytest.mark.django_db
WEEK = Window.model_validate(
    {
        "code": "concentrated",
        "title": "集中开展",
        "start": {"date": "2023-09-17"},
        "end": {"date": "2023-09-20"},
    }
)
ONLINE = {"mode": "online", "online_link": "https://live.example.cn/1", "participants_expected": 200}


@pytest.fixture
def world(standing_world):
    return standing_world


def days(*numbers):
    return [date(2023, 9, number) for number in numbers]


def test_a_day_with_something_online_is_no_gap(world, django_assert_num_queries):
    an_activity(
        world, State.PUBLISHED, **ONLINE, starts_at=china(2023, 9, 18), ends_at=china(2023, 9, 19, 17)
    )
    with django_assert_num_queries(1):
        assert days_without_online(world.season, world.city, WEEK) == days(17, 20)
    for area in (world.nation, world.province, world.town):
        assert days_without_online(world.season, area, WEEK) == days(17, 20)


def test_what_is_on_the_spot_elsewhere_or_called_off_does_not_count(world):
    an_activity(world, State.PUBLISHED)
    an_activity(world, State.CANCELLED, **ONLINE)
    an_activity(world, State.APPROVED, **ONLINE)
    assert days_without_online(world.season, world.city, WEEK) == days(17, 18, 19, 20)
    an_activity(world, State.PUBLISHED, **ONLINE)
    elsewhere = a_place("440300", "深圳市", kind="city", parent=world.province)
    assert days_without_online(world.season, world.city, WEEK) == days(18, 19, 20)
    assert days_without_online(world.season, elsewhere, WEEK) == days(17, 18, 19, 20)


def test_a_window_without_ends_is_looked_at_within_the_season(world):
    open_ended = Window.model_validate({"code": "year_round", "title": "全年"})
    assert days_without_online(world.season, world.city, open_ended) == days(*range(17, 24))
