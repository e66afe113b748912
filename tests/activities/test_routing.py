from datetime import date

import pytest

from kepu.activities.routing import Chain, reviewers_for
from kepu.core.calendar import day_of
from kepu.core.refusals import GateClosed, NotAllowed
from kepu.notices.rulebook import rules_in_force
from tests.factories.activities import FILED, a_world
from tests.factories.notices import a_clause, a_notice, china
from tests.factories.orgs import a_line, a_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_world(rules=None)


def routed(world, *routes, choice="fixed", **notice):
    issued = a_notice(world.season, world.nation, **notice)
    a_clause(issued, "R-1", "routing", {"choice": choice, "routes": list(routes)}, number="六（二）")


def chain(world, host=None, *, facts=None, chosen=None):
    host = host or world.school
    return reviewers_for(rules_in_force(host, world.season, at=FILED), host, facts or {}, chosen=chosen)


def names(world, *args, **kwargs):
    offices = (world.nation_office, world.province_office, world.city_office, world.town_office)
    known = {unit.pk: unit.name for unit in (*offices, world.school)}
    return [known.get(pk, "?") for pk in chain(world, *args, **kwargs).units]


def test_without_a_route_the_nearest_coordinator_reviews(world):
    assert names(world) == ["石龙镇科协"]


def test_a_coordinator_is_reviewed_by_the_one_above(world):
    assert (names(world, world.town_office), names(world, world.city_office)) == (
        ["东莞市科协"],
        ["广东省科协"],
    )


def test_a_unit_at_the_top_with_nobody_above_reviews_its_own(world):
    assert names(world, world.nation_office) == ["中国科协"]


def test_a_unit_at_the_top_is_reviewed_by_its_line_where_it_has_one(world):
    line = a_line("education", "教育")
    ministry = a_unit(world.nation, "教育部", line=line, coordinates=[line])
    world.nation_office.line_path = line.path
    assert chain(world, world.nation_office).units == (ministry.pk,)


def test_a_place_comes_before_a_line(world):
    line = a_line("education", "教育")
    a_unit(world.nation, "教育部", line=line, coordinates=[line])
    host = a_unit(world.town, "石龙二中", kind="school", line=line)
    assert names(world, host) == ["石龙镇科协"]


def test_the_route_of_the_notice_passes_the_towns_by(world):
    routed(world, {"steps": ["coordinator@city"]})
    assert names(world) == ["东莞市科协"]


def test_a_route_may_have_steps_and_days(world):
    routed(world, {"steps": ["coordinator@town", "coordinator@city"], "working_days": 3})
    steps = chain(world)
    assert names(world) == ["石龙镇科协", "东莞市科协"]
    assert day_of(steps.due(china(2023, 9, 28))) == date(
        2023, 10, 9
    )  # past the holiday, with its made-up weekend
    assert Chain.from_plain(steps.as_plain()) == steps


def test_days_run_by_the_calendar_and_none_are_none():
    assert Chain((1,), days=2).due(FILED).date() == china(2023, 8, 27).date()
    assert Chain((1,)).due(FILED) is None


def test_a_step_that_nobody_fills_is_passed_over(world):
    routed(world, {"steps": ["coordinator@county", "coordinator@city"]})
    assert names(world) == ["东莞市科协"]


def test_of_several_steps_the_hosts_own_falls_away(world):
    routed(world, {"steps": ["coordinator@town", "coordinator@city"]})
    assert names(world, world.town_office) == ["东莞市科协"]


def test_where_the_notice_names_the_host_itself_it_reviews_its_own(world):
    routed(world, {"steps": ["coordinator@city"]})
    assert names(world, world.city_office) == ["东莞市科协"]


def test_routes_may_differ_by_kind_level_and_fact(world):
    routed(
        world,
        {"host_kinds": ["school"], "when": {"mode": ["online"]}, "steps": ["coordinator@nation"]},
        {"host_kinds": ["school"], "host_levels": ["town"], "steps": ["coordinator@province"]},
        {"steps": ["coordinator@city"]},
    )
    assert names(world, facts={"mode": "online"}) == ["中国科协"]
    assert names(world, facts={"mode": "offline"}) == ["广东省科协"]
    assert names(world, world.town_office) == ["东莞市科协"]


def test_the_issuer_a_named_unit_and_the_department_in_charge_of_a_line(world):
    line = a_line("education", "教育")
    a_unit(world.city, "东莞一中", kind="school", line=line)
    bureau = a_unit(world.city, "东莞市教育局", kind="department", line=line)
    routed(
        world, {"steps": ["issuer", f"unit:{world.town_office.code}", "line:education@city"]},
        issuer_unit=world.province_office,
    )  # fmt: skip
    assert chain(world).units == (world.province_office.pk, world.town_office.pk, bureau.pk)


def test_nobody_registered_is_told_in_a_sentence(world):
    routed(world, {"steps": ["coordinator@county", "unit:NOBODY", "line:health@county"]})
    with pytest.raises(NotAllowed, match="还没有登记这个单位"):
        chain(world)


def test_a_fixed_route_takes_no_other_responsible_unit(world):
    routed(world, {"steps": ["coordinator@city"]})
    with pytest.raises(GateClosed) as caught:
        chain(world, chosen=world.town_office.pk)
    [reason] = caught.value.reasons
    assert (str(reason), reason.field, reason.clause_id) == (
        "归口单位是规定的：市级统筹单位。请改选，或留空由系统填。", "responsible_unit", "R-1",
    )  # fmt: skip
    assert names(world, chosen=world.city_office.pk) == ["东莞市科协"]


@pytest.mark.parametrize("with_a_route", [True, False])
def test_a_free_choice_must_be_a_unit_that_coordinates(world, with_a_route):
    if with_a_route:
        routed(world, {"steps": ["coordinator@city"]}, choice="free")
    assert names(world, chosen=world.province_office.pk) == ["广东省科协"]
    plain = a_unit(world.town, "石龙小学", kind="school")
    for chosen in (plain.pk, world.school.pk, 10**9):
        with pytest.raises(NotAllowed, match="归口单位要选负责统筹的单位"):
            chain(world, chosen=chosen)


def test_routing_asks_once(world, django_assert_num_queries):
    routed(world, {"steps": ["coordinator@town", "coordinator@city", "host_above"]})
    chain(world)
    with django_assert_num_queries(1):
        chain(world)
