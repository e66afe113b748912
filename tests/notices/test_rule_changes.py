"""What changes in the rules in force: what became of each rule, its values in words, a sentence with its clause."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.difference import RuleChange, Turn, rule_changes
from kepu.notices.inheritance import ClauseView, NoticeView, Rules, fold
from tests.notices.building import CITY, DAY, NATION, SCHOOL, TOWN, clause, lead

DUTY = {"what": "summary", "title": "工作总结", "due": {"date": "2023-09-23"}}
SCAN = {"parts": [{"code": "scan", "label": "扫描件"}]}
QUOTA = {"of": "activities", "min": 5, "unit": "项"}
TEXT = {"code": "aim", "title": "要求"}


def rules(*clauses: ClauseView) -> Rules:
    return fold(clauses, SCHOOL, DAY)


def change(before: list[ClauseView], after: list[ClauseView]) -> list[tuple[str, list[str]]]:
    return [
        (str(c.what), [v.sentence() for v in c.values()]) for c in rule_changes(rules(*before), rules(*after))
    ]


def duty(params: dict[str, Any], **more: Any) -> ClauseView:
    return clause(CITY, "C-1", "duty", params, **more)


@pytest.mark.parametrize(("before", "after", "said"), [
    ([], [lead(CITY, "C-1", 7)], [("new", [])]),
    ([lead(CITY, "C-1", 7)], [], [("gone", [])]),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 7)], []),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 9)], [("stricter", ["界限：不少于7天 → 不少于9天"])]),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 5)], [("eased", ["界限：不少于7天 → 不少于5天"])]),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 7), lead(TOWN, "T-1", 9)], [("stricter", ["界限：不少于7天 → 不少于9天"])]),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 7), lead(TOWN, "T-1", 7)], [("source", [])]),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 7, strictness="strive")], [("eased", ["强度：必须做到 → 争取做到"])]),
    ([lead(CITY, "C-1", 7, strictness="in_principle")], [lead(CITY, "C-1", 7)], [("stricter", ["强度：原则上要求 → 必须做到"])]),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 9, strictness="strive")],
     [("changed", ["界限：不少于7天 → 不少于9天", "强度：必须做到 → 争取做到"])]),
    ([lead(CITY, "C-1", 7, status="tentative")], [lead(CITY, "C-1", 7)], [("settled", ["状态：暂定 → 正式"])]),
    ([duty(DUTY)], [duty({**DUTY, "due": {"date": "2023-09-20"}})], [("stricter", ["期限：2023年9月23日 → 2023年9月20日"])]),
    ([duty(DUTY)], [duty({**DUTY, "due": {"date": "2023-09-30"}})], [("eased", ["期限：2023年9月23日 → 2023年9月30日"])]),
    ([duty(DUTY)], [duty(DUTY | SCAN)], [("stricter", ["要交的：加上扫描件"])]),
    ([duty(DUTY)], [duty({**DUTY, "due": {"date": "2023-09-30"}} | SCAN)],
     [("changed", ["期限：2023年9月23日 → 2023年9月30日", "要交的：加上扫描件"])]),
    ([duty(DUTY)], [duty({**DUTY, "title": "年度总结"})], [("changed", ["名称：工作总结 → 年度总结"])]),
    ([duty(DUTY)], [duty(DUTY, audience={"only_for": "入围者"})], [("changed", ["对象：加上入围者"])]),
    ([clause(CITY, "C-1", "quota", QUOTA)], [clause(CITY, "C-1", "quota", {**QUOTA, "min": 6})],
     [("stricter", ["数量：不少于5项 → 不少于6项"])]),
    ([clause(CITY, "C-1", "text", TEXT)], [clause(CITY, "C-1", "text", {**TEXT, "title": "号召"})], [("changed", ["名称：要求 → 号召"])]),
])  # fmt: skip
def test_what_became_of_a_rule(before, after, said):
    assert change(before, after) == said


ADVANCE = NoticeView(4, "advance", "预备通知", "", "市协会", "advance", CITY.place, "样例市", "", None, None)
WAITING = clause(
    ADVANCE, "A-1", "theme", {"term": "主题"}, status="pending", mode="pending", waits_for="全国的通知"
)


def test_a_theme_that_was_pending_is_settled():
    final = clause(CITY, "C-1", "theme", {"text": "爱科学"})
    [settled] = rule_changes(rules(WAITING), rules(final))
    assert (settled.what, settled.before.sentence(), settled.after.sentence()) == (
        Turn.SETTLED, "待定，等全国的通知。", "主题：爱科学。"
    )  # fmt: skip
    assert [v.sentence() for v in settled.values()] == [
        "主题：加上爱科学", "叫法：去掉主题", "状态：待定 → 正式", "等什么：去掉全国的通知",
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "sentence"), [
    ([], [lead(CITY, "C-1", 7)], "新增：填报时，距活动开始的天数不少于7天。（市协〔2023〕1号 一）"),
    ([lead(CITY, "C-1", 7)], [], "不再有：填报时，距活动开始的天数不少于7天。（市协〔2023〕1号 一）"),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 9)],
     "更严：填报时，距活动开始的天数不少于9天。原来是：填报时，距活动开始的天数不少于7天。（市协〔2023〕1号 一）"),
    ([lead(CITY, "C-1", 7)], [lead(CITY, "C-1", 7, strictness="strive")],
     "更宽：填报时，距活动开始的天数不少于7天。强度：必须做到 → 争取做到。（市协〔2023〕1号 一）"),
    ([lead(CITY, "C-1", 7)], [lead(TOWN, "T-1", 7)],
     "内容不变，依据由市协〔2023〕1号 一改为《镇里的通知》 一：填报时，距活动开始的天数不少于7天。"),
])  # fmt: skip
def test_a_change_is_one_sentence_with_the_clause_behind_it(before, after, sentence):
    [one] = rule_changes(rules(*before), rules(*after))
    assert one.sentence() == sentence


def test_what_is_gone_comes_last():
    a, b, c = (clause(CITY, f"C-{n}", "text", {"code": n, "title": n}) for n in "abc")
    assert [c.key[-1] for c in rule_changes(rules(a, b), rules(b, c))] == ["c", "a"]


@pytest.mark.parametrize(("before", "after"), [
    ([WAITING], [clause(CITY, "C-1", "theme", {"text": "爱科学"})]), ([lead(CITY, "C-1", 7)], []), ([], [duty(DUTY | SCAN)]),
])  # fmt: skip
def test_a_change_kept_as_json_is_the_same_when_it_is_read_again(before, after):
    found = rule_changes(rules(*before), rules(*after))
    kept = json.loads(json.dumps([c.as_json() for c in found], ensure_ascii=False))
    assert tuple(RuleChange.from_json(c) for c in kept) == found


def test_what_a_kind_no_longer_takes_is_told_by_the_clauses_summary():
    [one] = rule_changes(
        rules(), rules(clause(CITY, "C-1", "gate", {"fact": "lead_days", "min": 7}, summary="提前填报。"))
    )
    kept = one.as_json()
    kept["after"]["data"] = {"fact": "lead_days", "at_least": 7}
    read = RuleChange.from_json(kept)
    assert (read.after.sentence(), read.values()) == ("提前填报。", [])


BOUNDS = st.integers(1, 30)


@given(st.lists(st.tuples(st.sampled_from([NATION, CITY]), BOUNDS), max_size=4), BOUNDS)
def test_rules_do_not_differ_from_themselves_and_a_tighter_notice_never_eases(below, days):
    there = [lead(notice, f"X-{n}", value) for n, (notice, value) in enumerate(below)]
    before = rules(*there)
    assert rule_changes(before, rules(*there)) == ()
    [found] = rule_changes(before, rules(*there, lead(TOWN, "T-9", days)))
    had = before.value("activity.lead_days")
    assert found.what is (Turn.NEW if had is None else Turn.STRICTER if days > had else Turn.SOURCE)
