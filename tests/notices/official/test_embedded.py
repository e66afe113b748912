"""A document of ours read back: the same notice while its words are as written, nothing once they are not."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.notices.format.reading import read_notice
from kepu.notices.format.writing import write_notice
from kepu.notices.official import package
from kepu.notices.official.docx import to_docx
from kepu.notices.official.embedded import embedded_in, read_official
from tests.notices.official.building import FILES, form, lead, notice, notices, of_season, text

MADE = notice(
    text("一", "各乡镇都要办好一场活动。"), lead("二"), form("附件1", ["活动名称", "时间"]),
    number="临阅办〔2025〕3号", issued="2025-03-03", recipients=[{"title": "各乡镇"}],
)  # fmt: skip
CONTENT = to_docx(MADE)
BODY = "word/document.xml"


def parts_of(content):
    with zipfile.ZipFile(BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(parts):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return made.getvalue()


def with_body(change):
    parts = parts_of(CONTENT)
    before = parts[BODY].decode()
    parts[BODY] = change(before).encode()
    assert parts[BODY].decode() != before
    return packed(parts)


@pytest.mark.parametrize("name", FILES)
def test_a_notice_of_the_season_comes_back_the_same(name):
    made = of_season(name)

    content = to_docx(made)

    assert embedded_in(content) == write_notice(made)
    assert read_official(content) == made


@settings(max_examples=30)
@given(notices())
def test_any_notice_comes_back_the_same(made):
    assert read_official(to_docx(made)) == read_notice(write_notice(made)) == made


def test_a_document_that_another_program_saved_again_is_unchanged():
    """As Word does it: runs split in two, marks of its spelling and of its sessions, parts under other names."""

    def saved(body):
        body = body.replace(
            "<w:t>各乡镇都要办好一场活动。</w:t></w:r>",
            '<w:t xml:space="preserve">各乡镇都要</w:t></w:r><w:proofErr w:type="spellStart"/>'
            '<w:r w:rsidR="00AB12CD"><w:rPr><w:b/></w:rPr><w:t>办好一场活动。 </w:t></w:r>',
        )
        return re.sub("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidP="0012ABCD">', body)

    parts = parts_of(with_body(saved))
    renamed = {
        name.replace("customXml/item1.xml", "customXml/item3.xml"): data for name, data in parts.items()
    }
    renamed["customXml/item1.xml"] = b'<b:Sources xmlns:b="urn:bibliography"/>'

    assert read_official(packed(renamed)) == MADE


def test_a_document_opened_restyled_and_saved_by_python_docx_is_unchanged():
    document = docx.Document(BytesIO(CONTENT))
    document.styles["Normal"].font.bold = True
    document.paragraphs[-1].insert_paragraph_before("  ")
    saved = BytesIO()
    document.save(saved)

    assert read_official(saved.getvalue()) == MADE


def test_a_seal_laid_over_the_signature_changes_no_word():
    sealed = with_body(
        lambda body: body.replace("</w:t></w:r></w:p>", "</w:t></w:r><w:r><w:drawing/></w:r></w:p>")
    )

    assert read_official(sealed) == MADE


CHANGES = {
    "a word": lambda body: body.replace("一场活动", "两场活动"),
    "a figure": lambda body: body.replace("不少于5天", "不少于6天"),
    "a column of a sheet": lambda body: body.replace("活动名称", "项目名称"),
    "a paragraph more": lambda body: body.replace("<w:sectPr", "<w:p><w:r><w:t>补充。</w:t></w:r></w:p><w:sectPr", 1),
    "a deletion that is tracked": lambda body: body.replace(
        "<w:r><w:t>各乡镇都要办好一场活动。</w:t></w:r>",
        '<w:del w:id="1" w:author="x"><w:r><w:delText>各乡镇都要办好一场活动。</w:delText></w:r></w:del>',
    ),
    "a move that is tracked": lambda body: body.replace(
        "<w:r><w:t>各乡镇都要办好一场活动。</w:t></w:r>",
        '<w:moveFrom w:id="1" w:author="x"><w:r><w:t>各乡镇都要办好一场活动。</w:t></w:r></w:moveFrom>',
    ),
    "words hidden": lambda body: body.replace(
        "<w:r><w:t>各乡镇", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>各乡镇"
    ),
    "a text box": lambda body: body.replace(
        "<w:sectPr", "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>补充。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p><w:sectPr", 1
    ),
    "a footnote": lambda body: body.replace(
        "活动。</w:t></w:r>", '活动。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_one_reads_makes_the_words_count_and_not_the_file(change):
    assert embedded_in(with_body(change)) == ""


def test_the_order_of_paragraphs_counts():
    document = docx.Document(BytesIO(CONTENT))
    first = next(p for p in document.paragraphs if p.text.startswith("各乡镇都要"))
    document.paragraphs[-2]._p.addnext(first._p)
    saved = BytesIO()
    document.save(saved)

    assert embedded_in(saved.getvalue()) == ""


def test_a_notice_file_that_does_not_belong_to_the_words_is_not_taken():
    other = parts_of(to_docx(MADE.model_copy(update={"clause": MADE.clause[:1]})))
    item = next(name for name in other if name == "customXml/item1.xml")

    assert embedded_in(packed(parts_of(CONTENT) | {item: other[item]})) == ""


def test_a_document_of_somebody_else_has_nothing():
    saved = BytesIO()
    document = docx.Document()
    document.add_paragraph("各乡镇：")
    document.save(saved)

    assert (embedded_in(saved.getvalue()), read_official(saved.getvalue())) == ("", None)


ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "读书"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>'
)  # fmt: skip
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>'


@pytest.mark.parametrize("hostile", [ENTITIES, OUTSIDE, "<w>" * 5000 + "</w>" * 5000, "not xml", ""])
def test_hostile_xml_is_not_read(hostile):
    parts = parts_of(CONTENT)
    item = parts["customXml/item1.xml"].decode()

    assert embedded_in(packed(parts | {BODY: hostile.encode()})) == ""
    told = hostile.replace("<w:body>", f'<w:body x="{"urn:kepu:notice:1"}">')
    assert embedded_in(packed(parts | {"customXml/item1.xml": told.encode()})) == ""
    assert embedded_in(packed(parts | {"customXml/item1.xml": item.encode()})) != ""


def test_a_bomb_is_not_unpacked(monkeypatch):
    parts = parts_of(CONTENT)
    bomb = packed(parts | {BODY: b"<w>" + b" " * (package.LARGEST_UNPACKED + 1)})
    read = []
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda _self, name, *_a: read.append(name))

    assert len(bomb) < 200_000
    assert (embedded_in(bomb), read) == ("", [])


def test_a_package_of_more_parts_than_a_document_has_is_not_read():
    many = {f"word/{n}.xml": b"" for n in range(package.MOST_PARTS)}
    items = {f"customXml/item{n}.xml": b"" for n in range(2, 60)}

    assert embedded_in(packed(parts_of(CONTENT) | many)) == ""
    assert embedded_in(packed(parts_of(CONTENT) | items)) == ""


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), CONTENT[:-60]]
)
def test_what_is_no_document_has_nothing(content):
    assert (embedded_in(content), read_official(content)) == ("", None)


@given(st.data())
def test_damage_anywhere_is_no_fault_of_ours(data):
    content = bytearray(CONTENT)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))

    assert embedded_in(bytes(content)) in ("", write_notice(MADE))
