"""A difference before a reader: the old struck out, the new underlined, and both told to who cannot see it."""

from __future__ import annotations

from django.template.loader import render_to_string

from kepu.notices.difference import notice_difference, rule_changes
from kepu.web.shared.differences import shown_changes, shown_difference
from tests.notices.building import CITY, TOWN, lead
from tests.notices.test_difference import DUTY, GATE, clause, notice
from tests.notices.test_rule_changes import rules
from tests.web.reading import Page


def drawn(difference):
    piece = Page(render_to_string("components/difference.html", {"difference": difference}))
    assert [*piece.misnested, *piece.wrong_with_piece()] == []
    return piece


def lines(difference):
    """Each line: what became of it, what went, what came."""
    return [
        (line.one(class_="badge").text, [e.text for e in line.all("del")], [e.text for e in line.all("ins")])
        for line in drawn(difference).all(class_="difference-line")
    ]  # fmt: skip


QUOTA = clause("quota", {"of": "activities", "min": 5}, "A-5")
BEFORE = notice(
    clause("gate", GATE), clause("duty", DUTY, "A-2"), clause("text", {"code": "a", "title": "旧话"}, "A-3"), QUOTA, title="旧标题",
)  # fmt: skip
AFTER = notice(
    clause("text", {"code": "b", "title": "新话"}, "A-4"), clause("duty", {**DUTY, "due": None, "desk": "科普部"}, "A-2"),
    QUOTA, clause("gate", GATE), title="新标题",
)  # fmt: skip


def test_each_change_says_what_it_is_what_went_and_what_came():
    shown = shown_difference(notice_difference(BEFORE, AFTER), {})
    assert lines(shown) == [
        ("新增", [], ["现在是： 新话。"]),
        ("改动", ["去掉： 2023年9月23日"], ["加上： 科普部"]),
        ("移动", [], []),
        ("删去", ["原来是： 旧话。"], []),
    ]
    header = next(drawn(shown).all(class_="difference-values"))
    assert (header.one("dt").text, header.one("del").text, header.one("ins").text) == (
        "标题",
        "原来是： 旧标题",
        "现在是： 新标题",
    )
    assert "移到了第4条的位置" in drawn(shown).text


def test_a_long_difference_is_cut_and_says_by_how_much():
    shown = shown_difference(notice_difference(BEFORE, AFTER), {}, most=1)
    assert len(lines(shown)) == 1
    assert "另有3条没有列出。" in drawn(shown).text


def test_changes_of_rules_are_drawn_the_same_way():
    found = rule_changes(
        rules(lead(CITY, "C-1", 7), lead(CITY, "C-2", 3, key="gone"), lead(CITY, "C-3", 3, key="same")),
        rules(lead(CITY, "C-1", 9), lead(TOWN, "T-3", 3, key="same"), lead(TOWN, "T-4", 1, key="new")),
    )
    assert lines(shown_changes(found, {})) == [
        ("更严", ["原来是： 不少于7天"], ["现在是： 不少于9天"]),
        ("只换了依据", [], []),
        ("新增", [], ["现在是： 填报时，距活动开始的天数不少于1天。"]),
        ("不再有", ["原来是： 填报时，距活动开始的天数不少于3天。"], []),
    ]
    assert "原来的依据：市协〔2023〕1号 一" in drawn(shown_changes(found, {})).text


def test_nothing_to_show_is_nothing():
    assert not shown_difference(notice_difference(BEFORE, BEFORE), {})
