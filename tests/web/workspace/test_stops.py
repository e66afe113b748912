"""Where a filing stands on its way, at every state of its life."""

import pytest

from kepu.activities.actions import approve_activity, file_activity
from kepu.activities.jobs import escalate_late_reviews
from kepu.activities.queries import notes_on
from kepu.activities.workflow import State
from kepu.orgs.models import Role
from kepu.web.workspace.activities.routes import names_of
from kepu.web.workspace.activities.stops import route_of
from tests.factories.activities import REVIEWED, a_draft, an_activity, loaded
from tests.factories.notices import a_clause, china
from tests.factories.orgs import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def stops(activity, at=REVIEWED):
    it = loaded(activity)
    return route_of(it, names_of(it.route.get("units", ())), list(notes_on(it)), at=at)


def drawn(activity, at=REVIEWED):
    return [(stop.what, stop.state) for stop in stops(activity, at)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, []),
        (State.FILED, [("填报", "past"), ("正在审核", "now"), ("发布", "")]),
        (State.RETURNED, [("修改后再填报", "now"), ("审核", ""), ("发布", "")]),
        (State.APPROVED, [("填报", "past"), ("审核通过", "past"), ("等发布", "now")]),
        (State.PUBLISHED, [("填报", "past"), ("审核通过", "past"), ("已发布", "past")]),
        (State.CHANGED, [("填报", "past"), ("正在审核变更", "now"), ("已发布", "past")]),
        (State.ARCHIVED, [("填报", "past"), ("审核通过", "past"), ("已发布", "past")]),
    ],
)
def test_whose_turn_it_is(world, state, expected):
    assert drawn(an_activity(world, state)) == expected


def test_two_steps_with_their_times(world):
    notice = world.season.notices.get()
    notice.clauses.filter(kind="routing").delete()
    a_clause(
        notice, "R", "routing",
        {"routes": [{"steps": ["coordinator@town", "coordinator@city"], "working_days": 2}]},
    )  # fmt: skip
    it = file_activity(a_draft(world), by=world.filer, at=china(2023, 8, 25, 9))
    first = stops(it)
    assert [(s.name, s.state) for s in first] == [
        ("石龙中学", "past"), ("石龙镇科协", "now"), ("东莞市科协", ""), ("石龙中学", ""),
    ]  # fmt: skip
    assert (first[1].when, first[1].until, first[2].until) == (
        "2023年8月25日 09:00起", "8月29日前", "轮到后2个工作日内",
    )  # fmt: skip
    approve_activity(loaded(it), by=an_actor(world.town_office, Role.REVIEWER), at=REVIEWED)
    assert [s.state for s in stops(it)] == ["past", "past", "now", ""]
    assert stops(it)[1].when == "2023年8月26日 09:00"


def test_that_it_is_late_and_that_those_above_know(world):
    it, late = an_activity(world, State.FILED), china(2023, 8, 30)
    assert [(s.late, s.told) for s in stops(it, late)][1] == (True, False)
    escalate_late_reviews(late)
    assert [(s.late, s.told) for s in stops(it, late)][1] == (True, True)
