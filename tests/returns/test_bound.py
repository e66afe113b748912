"""The condition in the database says of every unit what the rules in force say."""

import pytest

from kepu.notices import conditions
from kepu.notices.models import Clause
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit
from kepu.returns import bound, rules
from tests.factories.country import AUDIENCES, a_country
from tests.factories.notices import a_clause, a_notice, a_season, china

pytestmark = pytest.mark.django_db
NOW = china(2023, 9, 1)


@pytest.fixture
def country():
    return a_country()


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
    assert {u.name for u in conditions.units(at=NOW).filter(duties["duty.x"].units)} == expected


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
    assert {key[-1]: conditions.units(at=NOW).filter(d.units).count() for key, d in found.items()} == {
        "a": 0, "b": 0, "c": 0, "d": Unit.objects.count()
    }  # fmt: skip


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
