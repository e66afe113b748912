"""What notices of other campaigns say: contests, calls, designations, corrections, and how a clerk would read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kepu.notices.inheritance import fold
from kepu.notices.kinds import kinds
from tests.notices.building import CITY, DAY, SCHOOL, clause


def made(kind, **params):
    return kinds()[kind].model_validate(params)


@pytest.mark.parametrize(("facts", "concerned"), [
    ({"participants_expected": 500}, True), ({"participants_expected": 499}, False), ({}, False),
    ({"participants_expected": ""}, False), ({"participants_expected": "600"}, True),
])  # fmt: skip
def test_a_gate_may_be_for_large_events_only(facts, concerned):
    gate = made("gate", fact="risk_plan", required=True, when={"participants_expected": {"min": 500}})

    assert (gate.check(facts, {}) is not None) == concerned
    assert gate.key() == "activity.risk_plan.participants_expected"
    assert gate.sentence() == "预计参与人数不少于500人时，填报时，风险处置方案必须填写。"


def test_a_route_may_be_for_large_events_only():
    routing = made("routing", routes=[
        {"label": "千人以上的活动", "when": {"participants_expected": {"min": 1000}}, "steps": ["coordinator@city"]},
        {"steps": ["coordinator@county"], "working_days": 3},
    ])  # fmt: skip

    def first(people):
        route = routing.route_for(
            host_kind="school", host_level="county", facts={"participants_expected": people}
        )
        return route.steps[0]

    assert (first(1000), first(999)) == ("coordinator@city", "coordinator@county")
    assert (
        routing.sentence() == "千人以上的活动由市级统筹单位审核；其余由县级统筹单位审核（每步3个工作日内）。"
    )


@pytest.mark.parametrize(("kind", "params", "said"), [
    ("mark", {"code": "labels", "items": [{"code": "a", "label": "样例月"}]}, "须标注“样例月”字样。"),
    ("mark", {"items": [{"code": "a", "label": "样例月"}], "required": False}, "可以使用样例月标识。"),
    ("window", {"code": "w", "title": "进村日", "start": {"date": "2025-09-03"}, "end": {"date": "2025-09-03"}}, "进村日：2025年9月3日。"),
    ("gate", {"fact": "fee", "label": "向参与者收费", "none_of": ["yes"]}, "填报时，向参与者收费不能是“是”。"),
    ("gate", {"fact": "insured", "label": "投保", "equals": "yes"}, "填报时，投保必须是“是”。"),
    ("gate", {"fact": "subsidy", "label": "补助", "max": 9, "when": {"key_activity": ["yes"]}}, "属于重点活动的，填报时，补助不超过9。"),
    ("gate", {"fact": "subsidy", "label": "补助", "max": 50, "unit": "percent", "share_of": "cost", "labels": {"cost": "建设投入"}},
     "填报时，补助（占建设投入的比例）不超过50%。"),
    ("quota", {"of": "lessons", "title": "科普课", "per": "class", "per_title": "每班", "min": 1, "unit": "节"}, "每班科普课不少于1节。"),
    ("quota", {"of": "activities", "per": "place", "place_level": "county", "min": 2, "unit": "场"}, "每县（市、区）活动不少于2场。"),
    ("quota", {"of": "nominations", "title": "推荐", "classes": [
        {"code": "a", "label": "集体", "max": 3, "unit": "个"}, {"code": "b", "label": "个人", "max": 5, "unit": "名"}]},
     "每个单位推荐：集体不超过3个；个人不超过5名。"),
    ("commendation", {"step": "evaluate", "awards": [{"code": "a", "label": "一等奖", "percent": 5}], "results": ["获奖名单"]},
     "评审；一等奖5%；所附名单：获奖名单。"),
    ("file_rule", {"call": "c", "material": "video", "categories": ["公益广告"], "duration_s": {"max": 30}, "aspect": ["16:9"], "orientation": "landscape"},
     "公益广告：时长不超过30秒；画幅16:9；横幅。"),
    ("file_rule", {"call": "c", "material": "picture", "long_side": {"min": 3000}}, "长边不少于3000px。"),
    ("call", {"code": "c", "title": "作品", "labels": ["AI生成"], "conditions_needed": "any", "conditions": [
        {"code": "age", "label": "作者年龄", "min": 16, "unit": "周岁"},
        {"code": "days", "label": "年开放天数", "categories": ["场馆类"], "min": 200, "unit": "天"},
        {"code": "share", "label": "申请补助", "max": 30, "unit": "percent", "share_of": "建设投入"},
        {"code": "out", "label": "出版日期", "not_before": {"date": "2023-01-01"}},
        {"code": "by_eye", "label": "近三年没有得过一等奖"}]},
     "征集作品；须符合下列条件之一：作者年龄不少于16周岁、场馆类：年开放天数不少于200天、申请补助（占建设投入的比例）不超过30%、"
     "出版日期不早于2023年1月1日、近三年没有得过一等奖；须标注：AI生成。"),
])  # fmt: skip
def test_a_clause_reads_as_a_clerk_would_write_it(kind, params, said):
    assert made(kind, **params).sentence() == said


def test_routes_without_names_are_counted_and_not_mistaken_for_the_rule():
    routing = made(
        "routing",
        routes=[{"host_kinds": ["society"], "steps": ["unit:S-1"]}, {"steps": ["coordinator@city"]}],
    )

    assert routing.sentence() == "另有1种情况另有路线；其余由市级统筹单位审核。"


def test_a_correction_cancels_a_rule_with_a_text_of_its_name():
    duty = clause(CITY, "C-1", "duty", {"what": "plan", "title": "计划表", "due": {"date": "2023-09-20"}})
    later = replace(CITY, id=9, code="city-correction", in_force_at=DAY)
    gone = clause(
        later,
        "CC-1",
        "text",
        {"topic": "burden", "code": "no_plan", "title": "不再报送计划表"},
        key="duty.plan",
        mode="replace",
    )

    after = fold([duty, gone], SCHOOL, DAY)

    assert fold([duty, gone], SCHOOL, DAY - timedelta(days=1)).of_kind("duty") != ()
    assert after.of_kind("duty") == ()
    assert "不再报送计划表。" in after.explain("duty.plan")[0]
