"""What is in force in each of the five places: the values of the notices, whoever asks."""

from __future__ import annotations

from datetime import datetime

import pytest

from kepu.core.calendar import CHINA
from kepu.notices.duties import duties_of
from kepu.notices.kinds import Status
from kepu.notices.models import Notice
from kepu.notices.queries import above
from kepu.notices.rulebook import rules_in_force

SEPTEMBER = datetime(2023, 9, 5, 9, tzinfo=CHINA)
BEFORE_THE_NATION = datetime(2023, 8, 1, 9, tzinfo=CHINA)
DONGGUAN_TOWN, TANGSHAN_COUNTY, CHENGDU_COUNTY, LIAONING_CITY = "441900003", "130283", "510104", "210200"
THEME = "提升全民科学素质，助力科技自立自强"
PLACES = [DONGGUAN_TOWN, TANGSHAN_COUNTY, CHENGDU_COUNTY, LIAONING_CITY, "330100"]


def rules(unit, season, at=SEPTEMBER):
    return rules_in_force(unit, season, at=at)


@pytest.mark.parametrize("place", PLACES)
def test_the_theme_is_the_nation_s_everywhere(place, unit_at, season):
    assert rules(unit_at(place), season).value("theme") == THEME


def test_chengdu_waits_for_the_theme_until_the_nation_speaks(unit_at, season):
    unit = unit_at(CHENGDU_COUNTY)

    before, after = rules(unit, season, BEFORE_THE_NATION)["theme"], rules(unit, season)["theme"]

    assert (before.value, before.status, before.clause.code) == (None, Status.PENDING, "CD-07")
    assert (after.value, after.status, [c.code for c in after.chain]) == (
        THEME,
        Status.FINAL,
        ["CD-07", "NA-05"],
    )


def test_chengdu_s_sub_theme_is_tentative_and_its_own(unit_at, season):
    rule = rules(unit_at(CHENGDU_COUNTY), season)["subtheme"]

    assert (rule.value, rule.status) == ("厚植科技创新沃土，擦亮科幻之都名片", Status.TENTATIVE)
    assert "subtheme" not in rules(unit_at(TANGSHAN_COUNTY), season)


@pytest.mark.parametrize(
    ("place", "setters", "clause"),
    [
        (DONGGUAN_TOWN, ("host",), "DG-09"),
        (CHENGDU_COUNTY, ("region", "department", "unit"), "CD-09"),
        (TANGSHAN_COUNTY, ("region", "department"), "TS-09"),
        (LIAONING_CITY, ("region",), "LN-08"),
        ("330100", ("region", "department"), "NA-07"),
    ],
)
def test_who_may_set_a_sub_theme(place, setters, clause, unit_at, season):
    rule = rules(unit_at(place), season)["subtheme.right"]

    assert (rule.value, rule.clause.code) == (setters, clause)


@pytest.mark.parametrize(
    ("place", "opens"),
    [
        (DONGGUAN_TOWN, "DG-47"),
        (TANGSHAN_COUNTY, "TS-52"),
        (LIAONING_CITY, "LN-50"),
        (CHENGDU_COUNTY, "NA-69"),
    ],
)
def test_publishing_opens_on_21_august(place, opens, unit_at, season):
    rule = rules(unit_at(place), season)["activity.published_at"]

    assert (rule.params.not_before.words(), rule.clause.code, rule.strictness) == (
        "2023年8月21日",
        opens,
        "hard",
    )


def test_the_concentrated_week_and_chengdu_s_own_windows(unit_at, season):
    found = rules(unit_at(CHENGDU_COUNTY), season)

    windows = {key: (str(r.params.begins().date()), str(r.params.ends().date())) for key, r in found.items()
               if r.kind == "window" and r.params.begins() and r.params.ends()}  # fmt: skip
    assert windows["window.concentrated"] == ("2023-09-17", "2023-09-23")
    assert windows["window.series"] == ("2023-08-15", "2023-10-15")
    assert windows["window.main_venue"] == ("2023-09-11", "2023-09-28")
    assert windows["window.year_round"] == ("2023-01-01", "2023-12-31")


def test_dongguan_s_lead_time_and_numbers_of_participants(unit_at, season):
    found = rules(unit_at(DONGGUAN_TOWN), season)

    shown = {k: (found[k].value, found[k].strictness, found[k].clause.code) for k in (
        "activity.lead_days", "activity.participants_expected.offline", "activity.participants_expected.online",
        "activity.media_links",
    )}  # fmt: skip
    assert shown == {
        "activity.lead_days": (7, "hard", "DG-48"),
        "activity.participants_expected.offline": (50, "in_principle", "DG-51"),
        "activity.participants_expected.online": (100, "in_principle", "DG-52"),
        "activity.media_links": (1, "hard", "DG-54"),
    }


def test_no_other_place_has_a_lead_time_and_the_unknown_layer_is_said(unit_at, season):
    found = rules(unit_at(TANGSHAN_COUNTY), season)

    assert "activity.lead_days" not in found
    assert found.explain("activity.lead_days") == [
        "没有哪份通知对“activity.lead_days”作出规定。",
        "河北省有通知（《河北省2023年全国科普日通知（未见正文）》）但未见正文，那一级有没有规定并不清楚。",
    ]


