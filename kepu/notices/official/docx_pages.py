"""The pages of the DOCX: paper, margins, the grid of lines and characters, page numbers, and what describes the file."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from kepu.notices.official import measures as m
from kepu.notices.official import styles
from kepu.notices.official.document import OfficialDocument

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_MODE = "compatibilityMode"
# What the template of python-docx brings and this document has no use for
_UNUSED = frozenset(
    {RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.THUMBNAIL,
     "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"}
)  # fmt: skip


def blank() -> Document:
    """An empty document, without what the template has too much."""
    document = docx.Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype in _UNUSED]:
            del rels[key]
    return document


def describe(document: Document, official: OfficialDocument) -> None:
    """The file's own properties; its dates are the notice's, so that equal notices make equal files."""
    day = datetime.combine(official.issued, time(), UTC) if official.issued else _UNDATED
    core = document.core_properties
    core.title, core.author, core.subject = official.title[:255], official.issuer[:255], official.number[:255]
    core.language, core.category, core.comments, core.keywords = "zh-CN", "公文", "", ""
    core.last_modified_by, core.revision = official.issuer[:255], 1
    core.created = core.modified = day.replace(tzinfo=None)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == _MODE:
            setting.set(qn("w:val"), "15")  # else Word opens it as a document of an older Word


def set_page(section: Section, *, wide: bool) -> None:
    """A4 with the standard's margins; turned by a quarter for what is ``wide``."""
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    width, height = sorted(m.PAGE_MM, reverse=wide)
    section.page_width, section.page_height = Mm(width), Mm(height)
    top, right, bottom, left = m.TOP_MM, m.RIGHT_MM, m.BOTTOM_MM, m.LEFT_MM
    if wide:  # what was above is now at the right
        top, right, bottom, left = left, top, right, bottom
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    # the dash stands half a line below the upper edge of the number's line
    section.footer_distance = Mm(max(10, bottom - m.NUMBER_BELOW_TEXT_MM - m.SIZE_4 / m.POINTS_PER_MM / 2))
    section.header_distance = Mm(15)
    _set_grid(section)


def turn(document: Document, *, wide: bool) -> None:
    """Begin a new page of the other orientation; page numbers go on."""
    set_page(document.add_section(WD_SECTION.NEW_PAGE), wide=wide)
    ending: Any = document.paragraphs[-1]._p  # python-docx ends the section before in a paragraph of its own
    above = ending.getprevious()
    if above is not None and above.tag == qn("w:p"):
        above.get_or_add_pPr().append(ending.pPr.sectPr)
        ending.getparent().remove(ending)
    else:
        document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)


def number_pages(document: Document) -> None:
    """— 1 —, one character from the right on odd pages and from the left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    first = document.sections[0]
    for footer, side in ((first.footer, ALIGN.RIGHT), (first.even_page_footer, ALIGN.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles[styles.PAGE_NUMBER]
        paragraph.alignment = side
        styles.indent(paragraph._p.get_or_add_pPr(), left=1, right=1, size=m.SIZE_4)
        paragraph.add_run("— ")
        _add_page_field(paragraph)
        paragraph.add_run(" —")


def _add_page_field(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _set_grid(section: Section) -> None:
    """22 lines a page, 28 characters a line: Word's grid counts in twips and in 4096ths of a point beside 3号."""
    properties = section._sectPr
    grid = properties.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        properties.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(m.LINE_PT * 20)))
    grid.set(qn("w:charSpace"), str(round((m.PITCH_PT - m.SIZE_3) * 4096)))
