"""The notice file: what is wrong is said with file, line and sentence; what is right comes back the same."""

from __future__ import annotations

import textwrap

import pytest

from kepu.notices.format.checking import Surroundings, check_notice
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_notice
from kepu.notices.format.writing import write_notice

HEAD = """\
format = 1

[notice]
code = "sample-2023"
season = "kepuri-2023"
title = "关于举办样例活动的通知"
issuer = "样例市科协"
place = "441900"
issued = 2023-08-01
"""
LEAD = """
[[clause]]
id = "S-1"
number = "六（二）1"
kind = "gate"
summary = "提前七天发布"

[clause.gate]
fact = "lead_days"
min = 7
"""


def problems(text):
    with pytest.raises(NoticeFileRefused) as refusal:
        read_notice(text, "n.toml")
    return [str(p) for p in refusal.value.problems]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("min = 7", "mim = 7", "n.toml 第19行：第1条 gate：不认识“mim”这个键。是不是“min”？"),
        ("min = 7", 'min = "七"', "n.toml 第19行：第1条 gate：“min”要写成数；现在是“七”。"),
        ("issued = 2023-08-01", "issued = 2023-09-31", "n.toml 第9行：日期不存在或写法不对。日期写成 2023-09-08，不加引号。"),
        ("issued = 2023-08-01", 'issued = "八月一日"',
         "n.toml 第9行：文头：“issued”要写成不加引号的日期，如 2023-09-08；现在是“八月一日”。"),
        ('issuer = "样例市科协"\n', "", "n.toml 第3行：文头：缺少“issuer”。"),
        ('kind = "gate"', 'kind = "gates"', "n.toml 第11行：第1条：不认识的条款种类“gates”。"),
        ('kind = "gate"', 'kind = "quota"', "n.toml 第11行：第1条：种类是 quota，却写了 [clause.gate]。"),
        ("[clause.gate]", "[clause.gait]", "n.toml 第17行：第1条：不认识“gait”这个键。是不是“gate”？"),
        ('summary = "提前七天发布"', 'status = "pending"\nsummary = "x"',
         "n.toml 第11行：第1条：待定的条款要用 waits_for 写明等什么。"),
        ("format = 1", "format = ", "n.toml 第1行：不是合规的 TOML：等号后面没有值，或者文字没有加引号。"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_line_and_sentence(was, becomes, said):
    text = (HEAD + LEAD).replace(was, becomes)

    assert said in problems(text)


def test_every_problem_is_told_at_once():
    text = (HEAD + LEAD).replace("min = 7", "mim = 7").replace('code = "sample-2023"', 'code = "样例"')

    assert [p.split("：")[0] for p in problems(text)] == ["n.toml 第4行", "n.toml 第19行"]


def test_a_clause_code_stands_once():
    assert problems(HEAD + LEAD + LEAD)[-1].endswith("条款代码“S-1”出现了两次。")


def test_a_date_of_a_table_is_pointed_at_when_it_is_no_moment():
    duty = LEAD + textwrap.dedent("""
        [[clause]]
        id = "S-2"
        kind = "duty"
        summary = "报总结"

        [clause.duty]
        what = "organisation_summary"
        title = "总结"
        due = "9月8日前"
        """)

    assert problems(HEAD + duty) == [
        'n.toml 第29行：第2条 duty：“due”要写成日期（如 2023-09-08）或时间表（如 { days = 10, after = "activity_end" }）；现在是“9月8日前”。'
    ]


def test_writing_and_reading_again_gives_an_equal_notice():
    notice = read_notice(HEAD + LEAD)

    assert read_notice(write_notice(notice)) == notice


def test_line_ends_as_a_browser_sends_them_are_written_as_they_are():
    file = read_notice(HEAD + LEAD)
    head = file.notice.model_copy(update={"opening": "第一段。\r\n第二段。", "note": "一\n二"})
    notice = file.model_copy(update={"notice": head})

    assert read_notice(write_notice(notice)) == notice


def parent(text=LEAD):
    return read_notice(HEAD.replace("sample-2023", "above-2023").replace("441900", "CN") + text)


def remarks(text, around):
    return [str(p) for p in check_notice(read_notice(text), text, "n.toml", around)]


def test_a_child_that_loosens_its_parent_is_refused_with_line_and_clause():
    text = HEAD + LEAD.replace("min = 7", "min = 3")

    assert remarks(text, Surroundings(parents=[parent()])) == [
        "n.toml 第17行：S-1 比上级放宽了（《关于举办样例活动的通知》 六（二）1，S-1）：上级要求不少于7天，这里写的是不少于3天。"
        "下级只能收紧；确属另一件事的，请另取规则名 key。"
    ]
    assert remarks(HEAD + LEAD.replace("min = 7", "min = 9"), Surroundings(parents=[parent()])) == []


def test_a_deadline_later_than_the_parent_s_is_refused():
    duty = """
[[clause]]
id = "S-9"
kind = "duty"
summary = "报总结"
[clause.duty]
what = "organisation_summary"
title = "总结"
due = %s
"""
    above = parent(duty % "2023-10-10")

    assert remarks(HEAD + duty % "2023-09-23", Surroundings(parents=[above])) == []
    assert remarks(HEAD + duty % "2023-10-20", Surroundings(parents=[above])) == [
        "n.toml 第15行：S-9 比上级放宽了（《关于举办样例活动的通知》，S-9）："
        "“总结”的期限（2023年10月20日）晚于上级的期限（2023年10月10日）。下级只能收紧；确属另一件事的，请另取规则名 key。"
    ]


def test_a_changed_theme_is_refused():
    theme = '\n[[clause]]\nid = "S-5"\nkind = "theme"\nsummary = "主题"\n[clause.theme]\ntext = "%s"\n'

    said = remarks(HEAD + theme % "爱别的", Surroundings(parents=[parent(theme % "爱科学")]))

    assert said == [
        "n.toml 第15行：S-5 改动了上级固定不变的内容（《关于举办样例活动的通知》，S-5）：主题：爱科学。请照上级填写。"
    ]


def test_words_that_no_vocabulary_knows_are_pointed_at():
    text = HEAD + LEAD.replace("[clause.gate]", '[clause.audience]\nkinds = ["shcool"]\n\n[clause.gate]')

    assert remarks(text, Surroundings(words={"kind": frozenset({"school", "society"})})) == [
        "n.toml 第18行：S-1 的对象里，kinds 不认识“shcool”。是不是“school”？"
    ]


def test_brackets_without_end_are_a_problem_and_no_fault():
    assert [said[:10] for said in problems("x = " + "[" * 5000)] == ["n.toml 第1行"]


@pytest.mark.parametrize(
    ("audience", "field"),
    [
        ('any_of = [{ kinds = ["school"] }, {}]', "any_of"),
        ("exceptions = [{}]", "exceptions"),
        ('any_of = [{ kinds = ["school"], exceptions = [{}] }]', "exceptions"),
    ],
)
def test_a_sort_of_units_that_names_nobody_is_refused(audience, field):
    text = HEAD + LEAD.replace("[clause.gate]", f"[clause.audience]\n{audience}\n\n[clause.gate]")
    said = problems(text)
    assert [f"{field} 里有一类没有写是哪些单位。" in str(one) for one in said] == [True]
