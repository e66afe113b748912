"""The quota board: 7–10, 3–5, 1–2; the lower end binds, the upper never blocks; what is not counted is not zero."""

import pytest

from kepu.activities.models import Activity
from kepu.core import tallies
from kepu.core.db import transaction
from kepu.core.tallies import Spot
from kepu.notices.kinds.quota import Quota
from kepu.orgs.models import PlaceKind
from kepu.oversight.quotas import Standing, quota_board, why_not_counted
from tests.factories.notices import a_clause, a_notice, a_season, china
from tests.factories.orgs import a_coordinator, a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 20)
KEY = {"of": "key_activities", "unit": "项"}


@pytest.fixture
def tangshan():
    """A city with a county, a zone, a society and two bases; each with its quota (TS-47, TS-48, TS-49)."""
    nation = a_place("CN", "中国", kind=PlaceKind.NATION)
    city = a_place("130200", "唐山市", kind=PlaceKind.CITY, parent=nation)
    county = a_place("130281", "遵化市", kind=PlaceKind.COUNTY, parent=city)
    zone = a_place("130299", "高新区", kind=PlaceKind.ZONE, parent=city)
    season = a_season()
    notice = a_notice(season, city, "ts", number="")
    a_clause(
        notice, "TS-47", "quota", KEY | {"per": "place", "place_level": "county", "min": 7, "max": 10}, number="五（二）",
        audience={"kinds": ["association"], "levels": ["county"], "place_kinds": ["county"]},
    )  # fmt: skip
    a_clause(
        notice, "TS-48", "quota", KEY | {"per": "place", "min": 3, "max": 5}, number="五（二）",
        audience={"place_kinds": ["zone"], "roles": ["coordinator"]},
    )  # fmt: skip
    a_clause(
        notice, "TS-49", "quota", KEY | {"per": "unit", "min": 1, "max": 2}, number="五（二）",
        audience={"any_of": [{"kinds": ["society"], "levels": ["city"]}, {"kinds": ["science_base"]}]},
    )  # fmt: skip
    units = {
        "city": a_unit(city, "唐山市科协", coordinates=[city]),
        "county": a_unit(county, "遵化市科协", coordinates=[county]),
        "zone": a_unit(zone, "高新区科协", coordinates=[zone]),
        "society": a_unit(city, "地质学会", kind="society"),
        "base": a_unit(county, "科普基地", kind="science_base"),
        "school": a_unit(county, "遵化中学", kind="school"),
    }
    return season, notice, units


@transaction
def count(season, unit, n, measure="activity.key"):
    tallies.add(Spot(season.pk, unit.pk, unit.place_path), measure, n)


def board(season, units, actor=None, **more):
    return quota_board("/130200/", season, actor=actor or a_coordinator(units["city"]), at=AT, **more)


def said(found):
    return {r.unit.name: (r.done, r.missing, r.surplus, r.standing) for r in found.rows}


@pytest.mark.parametrize(
    ("n", "missing", "surplus", "standing"),
    [(0, 7, 0, "short"), (6, 1, 0, "short"), (7, 0, 0, "met"), (10, 0, 0, "met"), (11, 0, 1, "met")],
)
def test_seven_to_ten_for_a_county_are_all_the_countys_activities(tangshan, n, missing, surplus, standing):
    season, _notice, units = tangshan
    count(season, units["school"], n)
    assert said(board(season, units))["遵化市科协"] == (n, missing, surplus, standing)


@pytest.mark.parametrize(
    ("n", "missing", "surplus", "standing"),
    [(2, 1, 0, "short"), (3, 0, 0, "met"), (5, 0, 0, "met"), (6, 0, 1, "met")],
)
def test_three_to_five_for_a_zone(tangshan, n, missing, surplus, standing):
    season, _notice, units = tangshan
    count(season, units["zone"], n)
    assert said(board(season, units))["高新区科协"] == (n, missing, surplus, standing)


@pytest.mark.parametrize(
    ("n", "missing", "surplus", "standing"),
    [(0, 1, 0, "short"), (1, 0, 0, "met"), (2, 0, 0, "met"), (9, 0, 7, "met")],
)
def test_one_to_two_for_another_unit_are_its_own(tangshan, n, missing, surplus, standing):
    season, _notice, units = tangshan
    count(season, units["base"], n)
    count(season, units["school"], 5)
    assert said(board(season, units))["科普基地"] == (n, missing, surplus, standing)


def test_each_row_says_its_rule_in_a_sentence_with_its_clause(tangshan):
    season, _notice, units = tangshan
    row = board(season, units).rows[-2]
    assert (row.unit, row.places, row.minimum, row.maximum) == (units["base"], (), 1, 2)
    assert (row.sentence, row.cite, row.rule.clause.code) == (
        "每个单位重点活动1—2项。", "《东莞市全国科普日活动通知》 五（二）", "TS-49"
    )  # fmt: skip
    assert [r.places for r in board(season, units).rows] == [(), ("遵化市",), (), ("高新区",)]


