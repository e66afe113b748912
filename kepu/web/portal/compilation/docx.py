"""The compilation as DOCX, to be edited on: real headings, contents that lead to them, numbered pages."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from kepu.notices.official import faces
from kepu.notices.official.docx_pages import blank
from kepu.notices.official.package import repacked
from kepu.web.portal.compilation import codes
from kepu.web.portal.compilation.composing import Compilation, Day, Entry, parts

LATIN = "Times New Roman"
GREY = RGBColor(0x59, 0x59, 0x59)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what no XML may hold


def to_docx(compilation: Compilation) -> bytes:
    """The file's bytes; equal compilations give equal bytes."""
    document = blank()
    _set_up(document, compilation)
    _front(document, compilation)
    _contents(document, compilation)
    heading_1, heading_2 = document.styles["Heading 1"], document.styles["Heading 2"]
    for number, day in enumerate(compilation.days, start=1):
        heading = document.add_paragraph(f"{day.name}　{day.span}", heading_1)
        _bookmark(heading, _anchor(day), number)
        for entry in day.entries:
            _entry(document, entry, heading_2)
    saved = BytesIO()
    document.save(saved)
    return repacked(saved.getvalue())


def _set_up(document: Document, compilation: Compilation) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(24)
    section.left_margin = section.right_margin = Mm(22)
    for name, face, size in (
        ("Normal", faces.SONG, 10.5), ("Title", faces.SONG_TITLE, 24), ("Heading 1", faces.SONG_TITLE, 15),
        ("Heading 2", faces.HEI, 11.5),
    ):  # fmt: skip
        style: Any = document.styles[name]
        style.font.size, style.font.name, style.font.color.rgb = Pt(size), LATIN, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[attribute]
        fonts.set(qn("w:eastAsia"), face.word)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.space_before = Pt({"Heading 1": 16, "Heading 2": 10}.get(name, 0))
    document.styles["Title"].paragraph_format.alignment = ALIGN.CENTER
    border = document.styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    core = document.core_properties
    core.title, core.subject, core.author = compilation.title[:255], compilation.season[:255], ""
    core.comments, core.keywords, core.language, core.revision = compilation.as_of, "", "zh-CN", 1
    core.last_modified_by = ""
    core.created = core.modified = compilation.at.replace(tzinfo=None, microsecond=0)
    footer = section.footer.paragraphs[0]
    footer.alignment = ALIGN.CENTER
    footer.add_run("— ")
    _field(footer, "PAGE", "1")
    footer.add_run(" —")
    header = section.header.paragraphs[0]
    _grey(header.add_run(f"{compilation.title}　{_('截至%(when)s') % {'when': compilation.as_of}}"))


def _front(document: Document, compilation: Compilation) -> None:
    document.add_paragraph(compilation.title, document.styles["Title"])
    document.add_paragraph(compilation.season).alignment = ALIGN.CENTER
    for said in compilation.sentences:
        paragraph = document.add_paragraph()
        paragraph.add_run(_("%(label)s：") % {"label": said.label})
        paragraph.add_run(said.text).bold = True
        if said.source:
            _grey(paragraph.add_run(f"　{said.source}"))
    document.add_paragraph(compilation.counted)
    if compilation.conditions:
        document.add_paragraph(_("、").join(compilation.conditions))
    document.add_paragraph(_("截至%(when)s") % {"when": compilation.as_of})
    picture = document.add_paragraph()
    picture.add_run().add_picture(BytesIO(codes.png(compilation.list_url)), width=Mm(32))
    for properties in picture._p.iter(qn("wp:docPr")):
        properties.set("descr", _("二维码：网上的活动列表"))
    document.add_paragraph(_("以网上的最新信息为准，扫码查看"))
    _grey(document.add_paragraph().add_run(compilation.list_url))


def _contents(document: Document, compilation: Compilation) -> None:
    """By day, each line leading there; by place, with the numbers of the activities."""
    title = document.add_paragraph(_("目录"), document.styles["Heading 1"])
    title.paragraph_format.page_break_before = True
    for day in compilation.days:
        line = document.add_paragraph()
        _link(line, _anchor(day), f"{day.name}　{day.span}")
    if compilation.areas:
        document.add_paragraph(_("按地区"), document.styles["Heading 2"])
    for area in compilation.areas:
        line = document.add_paragraph()
        line.add_run(area.name).bold = True
        line.add_run(f"　{area.count}　{area.words}")


def _entry(document: Document, entry: Entry, style: Any) -> None:
    """An activity: its heading, and its parts as lines of one paragraph.

    Runs are made as elements: going through python-docx for each costs five times as much, and there are many.
    """
    heading = document.add_paragraph(f"{entry.number}　", style)._p
    heading.append(_run(entry.title, strike=entry.off))
    if entry.key:
        heading.append(_run(f"　{_('重点活动')}", grey=True))
    if entry.state:
        document.add_paragraph()._p.append(_run(entry.state, bold=True))
    paragraph = document.add_paragraph()._p
    for n, (label, said) in enumerate(parts(entry)):
        paragraph.append(_run(_("%(label)s：") % {"label": label}, grey=True, on_new_line=n > 0))
        paragraph.append(_run(said))


def _run(
    text: str, *, bold: bool = False, strike: bool = False, grey: bool = False, on_new_line: bool = False
) -> Any:
    run = OxmlElement("w:r")
    if bold or strike or grey:
        properties = OxmlElement("w:rPr")
        for wanted, name in ((bold, "w:b"), (strike, "w:strike"), (grey, "w:color")):
            if wanted:
                properties.append(OxmlElement(name))
        if grey:
            properties[-1].set(qn("w:val"), str(GREY))
        run.append(properties)
    if on_new_line:
        run.append(OxmlElement("w:br"))
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = _UNWRITABLE.sub("", text)
    run.append(words)
    return run


def _anchor(day: Day) -> str:
    return f"day_{day.day:%Y%m%d}"


def _grey(run: Any) -> None:
    run.font.color.rgb = GREY


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def _link(paragraph: Paragraph, anchor: str, text: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)
    paragraph.add_run("　……　")
    _field(paragraph, f"PAGEREF {anchor} \\h", "")


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    for kind in ("begin", "text", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "text":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
            run._r.append(element)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
