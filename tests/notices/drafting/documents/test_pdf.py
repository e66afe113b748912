"""PDF to text: paragraphs whole again across lines and pages, rows of tables, nothing that only belongs to a page."""

from __future__ import annotations

import pytest

from kepu.notices.drafting.documents import DocumentRefused, limits, read_document
from kepu.notices.drafting.documents import pdf as reading
from tests.factories.documents import a_bare_pdf, a_pdf, a_png

SENTENCE = (
    "各单位要高度重视，广泛动员、精心组织，不断提升活动服务力和影响力，严格落实责任，安全有序开展活动。"
)
NUMBERS = "footer: context align(center)[— #counter(page).display() —]"
WORDS = b"BT /F 10 Tf 50 700 Td (The county library reads.) Tj ET "


def text(source, **more):
    return read_document(a_pdf(source, **more), "通知.pdf").text


def refusal(content):
    with pytest.raises(DocumentRefused) as refused:
        read_document(content, "通知.pdf")
    return str(refused.value)


def test_lines_become_paragraphs_again():
    read = read_document(
        a_pdf(
            "#align(center)[关于举办临溪县阅读月的通知]\n\n#par(first-line-indent: 0em)[各乡镇人民政府，各街道办事处：]\n\n"
            f"一、时间\n\n阅读月定于2025年4月1日至30日集中开展。{SENTENCE}{SENTENCE}\n\n{SENTENCE}"
        ),
        "通知.pdf",
    )
    assert (read.format, read.pages, read.remarks) == ("pdf", 1, ())
    assert read.text.split("\n") == [
        "关于举办临溪县阅读月的通知",
        "各乡镇人民政府，各街道办事处：",
        "一、时间",
        f"阅读月定于2025年4月1日至30日集中开展。{SENTENCE}{SENTENCE}",
        SENTENCE,
    ]


def test_a_page_number_in_the_middle_of_a_sentence_and_the_break_it_made_are_gone():
    whole = [f"（{'一二三四五六七八九十'[i]}）{SENTENCE}{SENTENCE}{SENTENCE}" for i in range(10)]
    read = read_document(a_pdf("\n\n".join(whole), page=NUMBERS), "通知.pdf")
    assert (read.pages, read.text.split("\n")) == (3, whole)


def test_running_heads_stay_on_the_first_page_only_and_running_feet_nowhere():
    edges = "header: align(center)[临溪县文件], footer: context [#counter(page).display()/9 #h(1fr) 内部资料]"
    source = "\n#pagebreak()\n".join(f"第{'一二三四'[i]}项工作。" for i in range(4))
    assert text(source, page=edges).split("\n") == [
        "临溪县文件",
        "第一项工作。",
        "第二项工作。",
        "第三项工作。",
        "第四项工作。",
    ]


def test_what_stands_alike_in_the_body_of_pages_stays():
    source = "\n#pagebreak()\n".join("#v(60mm)\n同一句话。" for _ in range(4))
    assert text(source).split("\n") == ["同一句话。"] * 4


def test_a_ruled_table_gives_its_rows():
    source = (
        "#table(columns: (1fr, 2fr, 1fr), table.header[序号][项目名称][联系人、联系电话],"
        "[1],[（例）临溪镇系列活动，写清主要内容、形式和对象，三百字以内],[],[2],[],[])"
    )
    assert text(f"附件\n{source}\n注：请按时报送。").split("\n") == [
        "附件",
        "序号\t项目名称\t联系人、联系电话",
        "1\t（例）临溪镇系列活动，写清主要内容、形式和对象，三百字以内\t",
        "2\t\t",
        "注：请按时报送。",
    ]


def test_cells_over_several_rows_or_columns_are_one():
    source = (
        "#table(columns: 3, table.cell(rowspan: 2)[单位], table.cell(colspan: 2)[联系方式], [姓名], [电话],"
        "[县图书馆], [某某], [000])"
    )
    assert text(source).split("\n") == ["单位\t联系方式\t", "\t姓名\t电话", "县图书馆\t某某\t000"]


