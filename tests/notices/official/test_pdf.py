"""The PDF: its words read back by another program, its pages, its tags."""

from __future__ import annotations

import ctypes
import re
from time import perf_counter

import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import given, settings

from kepu.notices.official.layout import official_document
from kepu.notices.official.pdf import to_pdf
from kepu.notices.official.text import paragraphs
from tests.notices.official.building import FILES, form, lead, notice, notices, of_season, text, words

CODE = "#let x = 1; #panic() $x^2$ *b* _i_ @ref <label> \\u{41} `raw` // no [c] {d} ~ -- ... \"q\" 'q' = == - + /"

UNDRAWN = re.compile("[😀नḁ]")


def read(content):
    """The words page by page, without white space and without what breaks words at the end of a line."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"[\s\ufffe\x02]", "", page) for page in pages]


def folded(line):
    return re.sub(r"\s", "", line)


@pytest.mark.parametrize("name", FILES)
def test_a_notice_of_the_season_is_there_line_by_line(name):
    made = of_season(name)

    # page numbers stand in the midst of what goes on over the page
    said = "".join(re.sub(r"—\d+—$", "", page) for page in read(to_pdf(made)))

    assert [line for line in official_document(made).lines() if folded(line) not in said] == []


def test_parts_stand_on_the_pages_where_they_belong():
    made = notice(
        *(text("一", f"第{n}件事。") for n in range(30)),
        form("附件1", ["甲", "乙"]),
        form("附件2", [f"第{n}栏" for n in range(12)], title="推荐表", code="wide"),
        number="临阅办〔2025〕3号",
        issued="2025-03-03",
    )
    content = to_pdf(made)

    pages = read(content)
    assert [page[: page.index("第")] for page in pages[:1]] == [
        "临溪县全民阅读工作办公室文件临阅办〔2025〕3号关于开展临溪县全民阅读月活动的通知一、有关要求"
    ]
    assert pages[-4:] == [
        "第29件事。附件：1.活动计划表2.推荐表临溪县全民阅读工作办公室2025年3月3日—3—",
        "附件1活动计划表甲乙—4—",
        "附件2推荐表" + "".join(f"第{n}栏" for n in range(12)) + "—5—",
        "临溪县全民阅读工作办公室2025年3月3日印发—6—",
    ]
    with pypdfium2.PdfDocument(content) as document:
        sizes = [tuple(round(n * 25.4 / 72) for n in page.get_size()) for page in document]
    assert sizes == [*[(210, 297)] * 4, (297, 210), (210, 297)]


@pytest.mark.parametrize("count", range(14, 20))
def test_no_signature_stands_on_a_page_without_text(count):
    made = notice(
        *(text("一", f"第{n}件事。") for n in range(count)), form("附件1", ["甲"]), issued="2025-03-03"
    )

    signed = next(page for page in read(to_pdf(made)) if "2025年3月3日" in page)
    assert signed[: signed.index("临溪县全民阅读工作办公室2025")].endswith(
        f"第{count - 1}件事。附件：活动计划表"
    )


def test_a_full_page_has_22_lines_of_28_characters():
    made = notice(text("", "字" * 28 * 60))

    pages = read(to_pdf(made))

    assert pages[1] == "字" * 28 * 22 + "—2—"


def test_the_page_number_stands_right_on_odd_pages_and_left_on_even_ones():
    made = notice(text("", "字" * 28 * 60))

    with pypdfium2.PdfDocument(to_pdf(made)) as document:
        left = []
        for page in document:
            words_of_page = page.get_textpage()
            found = words_of_page.search("—").get_next()
            left.append(words_of_page.get_charbox(found[0])[0] * 25.4 / 72)
    assert [round(x) > 105 for x in left] == [True, False, True, False][: len(left)]


def test_what_looks_like_code_is_text():
    made = notice(text("一", CODE), title=CODE, issuer="办#panic()", recipients=[{"title": "各乡镇 #x"}])

    said = "".join(read(to_pdf(made)))

    assert said.count(folded(CODE)) == 2
    assert "办#panic()文件" in said
    assert "各乡镇#x：" in said


@settings(max_examples=60)
@given(words)
def test_any_words_come_out_as_they_were_typed(typed):
    made = notice(text("一", f"甲{typed}乙"))

    said = "".join(read(to_pdf(made)))

    # a sign that no font at hand draws is a box in its place
    assert UNDRAWN.sub("", folded("".join(paragraphs(f"甲{typed}乙")))) in UNDRAWN.sub("", said)


@settings(max_examples=25)
@given(notices())
def test_any_notice_can_be_drawn(made):
    with pypdfium2.PdfDocument(to_pdf(made)) as document:
        assert len(document) >= 1


def test_the_file_is_tagged_for_reading_aloud_and_says_what_it_is():
    made = notice(lead("一"), title="关于读书的通知")

    content = to_pdf(made)

    with pypdfium2.PdfDocument(content) as document:
        assert document.get_metadata_dict()["Title"] == "关于读书的通知"
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
        tags = tags_of(document)
        outline = [(item.level, item.get_title()) for item in document.get_toc()]
    assert b"pdfuaid:part" in content
    assert {"H1", "P"} <= tags
    assert outline == [(0, "一、活动要求")]


def tags_of(document):
    raw = pypdfium2.raw
    page = document[0]  # the tree lives no longer than its page
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    found = set()
    waiting = [
        raw.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element = waiting.pop()
        buffer = ctypes.create_string_buffer(100)
        size = raw.FPDF_StructElement_GetType(element, buffer, 100)
        found.add(buffer.raw[: max(0, size - 2)].decode("utf-16-le"))
        children = range(raw.FPDF_StructElement_CountChildren(element))
        waiting += [c for i in children if (c := raw.FPDF_StructElement_GetChildAtIndex(element, i))]
    raw.FPDF_StructTree_Close(tree)
    return found


def test_a_sign_that_no_font_draws_costs_the_claim_but_not_the_document():
    content = to_pdf(notice(text("一", "读书\ue123好")))

    assert b"pdfuaid:part" not in content
    assert "一、有关要求读书好" in "".join(read(content)).replace("\ue123", "")
    with pypdfium2.PdfDocument(content) as document:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)


def test_equal_notices_make_equal_bytes():
    made = notice(lead("一"), form("附件1", ["甲"]), issued="2025-03-03")

    assert to_pdf(made) == to_pdf(made.model_copy(deep=True))


def test_a_notice_of_120_clauses_takes_no_two_seconds():
    made = notice(
        *(lead(f"{'一二三四五六'[n % 6]}（{'一二三四五'[n % 5]}）{n % 4 + 1}", n + 1) for n in range(120))
    )
    to_pdf(made)

    begun = perf_counter()
    to_pdf(made)
    assert perf_counter() - begun < 2
