"""The fold: six modes, silence, time, audience, unknown layers."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.inheritance import NoticeView, fold
from kepu.notices.kinds import Mode, Status, Strictness
from kepu.notices.kinds.audience import Profile
from tests.notices.building import CITY, DAY, NATION, SCHOOL, TOWN, clause, lead


def test_a_rule_knows_its_value_its_clause_and_how_it_is_cited():
    rules = fold([lead(CITY, "C-48", 7, number="六（二）1")], SCHOOL, DAY)

    rule = rules["activity.lead_days"]
    assert (rule.value, rule.clause.code, rule.cite, rule.mode, rule.status) == (
        7, "C-48", "市协〔2023〕1号 六（二）1", Mode.TIGHTEN, Status.FINAL,
    )  # fmt: skip


def test_silence_is_not_deletion():
    theme = clause(NATION, "N-5", "theme", {"text": "爱科学"})

    rules = fold([theme, lead(CITY, "C-48", 7)], SCHOOL, DAY)

    assert rules.value("theme") == "爱科学"


def test_a_fixed_value_stands_whatever_the_child_writes():
    mine = clause(NATION, "N-5", "theme", {"text": "爱科学"})
    theirs = clause(CITY, "C-7", "theme", {"text": "爱别的"})

    rule = fold([mine, theirs], SCHOOL, DAY)["theme"]

    assert rule.value == "爱科学"
    assert [c.code for c in rule.chain] == ["C-7", "N-5"]


def test_union_adds_and_loses_nothing():
    marks = [
        clause(
            NATION, "N-68", "mark", {"items": [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙"}]}
        ),
        clause(CITY, "C-49", "mark", {"items": [{"code": "c", "label": "丙"}]}),
    ]

    assert fold(marks, SCHOOL, DAY).value("mark.marks") == ("甲", "乙", "丙")


def test_replace_lets_the_child_s_list_stand_and_keeps_a_crosswalk():
    fields = [
        clause(NATION, "N-29", "list", {"code": "fields", "title": "领域", "items": [{"code": "health", "label": "健康"}]}),
        clause(
            CITY, "C-38", "list",
            {"code": "fields", "title": "领域", "items": [{"code": "sf", "label": "科幻"}, {"code": "med", "label": "医", "same_as": "health"}]},
        ),
    ]  # fmt: skip

    rule = fold(fields, SCHOOL, DAY)["list.fields"]

    assert list(rule.params.labels()) == ["sf", "med"]
    assert rule.params.crosswalk(fields[0].params) == {"sf": None, "med": "health"}


@pytest.mark.parametrize(("nation", "city", "in_force"), [(7, 10, 10), (7, 3, 7), (7, 7, 7)])
def test_tighten_takes_the_stricter_of_parent_and_child(nation, city, in_force):
    assert (
        fold([lead(NATION, "N-1", nation), lead(CITY, "C-1", city)], SCHOOL, DAY).value("activity.lead_days")
        == in_force
    )


def test_tighten_keeps_the_parent_s_strictness_when_the_child_is_softer():
    rules = fold([lead(NATION, "N-1", 7), lead(CITY, "C-1", 9, strictness="in_principle")], SCHOOL, DAY)

    assert rules["activity.lead_days"].strictness is Strictness.HARD


def test_a_deadline_of_a_lower_link_may_only_be_earlier():
    def summary(notice, code, day):
        return clause(notice, code, "duty", {"what": "summary", "title": "总结", "due": {"date": day}})

    earlier = fold([summary(NATION, "N", "2023-10-10"), summary(CITY, "C", "2023-09-23")], SCHOOL, DAY)[
        "duty.summary"
    ]
    later = fold([summary(NATION, "N", "2023-10-10"), summary(CITY, "C", "2023-10-20")], SCHOOL, DAY)[
        "duty.summary"
    ]

    assert (earlier.params.due.words(), later.params.due.words()) == ("2023年9月23日", "2023年10月10日")


def test_shift_lets_each_level_have_its_own_rule():
    province = Profile("/44/", "association", "province", "province")
    county = Profile("/44/4419/t1/", "association", "county", "county")
    clauses = [
        clause(NATION, "N-53", "quota", {"of": "broadcasts", "per": "place", "place_level": "province", "min": 1},
               audience={"levels": ["province"]}),
        clause(CITY, "T-39", "quota", {"of": "broadcasts", "per": "place", "place_level": "county", "min": 1},
               audience={"levels": ["county"]}, mode="shift"),
    ]  # fmt: skip

    assert fold(clauses, province, DAY)["quota.broadcasts"].clause.code == "N-53"
    assert fold(clauses, county, DAY)["quota.broadcasts"].clause.code == "T-39"


def test_a_pending_value_is_taken_from_the_parent_once_there_is_one():
    waiting = clause(CITY, "C-7", "theme", {}, status="pending", mode="pending", waits_for="全国的通知")
    theme = clause(NATION, "N-5", "theme", {"text": "爱科学"})

    alone = fold([waiting], SCHOOL, DAY)["theme"]
    resolved = fold([waiting, theme], SCHOOL, DAY)["theme"]

    assert (alone.value, alone.status) == (None, Status.PENDING)
    assert (resolved.value, resolved.status, [c.code for c in resolved.chain]) == (
        "爱科学",
        Status.FINAL,
        ["C-7", "N-5"],
    )


def test_a_child_may_be_older_than_its_parent():
    nation = replace(NATION, in_force_at=DAY + timedelta(days=10))
    clauses = [
        clause(nation, "N-5", "theme", {"text": "爱科学"}),
        clause(CITY, "C-7", "theme", {}, status="pending", mode="pending", waits_for="全国的通知"),
    ]

    assert fold(clauses, SCHOOL, DAY).value("theme") is None
    assert fold(clauses, SCHOOL, DAY + timedelta(days=11)).value("theme") == "爱科学"


def test_every_value_of_an_advance_notice_is_tentative():
    advance = replace(CITY, status="advance")

    assert fold([lead(advance, "C-1", 7)], SCHOOL, DAY)["activity.lead_days"].status is Status.TENTATIVE


def test_a_notice_stops_holding_when_it_is_replaced():
    old = replace(CITY, ends_at=DAY)

    assert "activity.lead_days" in fold([lead(old, "C-1", 7)], SCHOOL, DAY - timedelta(seconds=1))
    assert "activity.lead_days" not in fold([lead(old, "C-1", 7)], SCHOOL, DAY)


def test_a_layer_without_a_text_is_said_to_be_unknown_and_not_taken_for_its_parent():
    province = NoticeView(
        9, "p", "省里的通知", "省协〔2023〕15号", "省协会", "placeholder", "/44/", "样例省", "", None, None
    )

    rules = fold([lead(NATION, "N-1", 7)], SCHOOL, DAY, notices=[province])

    assert [n.code for n in rules.unknown] == ["p"]
    assert (
        rules.explain("activity.participants")[-1]
        == "样例省有通知（省协〔2023〕15号）但未见正文，那一级有没有规定并不清楚。"
    )


def test_of_two_clauses_of_one_notice_the_narrower_speaks():
    wide = clause(CITY, "T-49", "quota", {"of": "key_activities", "min": 1}, position=1)
    narrow = clause(
        CITY, "T-47", "quota", {"of": "key_activities", "min": 7}, audience={"kinds": ["school"]}, position=0
    )

    assert fold([wide, narrow], SCHOOL, DAY)["quota.key_activities"].params.min == 7


def test_union_clauses_of_one_notice_add_up():
    topics = [
        clause(
            CITY,
            f"C-{i}",
            "list",
            {"code": "topics", "title": "主题", "items": [{"code": c, "label": c}]},
            mode="union",
            position=i,
        )
        for i, c in enumerate(["space", "health"])
    ]

    rules = fold(topics, SCHOOL, DAY)

    assert list(rules["list.topics"].params.labels()) == ["space", "health"]
    assert rules.labels("list.topics") == {"space": "space", "health": "health"}


def test_a_clause_reaches_beyond_its_notice_s_place_when_it_says_so():
    call = clause(CITY, "L-69", "call", {"code": "history", "title": "历史图片"}, scope="/")
    elsewhere = Profile("/51/5101/", "school", "county", "county")

    assert "call.history" in fold([call], elsewhere, DAY)


def test_a_clause_that_binds_others_is_kept_as_the_frame():
    duty = {"what": "summary", "title": "总结", "due": {"date": "2023-10-10"}}
    upper = clause(NATION, "N-71", "duty", duty, audience={"levels": ["province"]})

    rules = fold([upper], SCHOOL, DAY, names={"level:province": "省级"})

    assert "duty.summary" not in rules
    assert rules.explain("duty.summary") == [
        "没有哪份通知对“duty.summary”作出规定。",
        "相关：《全国的通知》 一（N-71）要求省级：2023年10月10日前报送总结。",
    ]


def test_explain_names_each_clause_nearest_first():
    said = fold([lead(NATION, "N-1", 5), lead(TOWN, "T-1", 9), lead(CITY, "C-1", 7)], SCHOOL, DAY).explain(
        "activity.lead_days"
    )

    assert [s.split("（")[1].split("，")[0] for s in said] == ["T-1", "C-1", "N-1"]


@given(
    days=st.lists(st.tuples(st.sampled_from([NATION, CITY, TOWN]), st.integers(0, 60)), min_size=1, max_size=3, unique_by=lambda d: d[0].id),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_tightening_gives_the_strictest_whatever_the_order_of_entry(days, seed):
    clauses = [lead(notice, f"X-{notice.id}", n) for notice, n in days]
    random.Random(seed).shuffle(clauses)

    assert fold(clauses, SCHOOL, DAY).value("activity.lead_days") == max(n for _notice, n in days)


@given(st.lists(st.integers(0, 3), max_size=8))
def test_no_clause_that_binds_is_ever_lost_from_its_chain(levels):
    notices = [NATION, CITY, TOWN, replace(TOWN, id=4, code="other", place="/51/")]
    clauses = [lead(notices[level], f"X-{i}", i) for i, level in enumerate(levels)]

    rules = fold(clauses, SCHOOL, DAY)

    chain = rules["activity.lead_days"].chain if rules else ()
    assert sorted(c.code for c in chain) == sorted(f"X-{i}" for i, level in enumerate(levels) if level < 3)
