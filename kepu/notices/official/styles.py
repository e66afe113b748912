"""The paragraph styles of the DOCX: named, so that a person can change one and a screen reader can move by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from kepu.notices.official.faces import FANG_SONG, HEI, KAI, SONG, SONG_TITLE, Face
from kepu.notices.official.measures import (
    HEAD_FROM_TOP_MM,
    LINE_PT,
    POINTS_PER_MM,
    RED,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    SIZE_SMALL_4,
    TEXT_WIDTH_MM,
    TITLE_LINE_PT,
)

RED_HEAD, NUMBER, TO, NOTE = "公文标志", "公文字号", "公文主送", "公文附件说明"
SIGNED, SIGNED_ROW, DATED, SIDE_NOTE = "公文署名", "公文联合署名", "公文日期", "公文附注"
ATTACHED, ATTACHED_TITLE, CAPTION, CELL, REMARK = (
    "公文附件",
    "公文附件标题",
    "公文表题",
    "公文表格",
    "公文表注",
)
IMPRINT, PAGE_NUMBER = "公文版记", "公文页码"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks. Indents are in characters, space above and below in points."""

    name: str
    face: Face = FANG_SONG
    size: float = SIZE_3
    align: Any = ALIGN.JUSTIFY
    first: float = 0
    above: float = 0
    below: float = 0
    line: float | None = LINE_PT  # None where the line is as high as its letters
    red: bool = False
    stays: bool = False  # with the paragraph below
    outline: int | None = None  # 1 for the highest


LOOKS = (
    Look("Normal", first=2),
    Look(RED_HEAD, SONG_TITLE, 48, ALIGN.CENTER, above=HEAD_FROM_TOP_MM * POINTS_PER_MM, line=None, red=True, stays=True),
    Look(NUMBER, align=ALIGN.CENTER, above=2 * LINE_PT, stays=True),
    Look("Title", SONG_TITLE, SIZE_2, ALIGN.CENTER, above=2 * LINE_PT, below=LINE_PT, line=TITLE_LINE_PT, stays=True),
    Look(TO, align=ALIGN.LEFT, stays=True),
    Look("Heading 1", HEI, first=2, stays=True, outline=1),
    Look("Heading 2", KAI, first=2, stays=True, outline=2),
    Look("Heading 3", first=2, stays=True, outline=3),
    Look("Heading 4", first=2, stays=True, outline=4),
    Look(NOTE, align=ALIGN.LEFT, stays=True),
    Look(SIGNED, align=ALIGN.RIGHT, stays=True),
    Look(SIGNED_ROW, align=ALIGN.LEFT, stays=True),
    Look(DATED, align=ALIGN.RIGHT),
    Look(SIDE_NOTE, align=ALIGN.LEFT, first=2),
    Look(ATTACHED, HEI, align=ALIGN.LEFT, stays=True),
    Look(ATTACHED_TITLE, SONG_TITLE, SIZE_2, ALIGN.CENTER, above=LINE_PT, below=LINE_PT, line=TITLE_LINE_PT, stays=True,
         outline=1),
    Look(CAPTION, HEI, SIZE_4, ALIGN.CENTER, above=LINE_PT / 2, stays=True),
    Look(CELL, size=SIZE_SMALL_4, align=ALIGN.CENTER, line=None),
    Look(REMARK, size=SIZE_SMALL_4, align=ALIGN.LEFT, line=20),
    Look(IMPRINT, size=SIZE_4, align=ALIGN.LEFT, line=24),
    Look(PAGE_NUMBER, SONG, SIZE_4, line=None),
)  # fmt: skip


_KEPT = {look.name.replace("Heading", "heading") for look in LOOKS} | {
    "Default Paragraph Font", "Normal Table", "No List", "Table Grid",
}  # fmt: skip


