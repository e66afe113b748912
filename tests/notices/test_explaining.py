"""Why a rule holds, as a value: the chain in words, what is pending, what others are asked, and the address of it all."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.explaining import address_of, cited_with_address, explained_clauses, explained_rule
from kepu.notices.inheritance import NoticeView, fold
from kepu.notices.kinds import Status
from kepu.notices.kinds.audience import Audience, Profile
from tests.notices.building import CITY, DAY, NATION, SCHOOL, TOWN, clause, lead

ADVANCE = replace(TOWN, status="advance", season_code="2023")
PROVINCE = NoticeView(9, "p", "省里的通知", "", "省协会", "placeholder", "/44/", "样例省", "", None, None)


def query_of(address):
    return parse_qsl(urlsplit(address).query)


def test_a_chain_of_three_says_who_says_what_how_strictly_and_how_settled():
    rules = fold(
        [lead(NATION, "N-1", 3), lead(CITY, "C-1", 7, number="六（二）1"), lead(ADVANCE, "T-1", 9, strictness="in_principle")],
        SCHOOL, DAY,
    )  # fmt: skip

    why = rules.explanation("activity.lead_days")

    assert why.sentence == "填报时，距活动开始的天数不少于9天。"
    assert why.pending == "目前是暂定的，等正式通知。"
    assert [(x.clause.code, x.strictness, x.mode, x.status, x.is_settled) for x in why.chain] == [
        ("T-1", "原则上要求", "在上级基础上收紧", "暂定", False), ("C-1", "必须做到", "在上级基础上收紧", "正式", True),
        ("N-1", "必须做到", "由这一条首先规定", "正式", True),
    ]  # fmt: skip
    assert why.words() == [
        "目前是暂定的，等正式通知。",
        "《镇里的通知》 一（T-1，镇协会）：填报时，距活动开始的天数不少于9天。〔原则上要求；在上级基础上收紧；暂定〕",
        "市协〔2023〕1号 六（二）1（C-1，市协会）：填报时，距活动开始的天数不少于7天。〔必须做到；在上级基础上收紧；正式〕",
        "《全国的通知》 一（N-1，全国办公室）：填报时，距活动开始的天数不少于3天。〔必须做到；由这一条首先规定；正式〕",
    ]
    assert why.words() == rules.explain("activity.lead_days")


def test_what_waits_says_for_what_and_stands_on_what_is_above():
    waiting = clause(CITY, "C-7", "theme", {}, status="pending", mode="pending", waits_for="全国的主题")
    theme = clause(NATION, "N-5", "theme", {"text": "爱科学"})

    alone = fold([waiting], SCHOOL, DAY).explanation("theme")
    resolved = fold([waiting, theme], SCHOOL, DAY).explanation("theme")

    assert (alone.pending, [x.words() for x in alone.chain]) == (
        "目前待定，等全国的主题。",
        ["市协〔2023〕1号 一（C-7，市协会）：主题待定。〔必须做到；待定〕"],
    )
    assert (resolved.pending, resolved.sentence) == ("", "主题：爱科学。")
    assert [(x.clause.code, x.mode, x.status) for x in resolved.chain] == [
        ("C-7", "先照上级的", "待定"), ("N-5", "由这一条首先规定", "正式"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("below", "above", "words"),
    [
        ({"fact": "lead_days", "min": 7}, {"fact": "lead_days", "min": 7}, "与上级相同"),
        ({"fact": "lead_days", "min": 7}, {"fact": "lead_days", "min": 5}, "在上级基础上收紧"),
    ],
)
def test_a_clause_says_what_it_does_to_the_one_above(below, above, words):
    rules = fold([clause(NATION, "N", "gate", above), clause(CITY, "C", "gate", below)], SCHOOL, DAY)
    assert rules.explanation("activity.lead_days").chain[0].mode == words


def test_of_one_notice_the_narrower_clause_is_said_to_be_the_narrower():
    wide = clause(CITY, "W", "quota", {"of": "key_activities", "min": 1}, position=1)
    narrow = clause(CITY, "S", "quota", {"of": "key_activities", "min": 7}, audience={"kinds": ["school"]})
    assert (
        fold([wide, narrow], SCHOOL, DAY).explanation("quota.key_activities").chain[0].mode
        == "同一份通知里更具体的一条"
    )


def test_what_others_are_asked_and_what_is_not_known_follow_the_chain():
    rules = fold(
        [lead(CITY, "C-1", 7), lead(NATION, "N-2", 10, audience={"levels": ["province"]})], SCHOOL, DAY,
        names={"level:province": "省级"}, notices=[PROVINCE],
    )  # fmt: skip

    why = rules.explanation("activity.lead_days")

    assert [(x.clause.code, x.who) for x in why.frames] == [("N-2", "省级")]
    assert why.unknown == (PROVINCE,)
    assert why.words()[1:] == [
        "相关：《全国的通知》 一（N-2）要求省级：填报时，距活动开始的天数不少于10天。",
        "样例省有通知（《省里的通知》）但未见正文，那一级有没有规定并不清楚。",
    ]


def test_a_rule_explains_itself_wherever_it_was_carried():
    rules = fold([lead(NATION, "N-1", 3), lead(CITY, "C-1", 7)], SCHOOL, DAY)
    assert explained_rule(rules["activity.lead_days"]) == rules.explanation("activity.lead_days")


def test_the_clauses_of_an_area_stand_nearest_first_and_those_of_its_parts_apart():
    clauses = [
        lead(NATION, "N-1", 3), lead(CITY, "C-1", 7, audience={"kinds": ["school"]}), lead(TOWN, "T-1", 9),
    ]  # fmt: skip

    why = explained_clauses("activity.lead_days", clauses, CITY.place, {"kind:school": "中小学"})

    assert [(x.clause.code, x.who) for x in why.chain] == [("C-1", "中小学"), ("N-1", "")]
    assert [(x.clause.code, x.who) for x in why.frames] == [("T-1", "所有单位")]
    assert (why.rule, why.sentence, why.address) == (None, "填报时，距活动开始的天数不少于7天。", "")


def test_the_address_names_place_and_kind_and_nothing_that_has_no_bearing():
    who = Profile(
        "/44/4419/",
        "school",
        "city",
        "city",
        "/edu/",
        frozenset({"coordinator", "demo", "place:new"}),
        "DG-1",
    )
    plain = address_of("theme", who, season="2023")
    asked = address_of(
        "theme", who, audiences=[Audience(any_of=(Audience(designations=("new",)), Audience(levels=("city",), units=("DG-1",))))]
    )  # fmt: skip

    assert plain == "/notices/why/?key=theme&place=4419&kind=school&season=2023&line=edu"
    assert query_of(asked) == [
        ("key", "theme"), ("place", "4419"), ("kind", "school"), ("line", "edu"), ("level", "city"), ("has", "place:new"),
        ("unit", "DG-1"),
    ]  # fmt: skip


def test_the_nation_has_a_code_in_an_address():
    assert query_of(address_of("theme", Profile("/", "school", "nation", "nation")))[1] == ("place", "CN")


def test_a_rule_in_a_mail_has_its_clause_and_its_address_on_a_line_of_its_own(settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    rule = fold([lead(CITY, "C-1", 7)], SCHOOL, DAY)["activity.lead_days"]

    assert cited_with_address(rule).splitlines() == [
        "填报时，距活动开始的天数不少于7天。（市协〔2023〕1号 一）",
        "https://kepu.example.cn/notices/why/?key=activity.lead_days&place=t1&kind=school",
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from([NATION, CITY, ADVANCE]), st.integers(0, 30), st.sampled_from(["school", "museum"])), max_size=6
    )
)  # fmt: skip
def test_every_clause_of_a_rule_is_in_its_explanation_once(said):
    clauses = [lead(n, f"X-{i}", d, audience={"kinds": [k]}, position=i) for i, (n, d, k) in enumerate(said)]

    why = fold(clauses, SCHOOL, DAY).explanation("activity.lead_days")

    binding = [c.code for c in clauses if c.audience.kinds == ("school",)]
    assert sorted(x.clause.code for x in why.chain) == sorted(binding)
    assert sorted(x.clause.code for x in (*why.chain, *why.frames)) == sorted(c.code for c in clauses)
    assert (why.rule is None) == (binding == [])
    assert bool(why.pending) == (why.rule is not None and why.rule.status is not Status.FINAL)
