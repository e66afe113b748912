"""The condition in the database says of every unit what the audience itself says."""

import pytest

from kepu.notices.kinds.audience import Audience
from kepu.notices.models import Clause
from kepu.notices.rulebook import profile_of, rule_book, rules_in_force
from kepu.orgs.models import PlaceKind, Unit
from kepu.returns import bound, rules
from tests.factories.notices import a_clause, a_notice, a_season, china
from tests.factories.orgs import a_chain, a_line, a_place, a_unit

pytestmark = pytest.mark.django_db
NOW = china(2023, 9, 1)


@pytest.fixture
def country():
    nation, province, city, town = a_chain()
    county = a_place("440300", "某县", kind=PlaceKind.COUNTY, parent=province)
    zone = a_place("440399", "开发区", kind=PlaceKind.ZONE, parent=province)
    education, health = a_line("education", "教育"), a_line("health", "卫生健康")
    for place in (nation, province, city, town, county, zone):
        a_unit(place, f"{place.name}科协", coordinates=[place])
        a_unit(place, f"{place.name}教育局", kind="department", line=education)
    units = [
        a_unit(city, "科协会员单位", kind="society", code="SOC-1"),
        a_unit(county, "示范县的学校", kind="school", line=education),
        a_unit(county, "医院", kind="hospital", line=health),
        a_unit(zone, "企业科协", kind="enterprise_association"),
    ]
    traits = (
        ["outline_member"],
        ["place:demonstration_county"],
        ["special_unit", "joint_issuer"],
        ["demonstration"],
    )
    for unit, borne in zip(units, traits, strict=True):
        unit.traits = borne
        unit.save()
    return {"nation": nation, "province": province, "city": city, "county": county, "education": education}


AUDIENCES = [
    {},
    {"kinds": ["society", "school"]},
    {"levels": ["county"]},
    {"place_kinds": ["zone"], "roles": ["coordinator"]},
    {"places": ["441900"]},
    {"places": ["999999"]},
    {"lines": ["education"]},
    {"lines": ["no_such_line"]},
    {"designations": ["demonstration_county"]},
    {"designations": ["demonstration"]},
    {"members_of": ["outline_member", "joint_issuer"]},
    {"roles": ["coordinator"], "levels": ["city", "county"]},
    {"units": ["SOC-1"]},
    {"exceptions": [{"kinds": ["association"]}]},
    {"exceptions": [{}]},
    {"any_of": [{"kinds": ["department"], "levels": ["city"]}, {"roles": ["coordinator"], "levels": ["town"]}]},
    {"any_of": [{}, {"kinds": ["school"]}]},
    {"levels": ["county"], "any_of": [{"lines": ["education"]}, {"kinds": ["association"], "exceptions": [{"place_kinds": ["zone"]}]}]},
]  # fmt: skip


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_database_finds_whom_the_audience_binds(country, audience):
    season = a_season()
    notice = a_notice(season, country["nation"])
    a_clause(notice, "A", "duty", {"what": "x", "title": "表"}, audience=audience)
    paths = rule_book(season).paths
    expected = {
        u.name for u in Unit.objects.all() if Audience.model_validate(audience).binds(profile_of(u), paths)
    }
    found = bound.units(at=NOW).filter(bound.binds(Audience.model_validate(audience), paths))
    assert {u.name for u in found} == expected


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_units_bound_are_those_whose_rules_have_the_duty(country, audience):
    season = a_season()
    params = {"what": "x", "title": "表"}
    a_clause(a_notice(season, country["province"], "gd"), "A", "duty", params, audience=audience)
    lined = a_notice(season, country["nation"], "edu", line=country["education"])
    a_clause(lined, "B", "duty", params, audience={"levels": ["county", "nation"]})
    a_clause(a_notice(season, country["city"], "later", in_force_at=china(2023, 10, 1)), "C", "duty", params)
    expected = {u.name for u in Unit.objects.all() if rules.owed_under(rules_in_force(u, season, at=NOW))}
    duties = bound.duties_bound(season, at=NOW)
    assert {u.name for u in bound.units(at=NOW).filter(duties["duty.x"].units)} == expected


def test_what_only_invites_or_asks_a_part_named_later_is_waited_for_of_nobody(country):
    season = a_season()
    notice = a_notice(season, country["nation"])
    for code, strictness, audience in (
        ("A", "none", {}), ("B", "strive", {}), ("C", "hard", {"only_for": "入围者"}), ("D", "in_principle", {})
    ):  # fmt: skip
        a_clause(
            notice,
            code,
            "duty",
            {"what": code.lower(), "title": "表"},
            strictness=strictness,
            audience=audience,
        )
    a_clause(notice, "E", "duty", {"what": "e", "title": "表", "about": "activity"})
    found = bound.duties_bound(season, at=NOW)
    assert {key[-1]: bound.units(at=NOW).filter(d.units).count() for key, d in found.items()} == {
        "a": 0, "b": 0, "c": 0, "d": Unit.objects.count()
    }  # fmt: skip


def test_closed_units_owe_nothing(country):
    Unit.objects.update(closed_on=NOW.date())
    assert list(bound.units(at=NOW)) == []


def test_a_rule_is_named_by_the_clause_that_reaches_furthest_and_cited_where_it_speaks(country):
    season = a_season()
    for place, title in (
        (country["city"], "市的叫法"),
        (country["nation"], "全国的叫法"),
        (country["county"], "县的叫法"),
    ):
        a_clause(
            a_notice(season, place, f"n{place.pk}"), f"C{place.pk}", "duty", {"what": "x", "title": title}
        )
    found = bound.duties_bound(season, at=NOW)["duty.x"]
    assert found.title == "全国的叫法"
    assert [c.params.title for c in found.clauses_for(country["city"].path)] == ["全国的叫法", "市的叫法"]
    assert len(found.clauses_for("/")) == Clause.objects.count() == 3


def test_asking_again_needs_no_query(country, django_assert_num_queries):
    season = a_season()
    a_clause(a_notice(season, country["nation"]), "A", "duty", {"what": "x", "title": "表"})
    bound.duties_bound(season, at=NOW)
    with django_assert_num_queries(0):
        bound.duties_bound(season, at=NOW)
