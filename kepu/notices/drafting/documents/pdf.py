"""PDF to lines: looked into by a process of its own, then put together page by page into paragraphs and rows."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kepu.core import confined
from kepu.notices.drafting.documents import limits
from kepu.notices.drafting.documents.document import Contents, DocumentRefused
from kepu.notices.drafting.documents.joining import glued, goes_on, is_numbered, may_go_on
from kepu.notices.drafting.documents.paging import (
    is_page_number,
    may_be_page_number,
    running_heads,
    shape,
)  # fmt: skip
from kepu.notices.drafting.documents.pdf_layout import Line, Page, Piece, lines_of
from kepu.notices.drafting.documents.pdf_tables import Stroke
from kepu.notices.drafting.documents.refusing import broken, too_long, too_many_pages

_EDGE = (
    0.12  # page numbers and running heads stand this near the upper or lower edge, as a share of the height
)
_SCANNED = 0.5  # a page that pictures cover this much, with hardly a word, is a scan
_FEW = 30
_WORD = re.compile(r"[（(“《]?[!-~]+")


def read_pdf(content: bytes) -> Contents:
    """The lines of a PDF. Raises :class:`DocumentRefused` where it has no text, is locked, broken or too big."""
    pages = _looked_into(content)
    scanned = [number for number, page in enumerate(pages, 1) if _is_scan(page)]
    written = sum(len(piece.words) for page in pages for piece in page.pieces)
    if len(scanned) == len(pages) or not written:
        raise DocumentRefused(
            _("这是扫描件，里面只有图片，没有文字。请上传原来的电子文件，或先做文字识别，再把文字粘贴进来。")
        )
    if _is_garbled(pages):
        raise DocumentRefused(
            _(
                "文件里的字体没有附带编码，文字读出来是乱码。请上传原来的 Word 文件，或做文字识别后把文字粘贴进来。"
            )
        )
    remarks = []
    if scanned:
        listed = _("、").join(str(number) for number in scanned)
        remarks.append(
            _("第%(pages)s页是图片，没有文字可读。请看一看那里有没有要紧的内容。") % {"pages": listed}
        )
    if lost := sum(piece.words.count("\ufffd") for page in pages for piece in page.pieces):
        remarks.append(
            _("有%(n)s个字读不出来，写成了“%(sign)s”，请对照原文补上。") % {"n": lost, "sign": "\ufffd"}
        )
    return Contents(
        _paragraphs(_without_edges([(page, lines_of(page)) for page in pages])), len(pages), tuple(remarks)
    )


def _looked_into(content: bytes) -> list[Page]:
    script = Path(__file__).with_name("pdf_process.py")
    words = (limits.MAX_PAGES, limits.MAX_CHARACTERS)
    try:
        answer = confined.ask(script, content, *words, seconds=limits.PDF_SECONDS, memory=limits.PDF_MEMORY)
        said: dict[str, Any] = json.loads(answer)
    except confined.Broken:
        said = {"refused": "broken"}
    except (confined.Slow, ValueError):
        said = {"refused": "slow"}
    if why := said.get("refused"):
        raise DocumentRefused(_refusal(why, said.get("pages", 0)))
    return [
        Page(
            width=page["width"],
            height=page["height"],
            pieces=tuple(Piece(*piece) for piece in page["pieces"]),
            strokes=tuple(Stroke(*line) for line in page["lines"]),
            covered=page["covered"],
        )
        for page in said["pages"]
    ]


def _refusal(why: str, pages: int) -> str:
    if why == "locked":
        return _("PDF 加了密码，打不开。请先去掉密码，再上传。")
    if why == "pages":
        return too_many_pages(pages)
    if why == "long":
        return too_long()
    if why == "slow":
        return _("这个 PDF 太复杂，一时读不出来。请另存为 DOCX，或复制文字粘贴。")
    return broken()


def _is_scan(page: Page) -> bool:
    return page.covered >= _SCANNED and sum(len(piece.words) for piece in page.pieces) < _FEW


def _is_garbled(pages: Sequence[Page]) -> bool:
    """Whether most characters are none: a font without a table of what its shapes mean."""
    text = "".join(piece.words for page in pages for piece in page.pieces)
    lost = sum(c < " " or c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    return lost > len(text) * 0.3


def _without_edges(pages: Sequence[tuple[Page, list[Line]]]) -> list[list[Line]]:
    """The lines of each page without page numbers and running heads; a head stays on the first page, it may be the issuer's."""
    heads = running_heads([[_at(line) for line in lines if _is_edge(page, line)] for page, lines in pages])

    def stays(page: Page, line: Line, *, first: bool) -> bool:
        if is_page_number(line.text):
            return False
        if not _is_edge(page, line):
            return True
        return not may_be_page_number(line.text) and (
            _at(line) not in heads or (first and line.middle > page.height / 2)
        )

    return [
        [line for line in lines if stays(page, line, first=number == 0)]
        for number, (page, lines) in enumerate(pages)
    ]


def _is_edge(page: Page, line: Line) -> bool:
    return not page.height * _EDGE < line.middle < page.height * (1 - _EDGE)


def _at(line: Line) -> tuple[int, str]:
    return round(line.middle / 6), shape(line.text)


def _paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Lines joined into paragraphs, across the ends of pages too."""
    lines = [line for page in pages for line in page]
    margins = _Margins(lines)
    whole: list[list[str]] = []
    before: Line | None = None
    for line in lines:
        if before is not None and margins.goes_on(before, line):
            whole[-1].append(line.text)
        else:
            whole.append([line.text])
        before = line
    return [glued(parts) for parts in whole]


class _Margins:
    """Where the lines of a document begin and end, and so which of them were broken only for want of room."""

    def __init__(self, lines: Sequence[Line]) -> None:
        written = [line for line in lines if not line.is_row]
        ends = Counter(round(line.right / 3) for line in written if len(line.text) >= 15)
        self._right = 3 * max(ends, key=lambda end: (ends[end], end)) if ends else math.inf
        self._left = min((line.left for line in written if self._is_full(line)), default=0.0)
        self._sets_in = sum(map(self._is_set_in, written)) * 8 > len(written)

    def _is_full(self, line: Line, following: Line | None = None) -> bool:
        """Whether there was no room for more: not for a character, not for the word that the next line begins with."""
        word = _WORD.match(following.text) if following else None
        room = max(1.7, len(word[0]) * 0.6 if word else 0.0)
        return line.right >= self._right - room * line.size

    def _is_set_in(self, line: Line) -> bool:
        return line.left > self._left + 1.2 * line.size

    def goes_on(self, before: Line, line: Line) -> bool:
        """Whether ``line`` is the rest of the paragraph that ``before`` belongs to."""
        if before.is_row or line.is_row or is_numbered(line.text):
            return False
        if goes_on(before.text, line.text):
            return True
        if (
            self._is_set_in(line)
            or not self._is_full(before, line)
            or abs(before.size - line.size) > 0.4 * line.size
        ):
            return False
        return self._sets_in or may_go_on(before.text, line.text)