def set_styles(document: Document) -> None:
    """Give the document its styles and its language; what else the template brought goes."""
    for style in document.styles.element.findall(qn("w:style")):
        if style.name_val not in _KEPT:
            document.styles.element.remove(style)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for path in ("w:rPrDefault", "w:pPrDefault"):
        holder = defaults.find(qn(path))
        for old in list(holder):
            holder.remove(old)
    run = OxmlElement("w:rPr")
    run.append(fonts_of(FANG_SONG))
    language = OxmlElement("w:lang")
    for name, value in (("val", "zh-CN"), ("eastAsia", "zh-CN"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    run.append(language)
    defaults.find(qn("w:rPrDefault")).append(run)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    theme.set(qn("w:val"), "zh-CN")
    theme.set(qn("w:eastAsia"), "zh-CN")
    for look in LOOKS:
        _set(document, look)


def fonts_of(face: Face) -> Any:
    """The element that names a face for Chinese and Latin letters alike."""
    fonts = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), face.word)
    return fonts


def indent(
    properties: Any, *, left: float = 0, right: float = 0, first: float = 0, size: float = SIZE_3
) -> None:
    """Indents in characters of ``size``; a negative ``first`` hangs. Word goes by the characters, others by the twips."""
    ind = properties.get_or_add_ind()
    for name, characters in (
        ("left", left),
        ("right", right),
        ("firstLine" if first >= 0 else "hanging", abs(first)),
    ):
        ind.set(qn(f"w:{name}"), str(round(characters * size * 20)))
        ind.set(qn(f"w:{name}Chars"), str(round(characters * 100)))


def _set(document: Document, look: Look) -> None:
    styles = document.styles
    known = any(style.name == look.name for style in styles)
    style = styles[look.name] if known else styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    for old in (style.element.rPr, style.element.pPr, style.element.find(qn("w:link"))):
        if old is not None:
            style.element.remove(old)
    if look.name != "Normal":
        style.base_style = styles["Normal"]
        style.next_paragraph_style = styles["Normal"]
    style.hidden, style.quick_style = False, True
    style.element.get_or_add_rPr().append(fonts_of(look.face))
    style.font.size = Pt(look.size)
    style.font.bold = False
    style.font.color.rgb = RGBColor.from_string(RED if look.red else "000000")
    shape = style.paragraph_format
    shape.alignment = look.align
    shape.space_before, shape.space_after = Pt(look.above), Pt(look.below)
    shape.line_spacing = Pt(look.line) if look.line else 1.0
    shape.keep_with_next = look.stays
    shape.widow_control = False
    indent(style.element.get_or_add_pPr(), first=look.first, size=look.size)
    if look.name == "Normal":  # no gaps between Chinese and figures: a line has 28 characters
        put(style.element.get_or_add_pPr(), "w:autoSpaceDE", val="0")
        put(style.element.get_or_add_pPr(), "w:autoSpaceDN", val="0")
    if look.line is None:
        put(style.element.get_or_add_pPr(), "w:snapToGrid", val="0")
    if look.outline:
        set_outline(style.element.get_or_add_pPr(), look.outline)


def set_outline(properties: Any, depth: int) -> None:
    """Where a paragraph stands among the headings (1 is the highest)."""
    put(properties, "w:outlineLvl", val=str(depth - 1))


# The order in which the schema (ECMA-376, CT_PPr) wants the properties of a paragraph
_ORDER = tuple(
    f"w:{name}"
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
        "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
        "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
        "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
        "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip


def put(properties: Any, tag: str, **attributes: str) -> Any:
    """A property of a paragraph that python-docx has no name for, at the place where the schema wants it."""
    for old in properties.findall(qn(tag)):
        properties.remove(old)
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    properties.insert_element_before(element, *_ORDER[_ORDER.index(tag) + 1 :])
    return element


def rule(
    properties: Any, *, top: float = 0, bottom: float = 0, colour: str = "000000", space: int = 1
) -> None:
    """Rules above and below a paragraph, as thick as said in millimetres, ``space`` points away."""
    border = put(properties, "w:pBdr")
    for side, thick in (("top", top), ("bottom", bottom)):
        if thick:
            line = OxmlElement(f"w:{side}")
            eighths = round(thick * POINTS_PER_MM * 8)
            for name, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
                line.set(qn(f"w:{name}"), str(value))
            border.append(line)


def frame(properties: Any) -> None:
    """Hang a paragraph from the lower edge of the page's text; paragraphs that follow each other share one frame."""
    put(
        properties, "w:framePr", w=str(round(TEXT_WIDTH_MM * POINTS_PER_MM * 20)), wrap="around", vAnchor="margin",
        hAnchor="margin", xAlign="left", yAlign="bottom",
    )  # fmt: skip
