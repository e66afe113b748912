"""Figures and duties of an area: as of an instant, once each, within scope, in a fixed number of queries."""

import pytest

from kepu.activities.workflow import State as ActivityState
from kepu.core.refusals import NotAllowed
from kepu.orgs.models import Role
from kepu.oversight.progress import area_figures, duties_progress
from kepu.returns.workflow import State
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_place, a_unit, an_actor
from tests.factories.returns import LATE, PLAN, SUMMARY, a_return, more_towns

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 22, 12)


@pytest.fixture
def world(standing_reporting_world):
    return standing_reporting_world


def test_the_figures_of_an_area_tell_planned_from_held_and_from_confirmed(world, django_assert_num_queries):
    for state in (
        ActivityState.FILED,
        ActivityState.PUBLISHED,
        ActivityState.HELD,
        ActivityState.COMPLETED,
        ActivityState.CANCELLED,
    ):
        an_activity(world, state)
    with django_assert_num_queries(1):
        found = area_figures(world.city.path, world.season, actor=world.coordinator, at=AT)
    assert (found.as_of, found.area) == (AT, world.city.path)
    assert (found.filed, found.approved, found.published, found.held, found.completed, found.summarised) == (
        5,
        4,
        3,
        2,
        1,
        0,
    )
    assert (found.cancelled, found.participants, found.key, found.online) == (1, 260, 0, 0)


def test_an_activity_is_counted_once_at_every_level(world):
    an_activity(world, ActivityState.PUBLISHED)
    for path, actor in (
        (world.town.path, world.town_coordinator),
        (world.city.path, world.coordinator),
        ("/", a_coordinator(world.nation_office)),
    ):
        assert area_figures(path, world.season, actor=actor, at=AT).published == 1


@pytest.mark.parametrize("read", [area_figures, duties_progress])
def test_an_area_is_seen_by_whoever_oversees_it_and_by_nobody_else(world, system, read):
    shenzhen = a_place("440300", "深圳市", kind="city", parent=world.province)
    people = {
        "school filer": world.filer,
        "town coordinator": world.town_coordinator,
        "city filer": an_actor(world.city_office),
        "city coordinator": world.coordinator,
        "city auditor": an_actor(world.city_office, Role.AUDITOR, places=[world.city]),
        "city operator": an_actor(world.city_office, Role.OPERATOR, places=[world.city]),
        "province coordinator": a_coordinator(world.province_office),
        "stranger": a_coordinator(a_unit(shenzhen, "深圳市科协", coordinates=[shenzhen])),
        "system": system,
    }
    seen = set()
    for name, actor in people.items():
        try:
            read(world.city.path, world.season, actor=actor, at=AT)
        except NotAllowed:
            continue
        seen.add(name)
    assert seen == {"city coordinator", "city auditor", "province coordinator", "system"}


def test_each_duty_says_who_is_bound_who_answered_and_who_is_outstanding(world):
    units = more_towns(world)
    a_return(world, at=LATE)
    for unit, state in zip(units, (State.ACCEPTED, State.RETURNED, State.RELEASED), strict=True):
        world.town_office, world.town_coordinator = unit, a_coordinator(unit)
        a_return(world, state)
    found = {
        p.key: p for p in duties_progress(world.city.path, world.season, actor=world.coordinator, at=LATE)
    }
    plan = found[PLAN]
    assert (plan.bound, plan.handed_in, plan.late, plan.accepted) == (4, 3, 1, 1)
    assert (plan.sent_back, plan.released, plan.outstanding) == (1, 1, 1)
    assert (plan.title, [c.cite for c in plan.clauses]) == ("分会场活动表", ["东科协〔2023〕17号 六（一）"])
    assert (found[SUMMARY].bound, found[SUMMARY].handed_in, found[SUMMARY].outstanding) == (4, 0, 4)
    assert set(found) == {PLAN, SUMMARY, "duty.season_summary"}


def test_a_duty_that_binds_nobody_in_the_area_is_not_shown(world):
    found = duties_progress(world.town.path, world.season, actor=world.town_coordinator, at=LATE)
    assert [(p.key, p.bound) for p in found] == [(PLAN, 1), (SUMMARY, 1)]


@pytest.mark.parametrize("towns", [1, 3])
def test_progress_is_two_queries_however_large_the_area(world, towns, django_assert_num_queries):
    more_towns(world, ("虎门镇", "长安镇", "茶山镇")[:towns])
    duties_progress(world.city.path, world.season, actor=world.coordinator, at=LATE)
    with django_assert_num_queries(2):
        found = duties_progress(world.city.path, world.season, actor=world.coordinator, at=LATE)
    assert {p.key: p.bound for p in found}[PLAN] == towns + 1
