"""From a notice to its official document: every block in the order of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from kepu.notices.format.schema import Header, NoticeFile
from kepu.notices.official import parties
from kepu.notices.official.attachments import Attachments
from kepu.notices.official.body import Entry, in_chapters, text_blocks
from kepu.notices.official.document import (
    Block,
    Imprint,
    OfficialDocument,
    Paragraph,
    Recipients,
    RedHead,
    SideNote,
    Signature,
    Title,
)
from kepu.notices.official.measures import HEAD_FITS, TITLE_FITS
from kepu.notices.official.numbering import Part, Path, spot_of
from kepu.notices.official.text import chinese_date, one_line, paragraphs
from kepu.notices.official.titles import lines_of
from kepu.notices.official.wording import said


def official_document(notice: NoticeFile, *, names: Mapping[str, Any] | None = None) -> OfficialDocument:
    """The notice as an official document, always in Chinese, whatever language the reader works in.

    A clause says its ``wording``, else the sentence of its rule. It stands where its number says; clauses of one number
    follow each other, and what has no number follows the clause before it. Clauses about the head itself (主送) are not
    said again; those of 落款 stand in brackets below the date. ``names`` gives names for the codes of audiences, as a
    rule book has them: with them a sentence also says whom it binds.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _document(notice, names)


def _document(notice: NoticeFile, names: Mapping[str, Any] | None) -> OfficialDocument:
    head = notice.notice
    attachments = Attachments(head)
    opening = [Paragraph(text) for text in paragraphs(head.opening or "")]
    body: list[Entry] = []
    closing: list[Paragraph] = []
    foot: list[SideNote] = []
    last: Path = ()
    for clause in notice.clause:
        spot, told = spot_of(clause.number), said(clause, names)
        match spot.part:
            case Part.OPENING:
                already = "".join(block.text for block in opening)
                opening += [Paragraph(text) for text in told if text not in already]
            case Part.BODY:
                last = last if spot.loose else spot.path
                body.append(Entry(last, clause.kind, told))
                attachments.take_form(clause)
            case Part.CLOSING:
                closing += [Paragraph(text) for text in told]
            case Part.FOOT:
                foot += [SideNote(f"（{text.rstrip('。')}）") for text in told]
            case Part.ATTACHMENT:
                attachments.take(clause, spot, told)
            case Part.HEAD:
                pass
    titles: list[tuple[Path, str]] = []
    for section in head.sections:
        spot, title = spot_of(section.number), one_line(section.title)
        if spot.part is Part.ATTACHMENT:
            attachments.take_title(spot, title)
        else:
            titles.append((spot.path, title))
    blocks: list[Block] = [*_above(head), *opening]
    titles = [(path, title) for path, title in titles if path]
    written = max((path[0][1] for path, _title in titles if path[0][0] == 1), default=0)
    blocks += text_blocks(in_chapters(body, after=written), titles)
    note = attachments.note()
    blocks += [*closing, *([note] if note else []), _signature(head), *foot]
    blocks += [*attachments.pages(), _imprint(head)]
    return OfficialDocument(
        _title(head), parties.lead(head), one_line(head.number or ""), head.issued, tuple(blocks)
    )


def _title(head: Header) -> str:
    return one_line(head.title) or "通知"


def _above(head: Header) -> list[Block]:
    """What stands above the text."""
    mark = lines_of(f"{parties.lead(head)}文件", HEAD_FITS)
    blocks: list[Block] = [
        RedHead(mark, one_line(head.number or "")),
        Title(lines_of(_title(head), TITLE_FITS)),
    ]
    if to := parties.sent_to(head):
        blocks.append(Recipients(to))
    return blocks


def _signature(head: Header) -> Signature:
    rows = parties.rows_of_signers(parties.signers(head))
    return Signature(rows, chinese_date(head.issued) if head.issued else "")


def _imprint(head: Header) -> Imprint:
    return Imprint(parties.copied_to(head), parties.lead(head), parties.printed_on(head))
