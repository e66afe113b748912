"""Numbers that Word counts by itself: they stand before the words, as a reader sees them."""

from __future__ import annotations

import pytest

from kepu.notices.drafting.documents import read_document
from kepu.notices.drafting.documents.numerals import chinese, numeral
from tests.factories.documents import W, a_docx, numbered, p


def level(at, style, words, more=""):
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{words}"/></w:lvl>'


OFFICIAL = (
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.") + level(3, "decimal", "（%4）")
)  # fmt: skip


def lines(body, patterns, nums, styles=""):
    numbering = f'<w:numbering xmlns:w="{W}">{patterns}{nums}</w:numbering>'
    more = {"word__styles_dot_xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'} if styles else {}
    return read_document(a_docx(body, word__numbering_dot_xml=numbering, **more), "a.docx").text.split("\n")


def pattern(code, levels):
    return f'<w:abstractNum w:abstractNumId="{code}">{levels}</w:abstractNum>'


def num(code, of, more=""):
    return f'<w:num w:numId="{code}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def test_the_levels_of_an_official_document():
    body = "".join(
        numbered(words, 1, at)
        for words, at in [("主题", 0), ("要求", 0), ("报送", 1), ("计划", 2), ("总结", 2), ("盖章", 3), ("宣传", 1), ("发布", 2), ("联系", 0)]
    )  # fmt: skip
    assert lines(body, pattern(0, OFFICIAL), num(1, 0)) == [
        "一、主题", "二、要求", "（一）报送", "1.计划", "2.总结", "（1）盖章", "（二）宣传", "1.发布", "三、联系",
    ]  # fmt: skip


def test_lists_of_one_pattern_count_on_until_one_starts_anew():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)
    assert lines(body, pattern(0, OFFICIAL), num(1, 0) + num(2, 0) + num(3, 0, again)) == [
        "一、甲", "二、乙", "一、丙", "二、丁",
    ]  # fmt: skip


def test_a_style_may_bring_the_number():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
    )
    levels = level(0, "chineseCounting", "%1、") + level(
        1, "decimal", "%1-%2.", '<w:pStyle w:val="H2"/><w:isLgl/>'
    )
    off = '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("主题", properties='<w:pStyle w:val="H"/>')
        + p("细项", properties='<w:pStyle w:val="H2"/>')
        + p("不编号", properties=off)
    )
    assert lines(body, pattern(0, levels), num(1, 0), styles) == ["一、主题", "1-1.细项", "不编号"]


def test_bullets_and_empty_paragraphs_bring_no_words():
    body = numbered("要点", 1) + numbered("", 2) + numbered("第二", 2)
    bullets = level(0, "bullet", "\uf0b7")
    assert lines(body, pattern(0, bullets) + pattern(1, level(0, "decimal", "第%1条")), num(1, 0) + num(2, 1)) == [
        "要点", "", "第2条 第二",
    ]  # fmt: skip


def test_a_level_that_does_not_restart_counts_through():
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    body = numbered("甲", 1) + numbered("a", 1, 1) + numbered("乙", 1) + numbered("b", 1, 1)
    assert lines(body, pattern(0, levels), num(1, 0)) == ["1.甲", "(1)a", "2.乙", "(2)b"]


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (100, "一百"), (105, "一百〇五"), (110, "一百一十"),
     (2003, "二千〇三"), (10000, "10000"), (0, "0")],
)  # fmt: skip
def test_chinese_numbers(number, said):
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("style", "number", "said"),
    [("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircle", 21, "21"), ("decimalFullWidth", 12, "１２"),
     ("decimalZero", 3, "03"), ("lowerLetter", 28, "bb"), ("upperRoman", 14, "XIV"), ("ideographTraditional", 2, "乙"),
     ("ideographDigital", 20, "二〇"), ("chineseLegalSimplified", 12, "壹拾贰"), ("none", 4, ""), ("unheard of", 4, "4")],
)  # fmt: skip
def test_the_other_numbers(style, number, said):
    assert numeral(number, style) == said
