"""The difference between two versions of a notice: complete, empty for equal ones, and said in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from kepu.notices.difference import Difference, What, difference_on, notice_difference
from kepu.notices.difference.labels import CLAUSE, FIELDS, HEADER, OF_A_KIND
from kepu.notices.difference.sides import Side, settled
from kepu.notices.format.schema import ClauseBase, Header, NoticeFile
from kepu.notices.kinds import kinds
from tests.notices import files

# ── Properties ──────────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def two_versions(draw):
    """Two notices of one code whose clauses share codes, so that they are added, removed, changed and moved."""
    first, second = draw(files.notices("one")), draw(files.notices("one"))
    order = draw(st.permutations([*second.clause, *(c for c in first.clause if draw(st.booleans()))]))
    seen: dict[str, Any] = {}
    for clause in order:
        seen.setdefault(clause.id, clause)
    return first, second.model_copy(update={"clause": tuple(seen.values())})


def applied(before: NoticeFile, difference: Difference) -> tuple[dict[str, Any], list[ClauseBase]]:
    """What comes of a notice by a difference: its header as data, and its clauses."""
    header = before.notice.model_dump(mode="json")
    for change in difference.header:
        header[change.name] = change.after
    gone = {c.was for c in difference.clauses if c.what is What.REMOVED or c.moved}
    changed = {c.was: c.after.clause for c in difference.clauses if c.what is What.CHANGED and not c.moved}
    rest = [changed.get(i, settled(c)) for i, c in enumerate(before.clause) if i not in gone]
    for change in sorted(
        (c for c in difference.clauses if c.what is What.ADDED or c.moved), key=lambda c: c.now
    ):
        rest.insert(change.now, change.after.clause)
    return header, rest


@given(two_versions())
def test_applied_to_what_was_it_gives_what_is(versions):
    before, after = versions
    header, clauses = applied(before, notice_difference(before, after))
    assert header == after.notice.model_dump(mode="json")
    assert clauses == [settled(c) for c in after.clause]


@given(files.notices("one"))
def test_equal_files_do_not_differ(notice):
    assert not notice_difference(notice, notice)
    assert notice_difference(notice, notice.model_copy()).summary() == ""


@given(two_versions())
def test_a_difference_kept_as_json_is_the_same_when_it_is_read_again(versions):
    difference = notice_difference(*versions)
    kept = json.loads(json.dumps(difference.as_json(), ensure_ascii=False))
    assert Difference.from_json(kept) == difference


@given(two_versions())
def test_whatever_changed_is_said_in_two_different_ways(versions):
    difference = notice_difference(*versions)
    said = [v for c in difference.clauses if c.what is What.CHANGED for v in c.values()]
    said += [h.value() for h in difference.header]
    assert all(v.before != v.after and v.label for v in said)
    assert all(c.values() for c in difference.clauses if c.what is What.CHANGED)


@given(files.notices("one"))
def test_what_is_new_is_added_whole(notice):
    difference = notice_difference(None, notice)
    assert bool(difference)
    assert [c.after.clause for c in difference.clauses] == [settled(c) for c in notice.clause]


# ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

DUTY = {"what": "summary", "title": "工作总结", "due": {"date": "2023-09-23"}}


def notice(*clauses: dict[str, Any], **head: Any) -> NoticeFile:
    return NoticeFile.model_validate({
        "notice": {"code": "one", "season": "s-2023", "title": "样例通知", "issuer": "样例单位", **head}, "clause": list(clauses),
    })  # fmt: skip


def clause(kind: str, params: dict[str, Any], code: str = "A-1", **more: Any) -> dict[str, Any]:
    return {"id": code, "kind": kind, "summary": "概述", kind: params, **more}


def sentences(before: dict[str, Any], after: dict[str, Any], **names: Any) -> list[str]:
    [change] = notice_difference(notice(before), notice(after)).clauses
    return [v.sentence() for v in change.values(names)]


FORM = {
    "code": "f",
    "title": "计划表",
    "columns": [{"code": "a", "title": "活动名称"}, {"code": "b", "title": "概述", "max_chars": 300}],
}
QUOTA = {"of": "activities", "min": 5, "unit": "项"}
GATE = {"fact": "lead_days", "min": 7}
LIST = {
    "code": "formats",
    "title": "活动形式",
    "items": [{"code": "talk", "label": "讲座"}, {"code": "film", "label": "电影"}],
}
ROUTE = {"routes": [{"steps": ["coordinator@county"], "days": 3}]}


@pytest.mark.parametrize(("kind", "before", "after", "said"), [
    ("duty", DUTY, {**DUTY, "due": {"date": "2023-09-20"}}, ["期限：2023年9月23日 → 2023年9月20日"]),
    ("duty", {**DUTY, "due": None}, DUTY, ["期限：加上2023年9月23日"]),
    ("duty", DUTY, {**DUTY, "to": "coordinator@city"}, ["报给谁：发文单位 → 市级统筹单位"]),
    ("duty", DUTY, {**DUTY, "parts": [{"code": "scan", "label": "盖章扫描件"}]}, ["要交的：加上盖章扫描件"]),
    ("duty", DUTY, {**DUTY, "about": "activity"}, ["几份：每单位一份 → 每项活动一份"]),
    ("gate", GATE, {**GATE, "min": 9}, ["界限：不少于7天 → 不少于9天"]),
    ("gate", GATE, {**GATE, "stages": ["filing", "publication"]}, ["在哪一步把关：加上发布时"]),
    ("gate", GATE, {**GATE, "when": {"mode": ["offline"]}}, ["适用的情况：加上举办方式为线下时，"]),
    ("quota", QUOTA, {**QUOTA, "min": 6, "max": 8}, ["数量：不少于5项 → 6—8项"]),
    ("quota", QUOTA, {**QUOTA, "cap": False, "per": "place"}, ["按什么计：每个单位 → 每个地区"]),
    ("list", LIST, {**LIST, "items": [LIST["items"][0], {"code": "swap", "label": "换书集市"}]}, ["各项：电影 → 换书集市"]),
    ("list", LIST, {**LIST, "items": LIST["items"][::-1]}, ["各项的次序：讲座、电影 → 电影、讲座"]),
    ("list", LIST, {**LIST, "items": [{"code": "talk", "label": "报告会"}, LIST["items"][1]]}, ["各项“讲座”的名称：讲座 → 报告会"]),
    ("list", LIST, {**LIST, "open_ended": True}, ["可以另写：否 → 是"]),
    ("form", FORM, {**FORM, "columns": [FORM["columns"][0], {**FORM["columns"][1], "max_chars": 500}]}, ["栏目“概述”的最多字数：300 → 500"]),
    ("routing", ROUTE, {"routes": [{"steps": ["coordinator@city"], "days": 3}]}, ["路线：由县级统筹单位审核（每步3日内） → 由市级统筹单位审核（每步3日内）"]),
    ("theme", {}, {"text": "爱科学"}, ["主题：加上爱科学"]),
    ("theme", {"text": "爱科学"}, {"role": "subtheme", "text": "爱科学"}, ["主题还是副主题：主题 → 副主题"]),
    ("window", {"code": "w", "title": "集中开展", "start": {"date": "2023-09-17"}},
     {"code": "w", "title": "集中开展", "start": {"month": "2023-09", "part": "middle"}}, ["开始：2023年9月17日 → 2023年9月中旬"]),
    ("file_rule", {"call": "c", "material": "video", "size_mb": {"max": 500}}, {"call": "c", "material": "video", "size_mb": {"max": 300}},
     ["大小（MB）：不超过500 → 不超过300"]),
    ("commendation", {"step": "publicise", "objection": {"working_days": 5}}, {"step": "publicise", "objection": {"days": 7}},
     ["异议期：5个工作日 → 7日"]),
    ("coverage", {"of": "village"}, {"of": "village", "percent": 80}, ["覆盖率：100 → 80"]),
])  # fmt: skip
def test_a_value_that_changed_is_said_in_words(kind, before, after, said):
    assert sentences(clause(kind, before), clause(kind, after)) == said


@pytest.mark.parametrize(("before", "after", "said"), [
    ({}, {"strictness": "in_principle"}, ["强度：必须做到 → 原则上要求"]),
    ({"status": "pending", "waits_for": "省里的通知"}, {}, ["状态：待定 → 正式", "等什么：去掉省里的通知", "与上级的关系：待定 → 在上级基础上收紧"]),
    ({}, {"audience": {"kinds": ["school"], "levels": ["town"]}}, ["对象：所有单位 → 乡镇级·学校"]),
    ({"number": "一"}, {"number": "二（一）", "wording": "请提前填报。"}, ["条款号：一 → 二（一）", "公文里的文字：加上请提前填报。"]),
    ({}, {"relates": ["same:NA-05"], "caller": "省中心"}, ["发起单位：加上省中心", "对应的上级条款：加上same:NA-05"]),
])  # fmt: skip
def test_what_a_clause_says_beside_its_parameters_is_said_too(before, after, said):
    names = {"kind:school": "学校", "level:town": "乡镇级"}
    assert sentences(clause("gate", GATE, **before), clause("gate", GATE, **after), **names) == said


def test_what_means_the_same_does_not_differ():
    short = clause("gate", GATE)
    long = clause("gate", GATE, mode="tighten", strictness="hard", key="activity.lead_days")
    assert not notice_difference(notice(short), notice(long))


def test_a_clause_that_moved_past_others_is_told_and_they_are_not():
    a, b, c = (clause("gate", GATE, code, key=f"k.{code}") for code in ("A-1", "A-2", "A-3"))
    [change] = notice_difference(notice(a, b, c), notice(c, a, b)).clauses
    assert (change.what, change.code, change.was, change.now) == (What.MOVED, "A-3", 2, 0)


def test_a_clause_under_another_code_is_known_by_the_rule_it_sets():
    [change] = notice_difference(
        notice(clause("duty", DUTY, "CD-1")), notice(clause("duty", DUTY, "CF-1"))
    ).clauses
    assert (change.what, [v.sentence() for v in change.values()]) == (What.CHANGED, ["条款代码：CD-1 → CF-1"])


def test_two_clauses_of_one_rule_are_not_mistaken_for_each_other():
    schools, towns = ({"audience": {"kinds": ["school"]}}, {"audience": {"levels": ["town"]}})
    before = notice(clause("duty", DUTY, "A-1", **schools), clause("duty", DUTY, "A-2", **towns))
    after = notice(clause("duty", DUTY, "B-1", **towns), clause("duty", DUTY, "B-2", **schools))
    pairs = {(c.before.code, c.after.code) for c in notice_difference(before, after).clauses}
    assert pairs == {("A-2", "B-1"), ("A-1", "B-2")}


@pytest.mark.parametrize(("before", "after", "said"), [
    ({}, {"number": "样办〔2023〕1号"}, "发文字号：加上样办〔2023〕1号"),
    ({"status": "advance"}, {"status": "formal"}, "性质：预备通知 → 正式通知"),
    ({"issued": "2023-08-01"}, {"issued": "2023-08-05"}, "印发日期：2023年8月1日 → 2023年8月5日"),
    ({"in_force": "2023-08-01T09:30:00"}, {"in_force": "2023-08-02"}, "生效时间：2023年8月1日 09:30 → 2023年8月2日"),
    ({"recipients": [{"title": "各乡镇"}]}, {"recipients": [{"title": "各乡镇"}, {"title": "各中小学校"}]}, "主送和抄送：加上各中小学校"),
    ({"attachments": [{"title": "计划表"}]}, {"attachments": [{"number": 2, "title": "计划表"}]}, "附件：1 计划表 → 2 计划表"),
    ({"parents": ["nation"]}, {"parents": ["nation", "province"]}, "上级通知：加上《省里的通知》"),
    ({"place": "441900"}, {"place": "440000"}, "适用地区：东莞市 → 广东省"),
    ({"joint_issuers": ["甲", "乙"]}, {"joint_issuers": ["乙", "甲"]}, "联合主办：甲、乙 → 乙、甲"),
])  # fmt: skip
def test_a_header_that_changed_is_said_in_words(before, after, said):
    names = {"notice:province": "《省里的通知》", "place:441900": "东莞市", "place:440000": "广东省"}
    difference = notice_difference(notice(**before), notice(**after))
    assert [h.value(names).sentence() for h in difference.header] == [said]


def test_the_summary_counts_and_names_the_fields_of_the_header():
    before = notice(clause("gate", GATE), clause("duty", DUTY, "A-2"))
    after = notice(
        clause("gate", {**GATE, "min": 9}),
        clause("theme", {"text": "x"}, "A-3"),
        clause("quota", QUOTA, "A-4"),
        title="新标题",
    )
    assert notice_difference(before, after).summary() == "新增2条，删去1条，改动1条，改了文头：标题"


def test_what_was_kept_is_read_in_the_readers_language():
    difference = notice_difference(
        notice(clause("duty", DUTY)), notice(clause("duty", {**DUTY, "due": None}))
    )
    kept = Difference.from_json(difference.as_json())
    with override("en"):
        [value] = kept.clauses[0].values()
        assert value.before == "23 September 2023"


def test_a_clause_that_its_kind_no_longer_takes_is_told_by_its_summary():
    kept = notice_difference(
        notice(clause("gate", GATE)), notice(clause("gate", {**GATE, "min": 9}))
    ).as_json()
    kept["clauses"][0]["before"]["gate"] = {"fact": "lead_days", "at_least": 7}
    [change] = Difference.from_json(kept).clauses
    assert (change.sentence_before, change.values()) == ("概述", [])
    assert change.sentence_after == "填报时，距活动开始的天数不少于9天。"
    assert Side.read({"id": "X-1", "kind": "gone", "summary": "没有了"}).kind_label == ""


# ── A notice on another ─────────────────────────────────────────────────────────────────────────────────────────────


def on(below: list[dict[str, Any]], above: list[dict[str, Any]], **more: Any) -> list[tuple[str, list[str]]]:
    found = difference_on(notice(*below), notice(*above), **more)
    return [(c.code, [v.sentence() for v in c.values()]) for c in found.clauses]


def test_a_child_changes_what_comes_of_both_and_not_what_it_is_silent_about():
    parts = {"parts": [{"code": "scan", "label": "扫描件"}], "to": "coordinator@city"}
    below = clause("duty", {**DUTY, **parts})
    above = clause("duty", {**DUTY, "due": {"date": "2023-09-20"}, "to": "coordinator@city"}, "B-1")
    assert on([below], [above]) == [("B-1", ["期限：2023年9月23日 → 2023年9月20日"])]


def test_a_child_that_says_the_same_or_nothing_of_it_changes_nothing():
    theme = clause("theme", {"text": "爱科学"}, "A-2")
    own = clause("quota", QUOTA, "B-3")
    said = [clause("gate", GATE, "B-1"), clause("theme", {"text": "爱科学"}, "B-2"), own]
    assert on([clause("gate", GATE), theme], said) == []
    assert on([clause("gate", GATE), theme], said, added=True) == [("B-3", [])]


def test_only_some_kinds_may_be_asked_for():
    below = [clause("gate", GATE), clause("list", LIST, "A-2")]
    above = [clause("gate", {**GATE, "min": 9}, "B-1"), clause("list", {**LIST, "open_ended": True}, "B-2")]
    assert [code for code, _values in on(below, above, kinds={"gate"})] == ["B-1"]
    assert [code for code, _values in on(below, above)] == ["B-1", "B-2"]


def test_a_child_is_held_against_the_clause_for_the_same_audience():
    towns = {"audience": {"levels": ["town"]}}
    below = [clause("duty", DUTY), clause("duty", {**DUTY, "due": {"date": "2023-09-15"}}, "A-2", **towns)]
    above = [clause("duty", {**DUTY, "due": {"date": "2023-09-10"}}, "B-1", **towns)]
    assert on(below, above) == [("B-1", ["期限：2023年9月15日 → 2023年9月10日"])]


# ── Nothing without a name ──────────────────────────────────────────────────────────────────────────────────────────


def _fields(model: type[BaseModel], owner: str) -> set[tuple[str, str]]:
    found = set()
    for name, field in model.model_fields.items():
        found.add((owner, name))
        for inner in _models(field.annotation):
            if inner.__name__ not in ("Moment", "Bound") and inner is not model:
                found |= _fields(inner, inner.__name__)
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for inner in getattr(annotation, "__args__", ()) for m in _models(inner)]


def test_every_field_of_every_kind_has_a_name():
    fields = {pair for code, cls in kinds().items() for pair in _fields(cls, code)}
    assert {pair for pair in fields if pair not in OF_A_KIND and pair[1] not in FIELDS} == set()
    assert set(Header.model_fields) == set(HEADER)
    assert set(ClauseBase.model_fields) == set(CLAUSE)