def test_a_frame_is_no_table_and_columns_without_rules_are_rows():
    assert text("#rect(width: 100%)[温馨提示：请自带水杯。]") == "温馨提示：请自带水杯。"
    assert (
        text("#par(first-line-indent: 0em)[县科协 #h(1fr) 县委宣传部 #h(1fr) 县教育局]")
        == "县科协\t县委宣传部\t县教育局"
    )


def test_words_drawn_out_over_a_line_are_one():
    assert text("#par(first-line-indent: 0em)[临#h(2em)溪#h(2em)县#h(2em)文#h(2em)件]") == "临溪县文件"


def test_a_page_stored_on_its_side_is_read_upright():
    upright = (
        b"BT /F 10 Tf 0 1 -1 0 300 100 Tm (Attachment one) Tj ET BT /F 10 Tf 0 1 -1 0 320 100 Tm (Name) Tj ET"
    )
    assert read_document(a_bare_pdf(upright, page=b"/Rotate 90"), "a.pdf").text == "Attachment one\nName"


def test_a_scan_is_refused_and_a_scanned_page_among_others_is_remarked(tmp_path):
    scan = '#place(top + left, dx: -28mm, dy: -37mm, image("scan.png", width: 210mm, height: 297mm))'
    files = {"files": {"scan.png": a_png()}, "folder": tmp_path}
    assert refusal(a_pdf(f"{scan}#pagebreak(){scan}", **files)) == (
        "这是扫描件，里面只有图片，没有文字。请上传原来的电子文件，或先做文字识别，再把文字粘贴进来。"
    )
    read = read_document(a_pdf(f"正文。\n#pagebreak()\n{scan}\n#pagebreak()\n附件。", **files), "a.pdf")
    assert (read.text, read.remarks) == (
        "正文。\n附件。", ("第2页是图片，没有文字可读。请看一看那里有没有要紧的内容。",),
    )  # fmt: skip


def test_a_locked_file_is_refused():
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(a)]" % (b"a" * 32, b"b" * 32)
    assert refusal(a_bare_pdf(WORDS, trailer=lock)) == "PDF 加了密码，打不开。请先去掉密码，再上传。"


def test_two_hundred_pages_are_refused():
    assert (
        refusal(a_bare_pdf(*[WORDS] * 200))
        == "文档有200页，超过100页，不像一份通知。请只留下通知的正文和附件。"
    )


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\nnot a bit of it", a_pdf("正文。")[:2000]], ids=["no PDF", "cut short"]
)
def test_a_broken_file_is_refused(content):
    assert refusal(content) == "文件不完整或已损坏，打不开。请重新下载，或用 WPS、Word 打开后另存一份再上传。"


def test_too_many_words_are_refused():
    page = b"BT /F 10 Tf 14 TL 50 750 Td " + b"(%s) Tj T* " % (b"a" * 100) * 50 + b"ET"
    assert refusal(a_bare_pdf(*[page] * 50)) == "文字超过200000字，不像一份通知。请只留下通知的正文和附件。"


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(limits, "PDF_SECONDS", 0.01)
    assert refusal(a_bare_pdf(WORDS)) == "这个 PDF 太复杂，一时读不出来。请另存为 DOCX，或复制文字粘贴。"


def test_a_file_that_unpacks_without_end_ends_its_own_process_only(monkeypatch):
    monkeypatch.setattr(limits, "PDF_MEMORY", 256 * 1024**2)
    assert refusal(a_bare_pdf(b" " * 300_000_000 + WORDS)).startswith("文件不完整或已损坏")


def test_a_font_without_a_table_of_its_characters_is_said(monkeypatch):
    lost = {"width": 600, "height": 800, "lines": [], "covered": 0}
    pages = [{**lost, "pieces": [["\ufffd\ue001\ue002字", 50, 90, 700, 10]]}]
    monkeypatch.setattr(reading.json, "loads", lambda _said: {"pages": pages})
    assert refusal(a_bare_pdf(WORDS)).startswith("文件里的字体没有附带编码，文字读出来是乱码。")
    pages[0]["pieces"] = [["临溪县\ufffd阅读月的通知", 50, 150, 700, 10]]
    assert read_document(a_bare_pdf(WORDS), "a.pdf").remarks == (
        "有1个字读不出来，写成了“\ufffd”，请对照原文补上。",
    )
