"""Two seasons side by side: what counts as different, and what is said of it."""

from __future__ import annotations

from datetime import date

import pytest

from kepu.notices.comparing import Change, Comparison, Row, Year, compare, said_by_notice, said_by_rules
from kepu.notices.copying import shifted_notice
from kepu.notices.format.schema import NoticeFile
from kepu.notices.inheritance import fold
from tests.notices.building import CITY, DAY, SCHOOL, clause, dated

YEARS = (Year(2023, date(2023, 9, 17)), Year(2024, date(2024, 9, 15)))


def notice(*clauses):
    header = {"code": "sample-2023", "season": "s-2023", "title": "样例通知", "issuer": "样例市科协"}
    return NoticeFile.model_validate({"notice": header, "clause": clauses})


def a(kind, params, code="S-1", **more):
    return {"id": code, "kind": kind, "summary": "概述。", "number": "一", kind: dated(params), **more}


def differing(old, new):
    """The rows between a notice of each season."""
    return compare(said_by_notice(notice(*old)), said_by_notice(notice(*new)), YEARS)


def notes(old, new):
    (row,) = differing([old], [new]).rows
    assert row.change is Change.CHANGED
    return row.notes


WEEK = a("window", {"code": "w", "title": "2023年集中开展", "start": "2023-09-17", "end": "2023-09-23"})
NEXT_WEEK = a("window", {"code": "w", "title": "2024年集中开展", "start": "2024-09-15", "end": "2024-09-21"})


def test_what_only_moved_with_its_season_is_the_same():
    assert differing([WEEK], [NEXT_WEEK]) == Comparison((), 1)


def test_a_season_that_was_copied_differs_in_nothing():
    file = notice(WEEK, a("gate", {"fact": "lead_days", "min": 7}, "S-2"),
                  a("window", {"code": "y", "title": "全年", "start": "2023-01-01", "end": "2023-12-31"}, "S-3"),
                  a("programme", {"code": "p", "title": "主场", "when": {"month": "2023-09"}}, "S-4"))  # fmt: skip
    new = shifted_notice(file, season="s-2024", year=2024, days=364, from_year=2023).file
    assert compare(said_by_notice(file), said_by_notice(new), YEARS) == Comparison((), 4)


def test_what_only_one_season_has_and_what_both_have_otherwise():
    old = [
        a("gate", {"fact": "lead_days", "min": 7}, "S-1"),
        a("theme", {"text": "旧主题"}, "S-2"),
        a("text", {"code": "t", "title": "要求"}, "S-4"),
    ]
    new = [
        a("gate", {"fact": "lead_days", "min": 5}, "S-1"),
        a("theme", {"text": "新"}, "S-3"),
        a("text", {"code": "t", "title": "要求"}, "S-4"),
    ]
    gates = ["填报时，距活动开始的天数不少于7天。", "填报时，距活动开始的天数不少于5天。"]
    assert differing(old, new) == Comparison(
        (
            Row("S-1", "gate", Change.CHANGED, *gates, "一", "一"),
            Row("S-2", "theme", Change.ONLY_BEFORE, "主题：旧主题。", "", "一"),
            Row("S-3", "theme", Change.ONLY_AFTER, "", "主题：新。", "", "一"),
        ),
        1,
    )


@pytest.mark.parametrize(("old", "new", "said"), [
    ({"due": "2023-09-23"}, {"due": "2024-09-24"}, ("期限晚3天",)),
    ({"due": "2023-09-23"}, {"due": "2024-09-20"}, ("期限早1天",)),
    ({"opens": "2023-09-01", "due": "2023-09-23"}, {"opens": "2024-08-31", "due": "2024-09-28"}, ("开始报送晚1天", "期限晚7天")),
    ({"due": {"date": "2023-09-23", "time": "16:00"}}, {"due": {"date": "2024-09-21", "time": "17:00"}}, ()),
    ({"due": {"month": "2023-09"}}, {"due": "2024-09-26"}, ("期限早2天",)),
    ({"due": {"days": 10, "after": "activity_end"}}, {"due": {"days": 5, "after": "activity_end"}}, ()),
    ({"due": {"reference": "另行通知", "outer": "2023-10-10"}}, {"due": {"reference": "另行通知", "outer": "2024-10-09"}},
     ("期限晚1天",)),
    ({"parts": [{"code": "x", "label": "盖章件"}]}, {"parts": [{"code": "y", "label": "电子版"}]}, ("增加：电子版", "减少：盖章件")),
    ({"desk": "科普部"}, {"desk": "办公室"}, ("句子相同，细节不同",)),
])  # fmt: skip
def test_duties_that_differ(old, new, said):
    base = {"what": "table", "title": "活动表"}
    assert notes(a("duty", {**base, **old}), a("duty", {**base, **new})) == said


@pytest.mark.parametrize(("old", "new", "said"), [
    ({"strictness": "hard"}, {"strictness": "in_principle"}, "强度：必须做到 → 原则上要求"),
    ({"status": "tentative"}, {}, "状态：暂定 → 正式"),
    ({"mode": "tighten"}, {"mode": "replace"}, "与上级的关系：在上级基础上收紧 → 代替上级的"),
    ({}, {"audience": {"levels": ["town"]}}, "对象：所有单位 → town"),
])  # fmt: skip
def test_how_strictly_how_surely_and_for_whom(old, new, said):
    gate = {"fact": "lead_days", "min": 7}
    assert notes(a("gate", gate, **old), a("gate", gate, **new)) == (said,)


def test_a_long_list_of_new_entries_is_cut_short():
    items = [{"code": f"f{n}", "label": f"第{n}项"} for n in range(1, 12)]
    fields = {"code": "fields", "title": "行业领域", "items": items[:1]}
    (said,) = notes(a("list", fields), a("list", {**fields, "items": items}))
    assert said == "增加：第2项、第3项、第4项、第5项、第6项、第7项、第8项、第9项等10项"


def test_another_kind_under_the_same_code_is_said_so():
    assert notes(a("text", {"code": "t", "title": "要求"}), a("theme", {"text": "新"})) == ("条款种类变了",)


def test_rules_in_force_are_compared_by_key_whoever_set_them():
    old = fold([clause(CITY, "A-1", "gate", {"fact": "lead_days", "min": 7}, number="一")], SCHOOL, DAY)
    new = fold([clause(CITY, "B-9", "gate", {"fact": "lead_days", "min": 7}, number="六")], SCHOOL, DAY)
    assert compare(said_by_rules(old), said_by_rules(new), YEARS) == Comparison((), 1)
    assert (
        compare(said_by_rules(old), {}, YEARS).of(Change.ONLY_BEFORE)[0].cite_before == "市协〔2023〕1号 一"
    )
