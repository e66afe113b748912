"""The DOCX: read back by python-docx, as any program that opens it would."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from time import perf_counter

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from hypothesis import given, settings

from kepu.notices.official.docx import to_docx
from kepu.notices.official.layout import official_document
from tests.notices.official.building import FILES, LEAD, form, lead, notice, notices, of_season, text

WHOLE = notice(
    text("一", "各乡镇都要办。"),
    text("一（一）", "乡镇。"),
    lead("一（一）1"),
    text("一（一）1（1）", "细目。"),
    form("附件1", ["活动名称", "时间"]),
    form("附件2", [f"第{n}栏" for n in range(12)], code="wide", title="推荐表"),
    form("附件3", ["基本情况"], code="summary", title="总结提纲", object="document"),
    number="临阅办〔2025〕3号",
    title="关于组织开展临溪市2025年全民阅读月活动的通知",
    issued="2025-03-03",
    recipients=[{"title": "各乡镇"}, {"title": "县委办公室", "role": "cc"}],
    sections=[{"number": "一（一）1（1）", "title": "再细"}],
)


def opened(made):
    return docx.Document(BytesIO(to_docx(made)))


def as_read(document):
    return [(p.style.name, p.text) for p in document.paragraphs if p.text]


def test_paragraphs_have_the_styles_of_their_parts_in_the_order_of_reading():
    assert as_read(opened(WHOLE)) == [
        ("公文标志", "临溪县全民阅读工作办公室文件"),
        ("公文字号", "临阅办〔2025〕3号"),
        ("Title", "关于组织开展临溪市\n2025年全民阅读月活动的通知"),
        ("公文主送", "各乡镇："),
        ("Heading 1", "一、有关要求和活动要求"),
        ("Normal", "各乡镇都要办。"),
        ("Heading 2", "（一）有关要求和活动要求"),
        ("Normal", "乡镇。"),
        ("Normal", f"1.{LEAD.format(5)}"),
        ("Heading 4", "（1）再细"),
        ("Normal", "细目。"),
        ("公文附件说明", "附件：1. 活动计划表"),
        ("公文附件说明", "2. 推荐表"),
        ("公文附件说明", "3. 总结提纲"),
        ("公文署名", "临溪县全民阅读工作办公室"),
        ("公文日期", "2025年3月3日"),
        ("公文附件", "附件1"),
        ("公文附件标题", "活动计划表"),
        ("公文附件", "附件2"),
        ("公文附件标题", "推荐表"),
        ("公文附件", "附件3"),
        ("公文附件标题", "总结提纲"),
        ("公文版记", "抄送：县委办公室。"),
        ("公文版记", "临溪县全民阅读工作办公室\t2025年3月3日印发"),
    ]


def test_the_sheets_are_tables_whose_first_row_is_a_header():
    tables = opened(WHOLE).tables

    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["活动名称", "时间"], [f"第{n}栏" for n in range(12)], ["栏目", "内容"],
    ]  # fmt: skip
    assert [table.rows[1].cells[0].text for table in tables] == ["", "", "基本情况"]
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in tables)


def test_the_page_has_the_measures_of_the_standard():
    upright, wide, last = opened(WHOLE).sections

    assert [round(n.mm) for n in (upright.page_width, upright.page_height)] == [210, 297]
    margins = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert [round(n.mm) for n in margins] == [37, 35, 28, 26]
    assert (wide.orientation, last.orientation) == (WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT)
    grid = upright._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")
    assert 28 * (16 + int(grid.get(qn("w:charSpace"))) / 4096) == pytest.approx(156 / 25.4 * 72, abs=0.05)


@pytest.mark.parametrize(
    ("style", "face", "points", "indent", "outline"),
    [
        ("Normal", "仿宋_GB2312", 16, "200", None),
        ("Title", "方正小标宋简体", 22, "0", None),
        ("Heading 1", "黑体", 16, "200", "0"),
        ("Heading 2", "楷体_GB2312", 16, "200", "1"),
        ("Heading 3", "仿宋_GB2312", 16, "200", "2"),
        ("Heading 4", "仿宋_GB2312", 16, "200", "3"),
        ("公文附件", "黑体", 16, "0", None),
        ("公文附件标题", "方正小标宋简体", 22, "0", "0"),
        ("公文版记", "仿宋_GB2312", 14, "0", None),
        ("公文页码", "宋体", 14, "0", None),
    ],
)
def test_a_style_has_the_face_size_and_indent_of_its_part(style, face, points, indent, outline):
    found = opened(WHOLE).styles[style]

    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert found.font.size.pt == points
    assert found.element.pPr.ind.get(qn("w:firstLineChars")) == indent
    level = found.element.pPr.find(qn("w:outlineLvl"))
    assert (None if level is None else level.get(qn("w:val"))) == outline


def test_lines_are_as_far_apart_as_22_on_a_page_need():
    spacing = opened(WHOLE).styles["Normal"].paragraph_format

    assert (spacing.line_spacing.pt, spacing.line_spacing_rule) == (28.95, WD_LINE_SPACING.EXACTLY)


def test_a_heading_whose_level_skips_one_is_not_skipped_by_a_screen_reader():
    heading = next(p for p in opened(WHOLE).paragraphs if p.text == "（1）再细")

    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "2"


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones():
    document = opened(WHOLE)
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert [e.text for e in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]
        assert paragraph._p.pPr.jc.get(qn("w:val")) == side
        assert paragraph._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
    assert all(s.footer.is_linked_to_previous for s in document.sections[1:])


def test_the_head_is_red_and_its_rule_lies_below_the_number():
    mark, number = opened(WHOLE).paragraphs[:2]

    assert str(mark.style.font.color.rgb) == "E60012"
    rule = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (rule.get(qn("w:color")), rule.get(qn("w:space"))) == ("E60012", "11")  # 4 mm are 11 points


def test_the_imprint_hangs_from_the_foot_of_the_last_page_between_rules():
    lines = [p for p in opened(WHOLE).paragraphs if p.style.name == "公文版记"]

    frames = [p._p.pPr.find(qn("w:framePr")) for p in lines]
    assert {(f.get(qn("w:vAnchor")), f.get(qn("w:yAlign"))) for f in frames} == {("margin", "bottom")}
    rules = [
        {side: int(rule.get(qn("w:sz"))) / 8 for side in ("top", "bottom")
         if (rule := p._p.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))) is not None}
        for p in lines
    ]  # fmt: skip
    assert rules == [{"top": 1.0}, {"top": 0.75, "bottom": 1.0}]  # 0.35 mm and 0.25 mm, in points


def test_the_file_says_what_it_is_and_in_which_language():
    document = opened(WHOLE)
    core = document.core_properties

    assert (core.title, core.author, core.subject, core.language) == (
        "关于组织开展临溪市2025年全民阅读月活动的通知", "临溪县全民阅读工作办公室", "临阅办〔2025〕3号", "zh-CN",
    )  # fmt: skip
    assert core.created.replace(tzinfo=None) == core.modified.replace(tzinfo=None) == datetime(2025, 3, 3)
    languages = [e.get(qn("w:eastAsia")) for e in document.styles.element.iter(qn("w:lang"))]
    assert languages == ["zh-CN"]


def test_equal_notices_make_equal_bytes():
    content = to_docx(WHOLE)

    assert content == to_docx(WHOLE.model_copy(deep=True))
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def text_of(document):
    """Everything one can read, table cells too, without white space."""
    return "".join("".join(t.text or "" for t in document.element.iter(qn("w:t"))).split())


@pytest.mark.parametrize("name", FILES)
def test_a_notice_of_the_season_is_there_line_by_line(name):
    made = of_season(name)

    read = text_of(opened(made))

    assert [line for line in official_document(made).lines() if "".join(line.split()) not in read] == []


@settings(max_examples=25)
@given(notices())
def test_any_notice_opens_and_says_every_line(made):
    read = text_of(opened(made))

    assert [line for line in official_document(made).lines() if "".join(line.split()) not in read] == []


def test_a_notice_of_120_clauses_takes_no_two_seconds():
    made = notice(
        *(lead(f"{'一二三四五六'[n % 6]}（{'一二三四五'[n % 5]}）{n % 4 + 1}", n + 1) for n in range(120))
    )
    to_docx(made)

    begun = perf_counter()
    to_docx(made)
    assert perf_counter() - begun < 2
