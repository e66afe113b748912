"""One source for whatever speaks of a rule, and the line that leads to its explanation."""

import pytest
from django.template import Context, Template
from django.utils import translation

from kepu.core.refusals import Reason
from kepu.notices.inheritance import fold
from kepu.web.shared.sources import Source, cited, in_a_line, source_of, source_of_clauses
from tests.notices.building import CITY, DAY, NATION, SCHOOL, lead
from tests.web.reading import Page

RULES = fold([lead(NATION, "N-1", 3), lead(CITY, "C-1", 7, number="六（二）1")], SCHOOL, DAY)
RULE = RULES["activity.lead_days"]
WHY = "/notices/why/?key=activity.lead_days&place=t1&kind=school"


def drawn(it):
    return Page(Template("{% why it %}").render(Context({"it": it})))


def test_a_rule_and_a_reason_of_it_have_one_source():
    reason = Reason("早一点。", code=RULE.key, clause=RULE.cite, rule=RULE)

    assert source_of(RULE) == source_of(reason) == source_of(source_of(RULE))
    assert str(source_of(RULE)) == "市协〔2023〕1号 六（二）1"
    assert [link.clause.code for link in source_of(RULE).why.chain] == ["C-1", "N-1"]


@pytest.mark.parametrize(
    ("place", "chinese", "english"),
    [("三", "第三部分", "part 3"), ("十", "第十部分", "part 10"), ("六（二）1", "六（二）1", "六（二）1"), ("附", "第附部分", "part 附"), ("", "", "")],
)  # fmt: skip
def test_a_lone_numeral_says_of_what_it_is_one(place, chinese, english):
    assert Source("市协〔2023〕1号", place).part == chinese
    with translation.override("en"):
        assert Source("市协〔2023〕1号", place).part == english


def test_what_comes_from_no_clause_has_no_source():
    assert (source_of(None), source_of(""), source_of(Reason("请填写。"))) == (None, None, None)
    assert drawn(None).text == ""


def test_a_reason_without_its_rule_has_its_citation():
    assert source_of(Reason("早一点。", clause="市协〔2023〕1号 一")) == Source("市协〔2023〕1号 一")
    assert drawn("市协〔2023〕1号 一").one("span", class_="clause").text == "市协〔2023〕1号 一"


def test_a_citation_that_was_kept_leads_to_its_clause(db):
    from tests.factories.notices import a_season

    season = a_season()
    assert cited("市协〔2023〕1号 一", season, "city", "C-1").url == "/notices/2023/city/#C-1"
    assert cited("", season, "city", "C-1") is None
    assert cited("市协", season, "not a slug", "C-1").url == ""


def test_of_an_area_the_nearest_clause_speaks_for_all():
    source = source_of_clauses("activity.lead_days", list(RULE.chain), CITY.place, {})
    assert (str(source), source.why.address) == ("市协〔2023〕1号 六（二）1", "")
    assert source_of_clauses("activity.lead_days", [], CITY.place, {}) is None


def test_a_rule_opens_and_leads_to_the_whole():
    found = drawn(RULE)
    assert found.misnested == []
    assert found.one("summary").text == "市协〔2023〕1号 六（二）1 为什么？"
    assert [code.text for code in found.all("code")] == ["C-1", "N-1"]
    assert found.one("a").text == "看完整来历"  # the notices of this test stand on no page
    assert found.one("a")["href"] == WHY


def test_in_a_line_nothing_opens_but_it_leads_on():
    line = Page(in_a_line(Reason("早一点<。", clause=RULE.cite, rule=RULE)))
    assert line.text == "早一点<。 市协〔2023〕1号 六（二）1 为什么？"
    assert line.one("a")["href"] == WHY
    assert in_a_line(Reason("请填写。")) == "请填写。"
