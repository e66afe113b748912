"""The official document as DOCX, as Word and WPS open it: real styles and headings, words that anybody can go on editing."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from kepu.notices.format.schema import NoticeFile
from kepu.notices.format.writing import write_notice
from kepu.notices.official import document as blocks
from kepu.notices.official import measures as m
from kepu.notices.official import styles
from kepu.notices.official.docx_forms import add_form
from kepu.notices.official.docx_pages import blank, describe, number_pages, set_page, turn
from kepu.notices.official.embedded import embed
from kepu.notices.official.layout import official_document
from kepu.notices.official.package import repacked


def to_docx(notice: NoticeFile, *, names: Mapping[str, Any] | None = None) -> bytes:
    """The notice as a DOCX that carries its own file (see ``embedded``). Equal notices give equal bytes.

    ``names`` as for :func:`official_document`.
    """
    official = official_document(notice, names=names)
    writer = _Writer(official)
    for block in official.blocks:
        writer.add(block)
    embed(writer.document, write_notice(notice))
    saved = BytesIO()
    writer.document.save(saved)
    return repacked(saved.getvalue())


class _Writer:
    """Draws block after block; knows whether the page it is on is upright."""

    def __init__(self, official: blocks.OfficialDocument) -> None:
        self.document: Document = blank()
        self._wide = False
        styles.set_styles(self.document)
        describe(self.document, official)
        set_page(self.document.sections[0], wide=False)
        number_pages(self.document)

    def add(self, block: blocks.Block) -> None:
        if isinstance(block, blocks.AttachmentList | blocks.Signature | blocks.SideNote):
            self._last.paragraph_format.keep_with_next = True  # no signature on a page without text
        match block:
            case blocks.RedHead():
                self._red_head(block)
            case blocks.Title():
                self._paragraph("Title", *block.lines)
            case blocks.Recipients():
                self._paragraph(styles.TO, block.text)
            case blocks.Heading():
                heading = self._paragraph(f"Heading {block.level}", block.text)
                if block.depth != block.level:
                    styles.set_outline(_properties(heading), block.depth)
            case blocks.Paragraph():
                self._paragraph("Normal", block.text)
            case blocks.AttachmentList():
                self._attachment_list(block)
            case blocks.Signature():
                self._signature(block)
            case blocks.SideNote():
                self._paragraph(styles.SIDE_NOTE, block.text)
            case blocks.AttachmentPage():
                turned = self._turn(block.wide)
                label = self._paragraph(styles.ATTACHED, block.label)
                label.paragraph_format.page_break_before = not turned
                self._paragraph(styles.ATTACHED_TITLE, *block.title)
            case blocks.FormTable():
                add_form(self.document, block, width_mm=m.wide_width_mm() if self._wide else m.TEXT_WIDTH_MM)
            case blocks.Imprint():
                self._turn(False)
                self._imprint(block)

    def _paragraph(self, style: str, *lines: str) -> DocxParagraph:
        """A paragraph in a style, its lines broken where they are given."""
        paragraph = self.document.add_paragraph(style=style)
        for position, line in enumerate(lines):
            if position:
                paragraph.add_run().add_break()
            paragraph.add_run(line)
        self._last = paragraph
        return paragraph

    def _turn(self, wide: bool) -> bool:
        """Go on over the page where the paper must be turned; whether it was."""
        if wide == self._wide:
            return False
        turn(self.document, wide=wide)
        self._wide = wide
        return True

    def _red_head(self, head: blocks.RedHead) -> None:
        mark = self._paragraph(styles.RED_HEAD, *head.lines)
        for run in mark.runs:
            run.font.size = Pt(m.head_size(head.lines))
        lowest = self._paragraph(styles.NUMBER, head.number) if head.number else mark
        space = round(m.RULE_BELOW_NUMBER_MM * m.POINTS_PER_MM)
        styles.rule(_properties(lowest), bottom=m.RED_RULE_MM, colour=m.RED, space=space)

    def _attachment_list(self, note: blocks.AttachmentList) -> None:
        intro = m.width(note.INTRO)
        for position, (label, title) in enumerate(note.items):
            own = m.width(label)
            line = self._paragraph(styles.NOTE, f"{'' if position else note.INTRO}{label}{title}")
            hanging = own if position else intro + own
            styles.indent(_properties(line), left=2 + intro + own, first=-hanging)
            if not position:
                line.paragraph_format.space_before = Pt(m.LINE_PT)

    def _signature(self, signature: blocks.Signature) -> None:
        alone, date = signature.from_right()
        columns = max(len(row) for row in signature.rows)
        for position, row in enumerate(signature.rows):
            if columns == 1:
                line = self._paragraph(styles.SIGNED, row[0])
                styles.indent(_properties(line), right=alone[position])
            else:
                line = self._paragraph(styles.SIGNED_ROW, "".join(f"\t{name}" for name in row))
                for column in range(columns):
                    at = Mm(m.TEXT_WIDTH_MM * (column + 0.5) / columns)
                    line.paragraph_format.tab_stops.add_tab_stop(at, WD_TAB_ALIGNMENT.CENTER)
            if not position:
                line.paragraph_format.space_before = Pt(2 * m.LINE_PT)
        if signature.date:
            styles.indent(_properties(self._paragraph(styles.DATED, signature.date)), right=date)

    def _imprint(self, imprint: blocks.Imprint) -> None:
        """At the foot of the last page: paragraphs in one frame that hangs from the lower edge of the text."""
        lines = []
        if imprint.copies:
            lines.append(self._paragraph(styles.IMPRINT, f"{imprint.COPIES}{imprint.copies}"))
            styles.indent(_properties(lines[0]), left=4, right=1, first=-3, size=m.SIZE_4)
        printed = self._paragraph(styles.IMPRINT, f"{imprint.printer}\t{imprint.printed}".rstrip())
        styles.indent(_properties(printed), left=1, right=1, size=m.SIZE_4)
        right = Pt(m.TEXT_WIDTH_MM * m.POINTS_PER_MM - m.SIZE_4)
        printed.paragraph_format.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
        for position, line in enumerate([*lines, printed]):
            styles.frame(_properties(line))
            styles.rule(
                _properties(line),
                top=m.INNER_RULE_MM if position else m.OUTER_RULE_MM,
                bottom=m.OUTER_RULE_MM if line is printed else 0,
            )
        end = self._paragraph("Normal")  # Word wants a paragraph after a frame
        end.paragraph_format.line_spacing = Pt(1)


def _properties(paragraph: DocxParagraph) -> Any:
    return paragraph._p.get_or_add_pPr()
