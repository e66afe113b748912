"""How a clause stands to the one above it, for each of the ways there are."""

import pytest

from kepu.notices.stance import Stance, Stand, stance_of
from tests.notices.building import CITY, NATION, clause, lead


def stood(mine, theirs):
    stance = stance_of(mine, theirs)
    return stance.stand, stance.theirs, stance.mine, stance.together


def marks(notice, code, *labels, **more):
    items = [{"code": f"m{ord(label)}", "label": label} for label in labels]
    return clause(notice, code, "mark", {"items": items}, **more)


def test_without_a_clause_above_it_is_the_first():
    assert stance_of(lead(CITY, "C", 7), None) == Stance(
        Stand.FIRST, mine="填报时，距活动开始的天数不少于7天。"
    )


def test_the_same_is_the_same():
    assert stance_of(lead(CITY, "C", 7), lead(NATION, "N", 7)).stand is Stand.SAME


def test_tightened_shows_both_values():
    assert stood(lead(CITY, "C", 9), lead(NATION, "N", 7)) == (
        Stand.TIGHTENED, "填报时，距活动开始的天数不少于7天。", "填报时，距活动开始的天数不少于9天。", "",
    )  # fmt: skip


def test_tightened_from_both_sides_shows_what_comes_of_the_two():
    mine = clause(CITY, "C", "gate", {"fact": "participants_expected", "max": 200})
    theirs = clause(NATION, "N", "gate", {"fact": "participants_expected", "min": 50})

    assert stood(mine, theirs) == (
        Stand.TIGHTENED, "填报时，预计参与人数不少于50人。", "填报时，预计参与人数不超过200人。", "填报时，预计参与人数50—200人。",
    )  # fmt: skip


def test_a_looser_one_changes_nothing():
    assert stance_of(lead(CITY, "C", 3), lead(NATION, "N", 7)).stand is Stand.KEPT


def test_the_same_demand_made_harder_is_tightened_and_says_how():
    stance = stance_of(lead(CITY, "C", 7), lead(NATION, "N", 7, strictness="in_principle"))
    assert (stance.stand, stance.harder) == (Stand.TIGHTENED, ("原则上要求", "必须做到"))


def test_a_union_says_what_it_adds():
    stance = stance_of(marks(CITY, "C", "丙", "甲"), marks(NATION, "N", "甲", "乙"))
    assert (stance.stand, stance.added) == (Stand.ADDED, ("丙",))
    assert stance.together == "规范使用乙、丙、甲标识。"


def test_a_union_that_adds_nothing_keeps_what_is_above():
    theirs = marks(NATION, "N", "甲", "乙")
    assert stance_of(marks(CITY, "C", "甲", "乙"), theirs).stand is Stand.SAME


def test_a_text_said_anew_replaces():
    mine, theirs = (
        clause(n, c, "text", {"topic": "burden", "code": "once", "title": title})
        for n, c, title in ((CITY, "C", "只填一次"), (NATION, "N", "为基层减负"))
    )
    assert stance_of(mine, theirs).stand is Stand.REPLACED


@pytest.mark.parametrize(
    ("mode", "stand"), [("replace", Stand.REPLACED), ("shift", Stand.SHIFTED), ("tighten", Stand.TIGHTENED)]
)
def test_the_mode_says_what_a_different_value_is(mode, stand):
    assert stance_of(lead(CITY, "C", 9, mode=mode), lead(NATION, "N", 7)).stand is stand


def test_a_fixed_value_stands_whatever_is_written_below():
    mine, theirs = (
        clause(n, c, "theme", {"text": text})
        for n, c, text in ((CITY, "C", "爱别的"), (NATION, "N", "爱科学"))
    )
    assert stood(mine, theirs) == (Stand.KEPT, "主题：爱科学。", "主题：爱别的。", "")


@pytest.mark.parametrize("above", [None, clause(NATION, "N", "theme", {"text": "爱科学"})])
def test_what_waits_is_pending_with_something_above_and_without(above):
    mine = clause(CITY, "C", "theme", {}, status="pending", mode="pending")
    assert stance_of(mine, above).stand is Stand.PENDING


def test_another_kind_under_the_same_key_replaces():
    mine = clause(CITY, "C", "text", {"topic": "burden", "code": "x", "title": "另说"}, key="theme")
    assert stance_of(mine, clause(NATION, "N", "theme", {"text": "爱科学"})).stand is Stand.REPLACED


def test_where_the_sentences_are_alike_the_summaries_tell_them_apart():
    mine, theirs = (
        clause(n, c, "gate", {"fact": "starts_at", "within": f"window.{c}"}, summary=summary)
        for n, c, summary in ((CITY, "c", "八月到十月"), (NATION, "n", "九月"))
    )
    assert stood(mine, theirs)[1:3] == ("九月", "八月到十月")
