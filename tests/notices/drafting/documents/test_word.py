"""DOCX to text: paragraphs and tables in their order, as the last revision shows them."""

from __future__ import annotations

import docx
import pytest

from kepu.notices.drafting.documents import DocumentRefused, read_document
from tests.factories.documents import SPACES, a_docx, a_png, p, row, saved, table


def text(body, **parts):
    return read_document(a_docx(body, **parts), "通知.docx").text


def test_paragraphs_and_tables_stand_in_their_order():
    document = docx.Document()
    document.add_paragraph("附件1")
    grid = document.add_table(2, 3)
    for cell, words in zip(
        (c for r in grid.rows for c in r.cells), ["序号", "名称", "电话", "1", "书展", ""], strict=True
    ):
        cell.text = words
    document.add_paragraph("注：请按时报送。")

    read = read_document(saved(document), "通知.docx")

    assert (read.format, read.text, read.remarks, read.embedded) == (
        "docx", "附件1\n序号\t名称\t电话\n1\t书展\t\n注：请按时报送。", (), "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("请于9月", '<w:del><w:r><w:delText>5</w:delText></w:r></w:del>', "<w:ins><w:r><w:t>8</w:t></w:r></w:ins>", "日前报送。"),
         "请于9月8日前报送。"),
        (p("搬走", '<w:moveFrom><w:r><w:t>的话</w:t></w:r></w:moveFrom>') + p("<w:moveTo><w:r><w:t>的话</w:t></w:r></w:moveTo>"),
         "搬走\n的话"),
        (p("前半", properties="<w:rPr><w:del/></w:rPr>") + p("后半"), "前半后半"),
        (p("看得见", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"), "看得见"),
        (p('<w:hyperlink><w:r><w:t>网址</w:t></w:r></w:hyperlink>', '<w:fldSimple><w:r><w:t>栏目</w:t></w:r></w:fldSimple>'),
         "网址栏目"),
        (p("<w:r><w:instrText>PAGE</w:instrText></w:r>", "正文"), "正文"),
        (f"<w:sdt><w:sdtContent>{p('控件里的话')}</w:sdtContent></w:sdt>", "控件里的话"),
        (p("<w:r><w:t>上一行</w:t><w:br/><w:t>下一行</w:t></w:r>"), "上一行\n下一行"),
        (p("<w:r><w:tab/><w:t>落款</w:t><w:tab/><w:t>日期</w:t></w:r>"), "落款  日期"),
        (p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>"), "甲\t乙\t丙"),
        (p("<w:ruby><w:rt><w:r><w:t>pǔ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>普</w:t></w:r></w:rubyBase></w:ruby>"), "普"),
        (p("活动前、") + p("活动中都要宣传。"), "活动前、活动中都要宣传。"),
    ],
    ids=["deleted", "moved", "joined by a deletion", "hidden", "fields", "page field", "control", "line break", "tab",
         "columns", "ruby", "broken sentence"],
)  # fmt: skip
def test_what_a_reader_sees_is_read(body, said):
    assert text(body) == said


def test_a_text_box_is_read_once_before_the_paragraph_it_hangs_on():
    box = f"<w:txbxContent>{p('临阅办〔2025〕3号')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(p(drawn, "关于举办阅读月的通知")) == "临阅办〔2025〕3号\n关于举办阅读月的通知"


def test_headers_and_footers_are_left_out():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.add_paragraph("正文。")
    assert read_document(saved(document), "通知.docx").text == "正文。"


def test_cells_over_several_columns_or_rows_keep_the_columns_apart():
    wide = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("联系方式")}'
    tall, below = (
        f"<w:tcPr><w:vMerge{value}/></w:tcPr>{p(words)}"
        for value, words in ((' w:val="restart"', "单位"), ("", ""))
    )
    body = table(row(tall, wide), row(below, "姓名", "电话"), row("县图书馆", "某某", "000"), row("", "", ""))
    assert text(body) == "单位\t联系方式\t\n\t姓名\t电话\n县图书馆\t某某\t000"


def test_a_cell_is_one_piece_and_a_table_that_only_frames_is_none():
    inner = table(row("甲", "乙"))
    assert text(table(row(p("联系人、") + p("联系电话"), "备注"))) == "联系人、 联系电话\t备注"
    assert text(table(row(p("一、主题") + p("书香临溪。")))) == "一、主题\n书香临溪。"
    assert text(table(row(f"{p('外')}{inner}", "旁"))) == "外 甲 乙\t旁"


def test_a_deleted_row_is_gone():
    gone = row("旧", "行", properties="<w:trPr><w:del/></w:trPr>")
    assert text(table(row("新", "行"), gone)) == "新\t行"


def test_what_could_not_be_read_is_remarked():
    body = p(
        "请于8日前报送。",
        "<w:ins><w:r><w:t>谢谢。</w:t></w:r></w:ins>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
    )
    document = docx.Document()
    document.add_paragraph("正文。")
    document.add_picture(_file(a_png()))
    assert read_document(a_docx(body), "通知.docx").remarks == (
        "文档里有修订痕迹：删去的文字没有读入，新增的文字读入了。", "脚注和尾注没有读入。",
    )  # fmt: skip
    assert read_document(saved(document), "通知.docx").remarks == ("文档里有1张图片，图片里的文字没有读入。",)


def test_a_document_of_pictures_only_is_refused():
    document = docx.Document()
    document.add_picture(_file(a_png()))
    with pytest.raises(DocumentRefused, match="文档里只有图片，没有文字"):
        read_document(saved(document), "通知.docx")


def test_the_text_is_found_where_the_archive_says_it_is():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/other.xml"/>'
        "</Relationships>"
    )
    other = f"<w:document {SPACES}><w:body>{p('在别处。')}</w:body></w:document>"
    assert text(p("不是这里。"), _rels___dot_rels=relations, word__other_dot_xml=other) == "在别处。"


def test_pages_are_those_it_was_saved_with_and_no_fewer_than_its_breaks():
    broken = p('<w:r><w:br w:type="page"/></w:r>') * 2
    saying = "<Properties><Pages>{}</Pages></Properties>"
    assert read_document(a_docx(p("一") + broken), "a.docx").pages == 3
    assert read_document(a_docx(p("一"), docProps__app_dot_xml=saying.format(7)), "a.docx").pages == 7
    with pytest.raises(DocumentRefused, match="文档有200页，超过100页"):
        read_document(a_docx(p("一"), docProps__app_dot_xml=saying.format(200)), "a.docx")


def _file(content):
    import io

    return io.BytesIO(content)
