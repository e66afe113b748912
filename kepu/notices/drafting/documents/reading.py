"""A file, or a pasted text, to a :class:`Document`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext as _

from kepu.notices.drafting.documents import limits
from kepu.notices.drafting.documents.document import Contents, Document, DocumentRefused, Format
from kepu.notices.drafting.documents.joining import joined
from kepu.notices.drafting.documents.markup import page_text, read_page
from kepu.notices.drafting.documents.paging import without_page_numbers
from kepu.notices.drafting.documents.pdf import read_pdf
from kepu.notices.drafting.documents.plain import decoded, seen, tidied
from kepu.notices.drafting.documents.refusing import empty, too_long
from kepu.notices.drafting.documents.sniffing import kind_of, remark_on_name
from kepu.notices.drafting.documents.word import read_word


def read_document(content: bytes, name: str, *, embedded: Callable[[bytes], str] | None = None) -> Document:
    """A file as a document. Raises :class:`DocumentRefused` with what is wrong and what to do instead.

    What the file is shows in its contents; where its name says otherwise there is a remark. ``embedded`` gives the
    notice file that a DOCX of our own carries, "" where there is none or its text was changed since.
    """
    if len(content) > limits.MAX_BYTES:
        raise DocumentRefused(
            _("文件超过%(limit)sMB，不像一份通知。请去掉里面的图片，或复制文字粘贴。")
            % {"limit": limits.MAX_BYTES // 1024**2}
        )
    name = PurePath(name.replace("\\", "/")).name
    kind = kind_of(content, name)
    found = _contents(content, kind)
    remarks = (remark_on_name(kind, name), *found.remarks)
    return Document(
        name=name,
        format=kind,
        text=_text(found.lines, wrapped=kind == "txt"),
        pages=found.pages,
        remarks=tuple(filter(None, remarks)),
        embedded=embedded(content) if embedded and kind == "docx" else "",
    )


def read_text(text: str, name: str = "") -> Document:
    """A pasted text as a document. Raises :class:`DocumentRefused` where there is none, or too much."""
    return Document(name, "txt", _text(_plain(text), wrapped=True))


def _contents(content: bytes, kind: Format) -> Contents:
    if kind == "docx":
        return read_word(content)
    if kind == "pdf":
        return read_pdf(content)
    text = page_text(content) if kind == "html" else decoded(content)
    if text is None:
        raise DocumentRefused(
            _("这不是可以读的文件。请上传 DOCX、带文字的 PDF、TXT 或 HTML，或把文字粘贴进来。")
        )
    return Contents(read_page(seen(text)) if kind == "html" else _plain(text))


def _plain(text: str) -> list[str]:
    if len(text) > 4 * limits.MAX_CHARACTERS:  # blanks and line ends may be many, but not that many
        raise DocumentRefused(too_long())
    return without_page_numbers(seen(text).split("\n"))


def _text(lines: list[str], *, wrapped: bool = False) -> str:
    """The text as a person sees it. Raises :class:`DocumentRefused` where there is none, or too much."""
    text = tidied(joined([seen(line) for line in lines], wrapped=wrapped))
    if not text.strip():
        raise DocumentRefused(empty())
    if len(text) > limits.MAX_CHARACTERS:
        raise DocumentRefused(too_long())
    return text