def test_explain_names_notice_and_clause(unit_at, season):
    first = rules(unit_at(DONGGUAN_TOWN), season).explain("activity.lead_days")[0]

    assert first.startswith("东科协〔2023〕17号 六（二）1（DG-48，东莞市科学技术协会）：")


def test_dongguan_s_filings_all_go_to_the_city(unit_at, season):
    rule = rules(unit_at(DONGGUAN_TOWN), season)["routing.activity"]

    assert (rule.clause.code, rule.params.choice, rule.params.routes[0].steps) == (
        "DG-50",
        "fixed",
        ("coordinator@city",),
    )


@pytest.mark.parametrize(
    ("place", "marks"),
    [
        (DONGGUAN_TOWN, {"全国科普日", "科普中国"}),
        (LIAONING_CITY, {"全国科普日", "科普中国", "科普辽宁"}),
        (CHENGDU_COUNTY, {"全国科普日", "科普中国", "天府科技云", "科普熊猫"}),
    ],
)
def test_marks_are_the_union_of_the_chain(place, marks, unit_at, season):
    assert set(rules(unit_at(place), season).value("mark.marks")) == marks


def test_chengdu_s_fields_replace_the_national_ten_and_four_are_shared(unit_at, season):
    nation = rules(unit_at("330100", "department"), season)["list.fields"].params
    chengdu = rules(unit_at(CHENGDU_COUNTY, "department", traits=["outline_member"]), season)[
        "list.fields"
    ].params

    walk = chengdu.crosswalk(nation)
    assert (len(nation.items), len(chengdu.items)) == (10, 8)
    assert sorted(code for code, target in walk.items() if target) == [
        "ecological_civilisation",
        "emergency",
        "health",
        "science_education",
    ]


@pytest.mark.parametrize(
    ("place", "kind", "traits", "least", "most", "clause"),
    [
        (TANGSHAN_COUNTY, "association", ["coordinator"], 7, 10, "TS-47"),
        ("130200", "society", [], 1, 2, "TS-49"),
        ("210200", "leading_group_office", ["coordinator"], 60, None, "LN-64"),
        ("210000", "society", [], 2, None, "LN-65"),
    ],
)
def test_quotas_of_key_activities(place, kind, traits, least, most, clause, unit_at, season):
    rule = rules(unit_at(place, kind, traits=traits), season)["quota.key_activities"]

    assert (rule.params.min, rule.params.max, rule.clause.code.split(".")[0]) == (least, most, clause)


def owed(unit, season, at=SEPTEMBER):
    return {
        o.what: (str(o.due.date()) if o.due else None, o.rule.clause.code)
        for o in duties_of(rules(unit, season, at))
    }


def test_duties_of_each_notice_bind_whom_they_name(unit_at, season):
    town = owed(unit_at(DONGGUAN_TOWN, "association", traits=["coordinator"]), season)
    province = owed(unit_at("330000", "association", traits=["coordinator"]), season)
    county = owed(unit_at(TANGSHAN_COUNTY, "association", traits=["coordinator"]), season)
    city = owed(unit_at(LIAONING_CITY, "leading_group_office", traits=["coordinator"]), season)
    chengdu = owed(unit_at(CHENGDU_COUNTY, "association", traits=["coordinator"]), season)

    assert (town["plan_table"], town["organisation_summary"]) == (
        ("2023-09-08", "DG-43"),
        ("2023-09-23", "DG-59"),
    )
    assert province["organisation_summary"] == ("2023-10-10", "NA-71")
    assert county["organisation_summary"] == ("2023-09-26", "TS-54")
    assert (city["materials"], city["key_activity_list"]) == (
        ("2023-08-31", "LN-57"),
        ("2023-08-31", "LN-62"),
    )
    assert chengdu["key_activity_list"] == ("2023-08-15", "CD-63")


def test_the_history_call_of_the_nation_reaches_every_place_though_one_province_s_notice_carries_it(
    unit_at, season
):
    found = rules(unit_at(DONGGUAN_TOWN), season)

    assert found["call.history_pictures"].clause.notice.code == "liaoning-2023"


def test_an_activity_summary_is_due_ten_days_after_the_end_in_dongguan(unit_at, season):
    end = datetime(2023, 9, 23, 17, tzinfo=CHINA)

    found = duties_of(rules(unit_at(DONGGUAN_TOWN), season), about="activity", anchors={"activity_end": end})

    assert {o.what: str(o.due.date()) for o in found if o.due} == {"activity_summary": "2023-10-03"}


def test_above_a_notice_stand_the_notices_of_the_places_around_it_only(season):
    dongguan = Notice.objects.select_related("season", "place", "line").get(code="dongguan-2023")

    # Liaoning's notice carries a call of the nation, which reaches Dongguan; it is not above Dongguan's
    assert [n.code for n in above(dongguan, SEPTEMBER)] == ["guangdong-2023", "national-2023"]
