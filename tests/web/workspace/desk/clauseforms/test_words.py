"""The words of a form: of the register, of the season's notices, of the draft itself."""

from __future__ import annotations

import pytest
from django.utils import translation

from kepu.notices import rulebook
from kepu.orgs.models import Line, Term, Vocabulary
from kepu.web.workspace.desk.clauseforms import Words, clause_form, read_clause, words_of
from tests.factories.notices import a_clause, a_notice, a_season, dongguan
from tests.factories.orgs import a_chain, a_unit
from tests.web.reading import Page
from tests.web.workspace.desk.clauseforms.browser import sent

pytestmark = pytest.mark.one_database


@pytest.fixture
def season(db):
    nation, _province, city, _town = a_chain()
    Term.objects.create(vocabulary=Vocabulary.UNIT_KIND, code="school", name="中小学", name_en="schools")
    Term.objects.create(vocabulary=Vocabulary.BODY, code="group", name="领导小组成员单位")
    Line.objects.create(code="education", name="教育", path="/education/")
    season = a_season()
    dongguan(season, city)
    a_clause(
        a_notice(season, nation, "cn", number=""), "NA-06", "window", {"code": "week", "title": "活动周"}
    )
    return season


@pytest.fixture
def city(season):
    return season.notices.get(code="dg").place


def test_the_register_and_the_notices_give_their_words(season, city):
    a_unit(city, "东莞市科协")
    words = words_of(season, place=city)

    assert words.of("kind") == (("school", "中小学"),)
    assert words.of("body") == (("group", "领导小组成员单位"),)
    assert words.of("line") == (("education", "教育"),)
    assert [label for _code, label in words.of("place")] == ["中国", "广东省", "东莞市", "石龙镇"]
    assert [label for _code, label in words.of("unit")] == ["东莞市科协"]
    assert dict(words.of("form")) == {"activity_summary": "活动总结"}
    assert dict(words.of("item:fields")) == {"health": "健康", "space": "航天"}
    assert words.label("anchor", "window.week.end") == "“活动周”结束"
    assert words.label("anchor", "activity_end") == "活动结束"
    assert dict(words.of("notice")) == {
        "dg": "东莞市全国科普日活动通知（东科协〔2023〕17号）",
        "cn": "东莞市全国科普日活动通知",
    }
    assert words.label("clause", "NA-06") == "《东莞市全国科普日活动通知》：NA-06"


def test_without_a_place_the_provinces_are_offered(season):
    words = words_of(season)

    assert [label for _code, label in words.of("place")] == ["中国", "广东省"]
    assert words.of("unit") == ()


def test_words_cost_the_same_however_much_there_is(season, city, django_assert_num_queries):
    with django_assert_num_queries(10):
        rulebook.forget()
        words_of(season, place=city)
    with django_assert_num_queries(4):
        words_of(season, place=city)
    for n in range(3):
        a_clause(season.notices.get(code="cn"), f"NA-1{n}", "window", {"code": f"w{n}", "title": "又一段"})
        a_unit(city, f"第{n}小学")
    with django_assert_num_queries(10):
        rulebook.forget()
        words_of(season, place=city)


def test_terms_are_said_in_the_reader_s_language(season):
    with translation.override("en"):
        assert words_of(season).of("kind") == (("school", "schools"),)


def test_a_draft_adds_its_own_words():
    words = Words().with_clauses([
        {"kind": "window", "window": {"code": "vote", "title": "投票"}}, {"kind": "form", "form": {"code": "plan", "columns": [{"code": "a", "title": "甲"}]}},
        {"kind": "list", "list": "还没有写"}, {"kind": "track"}, {},
    ])  # fmt: skip

    assert words.of("window") == (("vote", "投票"),)
    assert words.of("form") == (("plan", "plan"),)
    assert words.of("column") == (("a", "甲"),)
    assert words.of("item") == ()


def test_the_draft_s_own_word_is_the_one_that_is_shown():
    words = Words({"window": (("vote", "上级的投票"),)}).with_clauses(
        [{"kind": "window", "window": {"code": "vote", "title": "投票"}}]
    )

    assert words.of("window") == (("vote", "投票"),)


def test_a_code_that_nobody_knows_is_shown_as_it_is():
    gate = {"kind": "gate", "summary": "样例", "gate": {"fact": "starts_at", "within": "window.gone"}}
    page = Page(str(clause_form("gate", gate, Words())))

    assert page.one("input", name="c.gate.within.own")["value"] == "window.gone"


def test_what_is_ticked_anew_is_called_by_its_name_in_the_gate():
    words = Words({"column": (("basics", "基本情况"), ("results", "主要成效"))})
    gate = {
        "id": "A-1",
        "kind": "gate",
        "summary": "样例",
        "gate": {"fact": "sections", "contains": ["basics"]},
    }
    markup = str(clause_form("gate", gate, words))
    box = next(b for b in Page(markup).all("input", name="c.gate.contains") if not b.has("checked"))
    post = sent(markup, c__gate__contains=["basics", box["value"]])

    assert read_clause("gate", sent(markup))["gate"] == gate["gate"]
    assert read_clause("gate", post)["gate"] == {
        "fact": "sections", "contains": ["basics", "results"], "labels": {"results": "主要成效"},
    }  # fmt: skip
    shown = Page(str(clause_form("gate", read_clause("gate", post), words, posted=post)))
    assert shown.one("input", name="c.gate.labels.0.value")["value"] == "主要成效"


def test_the_values_of_a_fact_are_offered_once_it_is_chosen():
    gate = {"kind": "gate", "gate": {"fact": "lead_days", "min": 5}}
    added = str(
        clause_form(
            "gate",
            gate,
            Words(),
            posted=sent(str(clause_form("gate", gate, Words())), press="_add:c.gate.when"),
        )
    )
    post = sent(added, press="_refresh:c.gate.when.0.key", c__gate__when__0__key="mode")
    shown = Page(str(clause_form("gate", read_clause("gate", post), Words(), posted=post)))

    assert [box["value"] for box in shown.all("input", name="c.gate.when.0.value")] == [
        "offline",
        "online",
        "mixed",
    ]