def test_a_unit_that_coordinates_answers_for_its_place_also_where_each_unit_is_asked(tangshan):
    season, notice, units = tangshan
    a_clause(
        notice,
        "X",
        "quota",
        {"of": "activities", "min": 60},
        audience={"roles": ["coordinator"], "levels": ["city"]},
    )
    count(season, units["school"], 12, "activity.published")
    count(season, units["school"], 20, "activity.filed")
    count(season, units["school"], 1, "activity.cancelled")
    row = next(r for r in board(season, units).rows if r.unit == units["city"])
    assert (row.places, row.done, row.planned, row.missing) == (("唐山市",), 12, 7, 48)


def test_the_upper_end_does_not_stop_another_activity(tangshan):
    season, _notice, units = tangshan
    assert not any("quota" in str(c.condition) for c in Activity._meta.constraints if hasattr(c, "condition"))
    count(season, units["base"], 50)
    assert said(board(season, units))["科普基地"][1:] == (0, 48, Standing.MET)


NOT_COUNTED = [
    {"of": "materials", "min": 20},
    {"of": "main_venues", "min": 1},
    {"of": "products", "min": 1},
    {"of": "broadcasts", "min": 1},
    {
        "of": "online_activities",
        "min": 1,
        "per": "day",
        "window": "window.concentrated",
        "counts": {"mode": ["online"]},
    },
    {"of": "activities", "nominal": 100, "per": "total"},
    {"of": "activities", "min": 1, "counts": {"host_kind": ["member_unit"]}},
    {"of": "activities", "min": 1, "host_excludes": ["association"]},
    {"of": "activities", "min": 1, "window": "window.concentrated"},
]


@pytest.mark.parametrize("quota", NOT_COUNTED)
def test_what_is_not_counted_says_so_and_is_not_zero(tangshan, quota):
    season, notice, units = tangshan
    a_clause(notice, "X", "quota", quota, key="quota.x", audience={"kinds": ["school"]})
    row = next(r for r in board(season, units).rows if r.unit == units["school"])
    assert (row.done, row.planned, row.missing, row.surplus, row.standing) == (
        None,
        None,
        None,
        None,
        Standing.NOT_COUNTED,
    )
    assert "暂不能自动统计" in row.not_counted


@pytest.mark.parametrize(
    "quota",
    [
        {"of": "activities", "min": 1},
        {"of": "online_activities", "min": 1, "counts": {"mode": ["online", "mixed"]}},
    ],
)
def test_what_the_measures_count_is_counted(quota):
    assert why_not_counted(Quota.model_validate(quota)) == ""


def test_a_nominal_number_is_nothing_to_fall_short_of(tangshan):
    season, notice, units = tangshan
    a_clause(notice, "X", "quota", {"of": "activities", "nominal": 100}, audience={"kinds": ["school"]})
    row = next(r for r in board(season, units).rows if r.unit == units["school"])
    assert (row.nominal, row.done, row.missing, row.surplus, row.standing) == (
        100,
        0,
        0,
        0,
        Standing.NO_MINIMUM,
    )


def test_an_actor_sees_the_units_of_its_scope_only(tangshan):
    season, _notice, units = tangshan
    stranger_city = a_place("130300", "秦皇岛市", kind=PlaceKind.CITY, parent=units["city"].place.parent)
    stranger = a_unit(stranger_city, "秦皇岛市科协", coordinates=[stranger_city])
    seen = {
        name: {r.unit.name for r in board(season, units, actor).rows}
        for name, actor in (
            ("county", a_coordinator(units["county"])), ("base", an_actor(units["base"])),
            ("school", an_actor(units["school"])), ("stranger", a_coordinator(stranger)),
        )
    }  # fmt: skip
    assert seen == {
        "county": {"遵化市科协", "科普基地"},
        "base": {"科普基地"},
        "school": set(),
        "stranger": set(),
    }


@pytest.mark.parametrize("size", [2, 4])
def test_a_page_is_nine_queries_however_many_units(tangshan, size, django_assert_num_queries):
    season, _notice, units = tangshan
    actor = a_coordinator(units["city"])
    board(season, units, actor)
    with django_assert_num_queries(9):
        assert len(board(season, units, actor, size=size).rows) == size


def test_pages_follow_each_other(tangshan):
    season, _notice, units = tangshan
    first = board(season, units, size=3)
    second = board(season, units, size=3, cursor=first.next)
    assert [r.unit.name for r in (*first.rows, *second.rows)] == [
        "地质学会",
        "遵化市科协",
        "科普基地",
        "高新区科协",
    ]
    assert (first.as_of, second.next) == (AT, "")
