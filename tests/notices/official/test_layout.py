"""From a notice to the blocks of its document."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings

from kepu.notices.official.document import (
    AttachmentList,
    AttachmentPage,
    FormTable,
    Heading,
    Imprint,
    Paragraph,
    Recipients,
    RedHead,
    SideNote,
    Signature,
    Title,
)
from kepu.notices.official.layout import official_document
from kepu.notices.official.text import paragraphs
from tests.notices.official.building import FILES, LEAD, form, lead, notice, notices, of_season, text


def body(document):
    """What stands between the recipients and the signature."""
    outside = RedHead | Title | Recipients | Signature | Imprint
    return [block for block in document.blocks if not isinstance(block, outside)]


def said(document):
    return [block.text for block in body(document) if isinstance(block, Heading | Paragraph)]


def only(document, kind):
    return next(block for block in document.blocks if isinstance(block, kind))


def test_a_whole_notice_stands_in_the_order_of_the_standard():
    made = notice(
        text("前言", "去年的活动办得好。"),
        lead("一"),
        text("附件1一", "本表由各乡镇填报。"),
        form("附件1", ["活动名称", "时间"]),
        text("落款", "联系人：某某"),
        number="临阅办〔2025〕3号",
        issued="2025-03-03",
        opening="现将有关事项通知如下。",
        recipients=[
            {"title": "各乡镇"}, {"title": "县里的馆", "names": ["县图书馆", "县文化馆"]}, {"title": "县委办公室", "role": "cc"},
        ],
        attachments=[{"number": 1, "title": "活动计划表"}, {"number": 2, "title": "推荐表", "known": False}],
        sections=[{"number": "一", "title": "填报"}, {"number": "附件1一", "title": "填表人"}],
    )  # fmt: skip

    document = official_document(made)

    assert document.blocks == (
        RedHead(("临溪县全民阅读工作办公室文件",), "临阅办〔2025〕3号"),
        Title(("关于开展临溪县全民阅读月活动的通知",)),
        Recipients("各乡镇，县图书馆、县文化馆："),
        Paragraph("现将有关事项通知如下。"),
        Paragraph("去年的活动办得好。"),
        Heading(1, 1, "一、填报"),
        Paragraph(LEAD.format(5)),
        AttachmentList((("1. ", "活动计划表"), ("2. ", "推荐表"))),
        Signature((("临溪县全民阅读工作办公室",),), "2025年3月3日"),
        SideNote("（联系人：某某）"),
        AttachmentPage("附件1", ("活动计划表",), wide=False),
        FormTable("", (), ("活动名称", "时间"), 5, upright=False, wide=False, notes=()),
        Heading(1, 1, "一、填表人"),
        Paragraph("本表由各乡镇填报。"),
        Imprint("县委办公室。", "临溪县全民阅读工作办公室", "2025年3月3日印发"),
    )
    assert (document.title, document.number, document.issued) == (
        "关于开展临溪县全民阅读月活动的通知", "临阅办〔2025〕3号", date(2025, 3, 3),
    )  # fmt: skip


def test_clauses_of_one_number_follow_each_other_wherever_they_stand_in_the_file():
    made = notice(
        text("二", "二的第一句。"), text("一", "一的第一句。"), text("二（一）", "细目。"), text("一", "一的第二句。"),
        sections=[{"number": "一", "title": "甲"}, {"number": "二", "title": "乙"}, {"number": "二（一）", "title": "丙"}],
    )  # fmt: skip

    assert said(official_document(made)) == [
        "一、甲", "一的第一句。", "一的第二句。", "二、乙", "二的第一句。", "（一）丙", "细目。",
    ]  # fmt: skip


def test_at_the_lower_levels_clauses_run_on_after_their_number():
    made = notice(text("一（一）1", "先填"), lead("一（一）1"), text("一（一）2（1）", "细目。"))

    assert body(official_document(made)) == [
        Heading(1, 1, "一、有关要求和活动要求"),
        Heading(2, 2, "（一）有关要求和活动要求"),
        Paragraph(f"1.先填。{LEAD.format(5)}"),
        Heading(3, 3, "2.有关要求"),
        Paragraph("（1）细目。"),
    ]


def test_a_heading_stands_no_deeper_than_one_below_the_heading_above():
    made = notice(
        text("一（一）1", "细目。"), text("一（一）1（1）", "更细。"), text("三2", "跳级。"),
        sections=[{"number": "一（一）1（1）", "title": "更细的"}, {"number": "三2", "title": "跳级的"}],
    )  # fmt: skip

    headings = [(b.level, b.depth) for b in official_document(made).blocks if isinstance(b, Heading)]

    assert headings == [(1, 1), (2, 2), (4, 3), (1, 1), (3, 2)]


@pytest.mark.parametrize(
    ("kinds", "heading"),
    [
        ([lead("一")], "一、活动要求"),
        ([lead("一"), text("一", "略。")], "一、活动要求和有关要求"),
        ([lead("一"), text("一（一）", "略。"), form("一（二）", ["甲"])], "一、活动要求、有关要求等"),
    ],
)
def test_a_heading_nobody_wrote_says_what_is_below_it(kinds, heading):
    assert said(official_document(notice(*kinds)))[0] == heading


def test_a_number_that_is_written_into_a_title_or_a_wording_is_not_said_twice():
    made = notice(
        text("一（一）1", "1.请按时填报。"),
        sections=[{"number": "一", "title": "一、填报"}, {"number": "一（一）", "title": "（一）时间"}],
    )

    assert said(official_document(made)) == ["一、填报", "（一）时间", "1.请按时填报。"]


def test_what_has_no_number_follows_the_clause_before_it():
    made = notice(
        text("", "开头的话。"), text("一", "一。"), text("落款", "电话"), text("第二条", "接着一说。")
    )

    assert said(official_document(made)) == ["开头的话。", "一、有关要求", "一。", "接着一说。"]


def test_clauses_without_any_number_are_put_into_chapters():
    made = notice(lead(""), text("", "甲。"), lead("", 7), sections=[{"number": "一", "title": "概要"}])

    assert said(official_document(made)) == [
        "一、概要", "二、活动要求", LEAD.format(5), LEAD.format(7), "三、有关要求", "甲。",
    ]  # fmt: skip


def test_a_wording_may_have_several_paragraphs():
    made = notice(text("一", "第一段。\n\n  第二段。"), sections=[{"number": "一", "title": "甲"}])

    assert said(official_document(made)) == ["一、甲", "第一段。", "第二段。"]


def test_a_sentence_says_what_is_not_settled_and_whom_it_binds_but_a_wording_stands_as_written():
    made = notice(
        lead("一", status="tentative"),
        lead("一", 6, status="pending", waits_for="省里的通知", audience={"kinds": ["school"]}),
        text("一", "由学校填报。", status="tentative", audience={"kinds": ["school"]}),
    )

    assert said(official_document(made))[1:3] == [
        f"{LEAD.format(5)}（暂定）", f"{LEAD.format(6)}（待定：省里的通知）",
    ]  # fmt: skip
    assert said(official_document(made, names={"kind:school": "中小学校"}))[1:] == [
        f"{LEAD.format(5)}（暂定）", f"{LEAD.format(6)}（待定：省里的通知）（适用对象：中小学校）", "由学校填报。",
    ]  # fmt: skip


def test_the_document_is_chinese_whatever_language_the_reader_works_in():
    made = notice(lead("一"), issued="2025-03-03")

    with translation.override("en"):
        in_english = official_document(made)
    assert in_english == official_document(made)
    assert LEAD.format(5) in said(in_english)


@pytest.mark.parametrize(
    ("issuer", "joint", "rows", "mark"),
    [
        ("临溪县教育局", [], [("临溪县教育局",)], "临溪县教育局文件"),
        ("临溪县教育局", ["临溪县教育局"], [("临溪县教育局",)], "临溪县教育局文件"),
        ("临溪县教育局", ["县文化馆"], [("临溪县教育局",), ("县文化馆",)], "临溪县教育局文件"),
        ("临溪市科学技术协会", ["市科协", "市教育局"], [("临溪市科学技术协会",), ("市教育局",)], "临溪市科学技术协会文件"),
        ("省科协等4部门", ["省科协", "省教育厅", "省总工会", "省妇联"],
         [("省科协", "省教育厅", "省总工会"), ("省妇联",)], "省科协文件"),
        ("省科协等4部门", [], [("省科协等4部门",)], "省科协等4部门文件"),
    ],
)  # fmt: skip
def test_the_issuer_and_those_who_issue_jointly_sign(issuer, joint, rows, mark):
    document = official_document(notice(issuer=issuer, joint_issuers=joint))

    assert only(document, Signature).rows == tuple(rows)
    assert only(document, RedHead).lines == (mark,)


def test_names_and_date_stand_on_one_axis():
    short = Signature((("县教育局",),), "2025年3月3日")
    long = Signature((("辽原省全民科学素质工作领导小组办公室",),), "2025年3月3日")

    assert short.from_right() == ((5.0,), 4.0)
    assert long.from_right() == ((1.0,), 7.0)


def test_a_notice_without_a_date_or_recipients_invents_none():
    document = official_document(notice(lead("一")))

    assert only(document, Signature).date == ""
    assert only(document, Imprint) == Imprint("", "临溪县全民阅读工作办公室", "")
    assert [b for b in document.blocks if isinstance(b, Recipients | AttachmentList)] == []


def test_a_single_attachment_has_no_number_unless_it_is_known_by_another():
    alone = official_document(notice(form("附件", ["甲"]), attachments=[{"title": "计划表"}]))
    third = official_document(notice(form("附件3", ["甲"])))

    assert (only(alone, AttachmentList).items, only(alone, AttachmentPage).label) == (
        (("", "计划表"),), "附件",
    )  # fmt: skip
    assert (only(third, AttachmentList).items, only(third, AttachmentPage).label) == (
        (("3. ", "活动计划表"),), "附件3",
    )  # fmt: skip


def test_attachments_nobody_numbered_are_numbered_as_they_are_listed():
    document = official_document(notice(attachments=[{"title": "甲"}, {"title": "乙"}]))

    assert only(document, AttachmentList).items == (("1. ", "甲"), ("2. ", "乙"))


def test_a_form_of_the_body_has_its_sheet_where_its_number_or_title_says():
    made = notice(
        form("一", ["甲"], template="2"), form("一", ["乙"], code="second", title="推荐表"),
        form("一", ["丙"], code="third", title="别处的表"),
        attachments=[{"number": 1, "title": "推荐表"}, {"number": 2, "title": "计划安排"}],
    )  # fmt: skip

    sheets = [b for b in official_document(made).blocks if isinstance(b, AttachmentPage | FormTable)]

    assert [(b.label if isinstance(b, AttachmentPage) else (b.caption, b.columns)) for b in sheets] == [
        "附件1", ("", ("乙",)), "附件2", ("活动计划表", ("甲",)),
    ]  # fmt: skip


def test_a_form_that_is_not_in_hand_has_a_sentence_and_no_sheet():
    made = notice(form("附件1", [], columns_known=False), attachments=[{"title": "活动计划表"}])

    assert body(official_document(made))[1:] == [
        AttachmentPage("附件", ("活动计划表",), wide=False), Paragraph("《活动计划表》：附件未见，栏目待补。"),
    ]  # fmt: skip


def test_the_sheet_of_a_form_tells_its_limits():
    made = notice({
        "number": "附件1", "kind": "form", "form": {
            "code": "plan", "title": "计划表", "stamped": True, "rows_min": 7, "merge": "同一场馆的归一行",
            "header": [{"code": "who", "title": "填报单位"}],
            "columns": [
                {"code": "no", "title": "序号", "type": "serial", "required": False},
                {"code": "what", "title": "概述", "max_chars": 300, "must_cover": ["内容", "对象"]},
                {"code": "how", "title": "形式", "type": "choice", "choices": ["线上", "线下"]},
                {"code": "people", "title": "人数", "type": "number", "min": 50, "required": False, "note": "预计。"},
                {"code": "contact", "title": "联系方式", "parts": ["姓名", "电话"], "example": "某某"},
            ],
            "variants": [{"title": "高校", "columns": [{"code": "lab", "title": "实验室"}], "without": ["how"]}],
        },
    })  # fmt: skip

    assert only(official_document(made), FormTable) == FormTable(
        "", ("填报单位：",), ("序号", "概述", "形式", "人数", "联系方式（姓名、电话）"), 7, upright=False, wide=False,
        notes=(
            "注：1.“概述”：不超过300字；写明内容、对象。", "2.“形式”：选填线上、线下。", "3.“人数”：不少于50；可不填；预计。",
            "4.“联系方式”：例如某某。", "5.填写不少于7行。", "6.同一场馆的归一行。", "7.高校：按此填写实验室，不填形式。",
            "8.本表须加盖公章。",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "more", "shape"),
    [
        (8, {}, (False, False)),
        (9, {}, (False, True)),
        (21, {}, (True, False)),
        (3, {"rows_max": 1}, (True, False)),
        (3, {"object": "document"}, (True, False)),
    ],
)
def test_a_sheet_takes_the_shape_that_its_columns_need(columns, more, shape):
    document = official_document(notice(form("附件1", [f"第{n}栏" for n in range(columns)], **more)))

    table = only(document, FormTable)
    assert ((table.upright, table.wide), only(document, AttachmentPage).wide) == (shape, shape[1])


@pytest.mark.parametrize("name", FILES)
def test_every_clause_of_the_season_is_said_where_it_stands(name):
    made = of_season(name)

    lines = "\n".join(official_document(made).lines())

    silent = [
        clause.id
        for clause in made.clause
        if clause.number != "主送"
        and not (clause.kind == "form" and clause.number.startswith("附件"))
        and not all(p.rstrip("。") in lines for p in paragraphs(clause.params.sentence()))
    ]
    assert silent == []
    columns = {c.title for clause in made.clause if clause.kind == "form" for c in clause.form.columns}
    assert {title for title in columns if title not in lines} == set()


@settings(max_examples=40)
@given(notices())
def test_any_notice_has_a_document_whose_lines_can_be_printed(made):
    document = official_document(made)

    assert isinstance(document.blocks[0], RedHead)
    assert isinstance(document.blocks[-1], Imprint)
    unprintable = {
        c for line in document.lines() for c in line if unicodedata.category(c) in ("Cc", "Cs", "Cn")
    }
    assert unprintable == set()
