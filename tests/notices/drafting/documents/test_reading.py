"""Whatever is handed in is read as what it is, or refused with what to do instead."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from kepu.notices.drafting.documents import DocumentRefused, limits, read_document
from tests.factories.documents import SPACES, a_docx, a_pdf, a_png, p, rezipped

ROOT = Path(__file__).resolve().parents[4]
BROKEN = "文件不完整或已损坏，打不开。请重新下载，或用 WPS、Word 打开后另存一份再上传。"
WHAT = "这不是可以读的文件。请上传 DOCX、带文字的 PDF、TXT 或 HTML，或把文字粘贴进来。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TYPES = "[Content_Types].xml"


def refusal(content, name="通知.docx"):
    with pytest.raises(DocumentRefused) as refused:
        read_document(content, name)
    return str(refused.value)


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def of_type(kind):
    return rezipped(
        a_docx(p("正文")), {TYPES: f'<Types><Override ContentType="application/vnd.{kind}"/></Types>'}
    )


@pytest.mark.parametrize(
    ("content", "name", "kind", "remark"),
    [
        (a_docx(p("正文")), "通知.docx", "docx", ()),
        (a_docx(p("正文")), "通知.pdf", "docx", ("文件名的结尾是“.pdf”，内容却是 Word（DOCX），已按 Word（DOCX） 读取。",)),
        (a_docx(p("正文")), "通知", "docx", ()),
        (a_pdf("正文"), "通知.DOCX", "pdf", ("文件名的结尾是“.docx”，内容却是 PDF，已按 PDF 读取。",)),
        (b"<html><body>" + "正文".encode() + b"</body></html>", "通知.doc", "html",
         ("文件名的结尾是“.doc”，内容却是 HTML，已按 HTML 读取。",)),
        ("正文".encode(), "通知.html", "txt", ("文件名的结尾是“.html”，内容却是 TXT，已按 TXT 读取。",)),
        ("正文".encode(), "C:\\通知\\通知.txt", "txt", ()),
    ],
)  # fmt: skip
def test_a_file_is_read_as_what_it_is(content, name, kind, remark):
    read = read_document(content, name)
    assert (read.format, read.text, read.remarks) == (kind, "正文", remark)
    assert "\\" not in read.name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的，里面没有内容。请检查是否选错了文件。"),
        (b"\0" * 1000, "文件是空的，里面没有内容。请检查是否选错了文件。"),
        (b"x" * (limits.MAX_BYTES + 1), "文件超过10MB，不像一份通知。请去掉里面的图片，或复制文字粘贴。"),
        (a_png(), "这是图片，里面没有可以读的文字。请上传带文字的文件，或先做文字识别，再把文字粘贴进来。"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "这是图片，里面没有可以读的文字。请上传带文字的文件，或先做文字识别，再把文字粘贴进来。"),
        (b"Rar!\x1a\x07\0", "这是压缩包。请先解压，再上传里面的通知。"),
        (zipped(a_dot_txt="正文"), "这是压缩包。请先解压，再上传里面的通知。"),
        (zipped(OFD_dot_xml="<a/>"), "这是 OFD 版式文件，不能直接读。请用阅读器转成 PDF，或复制文字粘贴。"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "这是 ODF 文档（ODT），不能直接读。请另存为 DOCX 再上传。"),
        (zipped(), BROKEN),
        (OLE + "WordDocument".encode("utf-16-le"), "这是旧格式的文档（DOC 或 WPS），不能直接读。请用 WPS、Word 打开，另存为 DOCX 再上传。"),
        (OLE + "Workbook".encode("utf-16-le"), "这是旧格式的 Excel 表格（XLS），不是通知的正文。请上传通知本身；表格的内容可以复制文字粘贴。"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "这是演示文稿（PPT），不是通知的正文。请上传通知本身，或复制文字粘贴。"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文档加了密码，打不开。请先去掉密码，再上传。"),
        (b"{\\rtf1\\ansi }", "这是 RTF 文件，不能直接读。请用 WPS、Word 打开，另存为 DOCX 再上传。"),
        (b"MIME-Version: 1.0\r\n", "这是单个文件的网页（MHT）或邮件，不能直接读。请另存为 HTML 或 DOCX，或复制文字粘贴。"),
        (of_type("openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "这是 Excel 表格，不是通知的正文。请上传通知本身；表格的内容可以复制文字粘贴。"),
        (of_type("openxmlformats-officedocument.presentationml.presentation.main+xml"), "这是演示文稿（PPT），不是通知的正文。请上传通知本身，或复制文字粘贴。"),
        (of_type("openxmlformats-officedocument.wordprocessingml.template.main+xml"), "这是 Word 模板（DOTX），不是文档。请另存为 DOCX 再上传。"),
        (a_docx(p("正文"))[:5000], BROKEN),
        (b"PK\x03\x04" + bytes(range(256)), BROKEN),
        (bytes(range(256)) * 20, WHAT),
        (b"MZ\x90" + bytes(range(1, 256)) * 9, WHAT),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do_instead(content, said):
    assert refusal(content) == said


MACRO = "这个文件带有宏，为了安全不予读取。请用 WPS、Word 另存为不带宏的 DOCX 再上传。"
BOMB = "文件解压后太大（疑似压缩炸弹），不予读取。请用 WPS、Word 另存一份再上传，或复制文字粘贴。"
NESTED = "文件里面还套着压缩包或带宏的文件，不能读。请把正文另存为单独的 DOCX，或复制文字粘贴。"
ENTITY = "文档里夹带了不该有的定义（XML 实体），不予读取。请复制文字粘贴。"
TOO_BIG = "文档的正文太大或结构太复杂，不像一份通知。请只留下通知的正文和附件，或复制文字粘贴。"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (a_docx(p("正文"), word__vbaProject_dot_bin=b"macro"), MACRO),
        (of_type("ms-word.document.macroEnabled.main+xml"), MACRO),
        (a_docx(p("正文"), word__media__big_dot_bin=b"\0" * 2**21), BOMB),
        (a_docx(p("正文"), **{f"a{i}": os.urandom(2**10) * 2**10 for i in range(61)}), BOMB),
        (a_docx(p("正文"), **{f"a{i}": b"" for i in range(2000)}), BOMB),
        (a_docx(p("正文"), word__embeddings__inner_dot_zip=b"PK"), NESTED),
        (a_docx("", word__document_dot_xml=f'<!DOCTYPE a [<!ENTITY x "哈">]><w:document {SPACES}><w:body>{p("&x;")}</w:body></w:document>'), ENTITY),
        (a_docx("", word__document_dot_xml=f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {SPACES}><w:body>{p("&x;")}</w:body></w:document>'), ENTITY),
        (a_docx("", word__numbering_dot_xml='<!DOCTYPE a [<!ENTITY x "哈">]><a>&x;</a>'), ENTITY),
        (a_docx("", word__document_dot_xml="<w:document"), "文档的内容已损坏，读不出来。请用 WPS、Word 打开后另存一份再上传，或复制文字粘贴。"),
        (a_docx("", word__document_dot_xml=f"<w:document {SPACES}/>"), BROKEN),
        (a_docx(""), "文档里没有文字。请检查是否选错了文件。"),
        (a_docx(p("字" * 200_001)), "文字超过200000字，不像一份通知。请只留下通知的正文和附件。"),
        (a_docx("<w:tbl><w:tr><w:tc>" * 40 + p("深") + "</w:tc></w:tr></w:tbl>" * 40), "文档里的表格或文本框套得太深，读不了。请复制文字粘贴。"),
    ],
    ids=["macros", "macros by type", "ratio", "unpacked", "entries", "archive inside", "entity", "file entity", "entity elsewhere",
         "not XML", "no body", "no words", "too long", "too deep"],
)  # fmt: skip
def test_a_docx_made_to_do_harm_or_broken_is_refused(content, said):
    assert refusal(content) == said


def test_more_xml_than_a_notice_has_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ELEMENTS", 50)
    assert refusal(a_docx(p("字") * 50)) == TOO_BIG
    big = "".join(f"<!--{os.urandom(20).hex()}-->" for _ in range(400_000))
    assert refusal(a_docx(big)) == TOO_BIG


def test_a_document_of_ours_gives_the_notice_file_it_carries():
    ours = a_docx(p("正文"))
    assert (
        read_document(ours, "通知.docx", embedded=lambda content: f"{len(content)}").embedded
        == f"{len(ours)}"
    )
    assert read_document("正文".encode(), "通知.txt", embedded=lambda content: "never").embedded == ""


def test_the_guide_states_the_limits():
    guide = (ROOT / "docs" / "notice-desk.md").read_text("utf-8")
    stated = {
        "文件大小": f"{limits.MAX_BYTES // 1024**2} MB",
        "页数": f"{limits.MAX_PAGES} 页",
        "字数": f"{limits.MAX_CHARACTERS // 10_000} 万字",
        "DOCX 里的文件数": f"{limits.MAX_ENTRIES} 个",
        "DOCX 解压后": f"{limits.MAX_UNPACKED // 1024**2} MB",
        "DOCX 的压缩比": f"{limits.MAX_RATIO} 倍",
        "DOCX 的正文": f"{limits.MAX_XML // 1024**2} MB",
        "元素数": f"{limits.MAX_ELEMENTS // 10_000} 万个",
        "行数": f"{limits.MAX_LINES // 10_000} 万行",
        "读一个 PDF": f"{limits.PDF_SECONDS} 秒",
    }
    assert [name for name, figure in stated.items() if f"| {name} | {figure} |" not in guide] == []
