"""A city with its notice, and the clock of the public's site."""

import pytest

from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.factories.notices import china

NOW = china(2023, 9, 11, 10)


@pytest.fixture
def clock(monkeypatch):
    """``clock(instant)`` moves the clock; it stands at Monday, 11 September 2023, 10:00."""

    def move(instant):
        monkeypatch.setattr("kepu.core.clock.now", lambda: instant)

    move(NOW)
    return move


@pytest.fixture
def world(standing_world, clock):
    return standing_world


@pytest.fixture
def publish(world):
    """``publish("观星夜", …)``: an activity of 石龙中学 that the public can read."""

    def published(title, state=State.PUBLISHED, **changes):
        return an_activity(world, state, title=title, **changes)

    return published


@pytest.fixture
def titles():
    """``titles(page)``: the activities a page lists, in its order."""

    def listed(found):
        return [title.text for title in found.all(class_="event-title")]

    return listed
