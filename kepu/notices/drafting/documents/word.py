"""DOCX to lines: paragraphs and tables in their order, with the numbers that Word counts, as the last revision shows them.

Read from the XML itself: what python-docx gives leaves out text boxes, numbers and which words were deleted.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from django.utils.translation import gettext as _
from lxml import etree

from kepu.notices.drafting.documents import archive, limits
from kepu.notices.drafting.documents.document import Contents, DocumentRefused
from kepu.notices.drafting.documents.numbering import Numbering
from kepu.notices.drafting.documents.refusing import broken, too_big, too_long, too_many_pages

_GONE = frozenset({"del", "moveFrom"})
_AROUND = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "hyperlink", "fldSimple"}
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def read_word(content: bytes) -> Contents:
    """The lines of a DOCX. Raises :class:`DocumentRefused` where it is broken, too big or without words."""
    opened = archive.opened(content)
    part = _main_part(opened)
    root = archive.xml(opened, part)
    if root is None or (body := root.find("{*}body")) is None:
        raise DocumentRefused(broken())
    if sum(1 for _element in root.iter()) > limits.MAX_ELEMENTS:
        raise DocumentRefused(too_big())
    pages = _pages(opened, root)
    if pages > limits.MAX_PAGES:
        raise DocumentRefused(too_many_pages(pages))
    folder = dirname(part)
    numbering = Numbering(
        archive.xml(opened, join(folder, "numbering.xml")), archive.xml(opened, join(folder, "styles.xml"))
    )
    lines = _Reader(numbering).lines(body)
    pictures = _count(root, "pic", "imagedata")
    if not any(line.strip() for line in lines):
        raise DocumentRefused(
            _("文档里只有图片，没有文字。请先做文字识别，或把文字打出来，再粘贴进来。")
            if pictures
            else _("文档里没有文字。请检查是否选错了文件。")
        )
    return Contents(lines, pages, tuple(_remarks(root, pictures)))


def _main_part(opened: zipfile.ZipFile) -> str:
    """Where the text is: by the archive's own table, else where it always is."""
    relations = archive.xml(opened, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return normpath(str(relation.get("Target", "")).lstrip("/"))
    return "word/document.xml"


def _pages(opened: zipfile.ZipFile, root: etree._Element) -> int:
    """How many pages there are: as the program that wrote it says, and no fewer than its page breaks make."""
    properties = archive.xml(opened, "docProps/app.xml")
    said = properties.findtext("{*}Pages") if properties is not None else None
    breaks = sum(1 for br in root.iter("{*}br") if _attribute(br, "type") == "page")
    turned = max(breaks, _count(root, "lastRenderedPageBreak"))
    return max(int(said) if said and re.fullmatch(r"\d{1,5}", said) else 1, turned + 1)


def _count(root: etree._Element, *names: str) -> int:
    return sum(1 for _element in root.iter(*(f"{{*}}{name}" for name in names)))


def _remarks(root: etree._Element, pictures: int) -> Iterator[str]:
    if _count(root, "del", "ins", "moveFrom"):
        yield _("文档里有修订痕迹：删去的文字没有读入，新增的文字读入了。")
    if pictures:
        yield _("文档里有%(n)s张图片，图片里的文字没有读入。") % {"n": pictures}
    if _count(root, "footnoteReference", "endnoteReference"):
        yield _("脚注和尾注没有读入。")
    if _count(root, "altChunk"):
        yield _("文档里插入了别的文件，那一部分没有读入。")


@dataclass(slots=True)
class _Pieces:
    """A paragraph being read: its own words, and the lines of the boxes that hang on it."""

    words: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class _Reader:
    """Goes through a body once, in its order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._characters = 0
        self._count = 0
        self._carried = ""  # what stands before a deleted paragraph mark belongs to the next paragraph

    def lines(self, body: etree._Element) -> list[str]:
        return list(self._blocks(body, 0))

    def _blocks(self, element: etree._Element, depth: int) -> Iterator[str]:
        _check_depth(depth)
        for child in element:
            name = _name(child)
            if name == "p":
                yield from self._counted(self._paragraph(child, depth + 1))
            elif name == "tbl":
                yield from self._table(child, depth + 1)
            elif name in _AROUND:
                yield from self._blocks(child, depth + 1)
            elif name == "AlternateContent":
                yield from self._blocks(_choice(child), depth + 1)

    def _counted(self, lines: list[str]) -> list[str]:
        self._count += len(lines)
        self._characters += sum(map(len, lines))
        if self._characters > limits.MAX_CHARACTERS or self._count > limits.MAX_LINES:
            raise DocumentRefused(too_long())
        return lines

    def _paragraph(self, paragraph: etree._Element, depth: int) -> list[str]:
        properties = paragraph.find("{*}pPr")
        pieces = _Pieces()
        self._inline(paragraph, pieces, depth)
        text = self._carried + "".join(pieces.words)
        self._carried = ""
        if properties is not None and properties.find("{*}rPr/{*}del") is not None:
            self._carried = text
            return pieces.boxes
        number = self._numbering.label(properties)
        if number and text.strip():
            text = (number if number[-1] in "、．.）)：:" else f"{number} ") + text.lstrip()
        return [*pieces.boxes, *map(_with_gaps, text.split("\n"))]

    def _inline(self, element: etree._Element, pieces: _Pieces, depth: int) -> None:
        _check_depth(depth)
        for child in element:
            name = _name(child)
            if name == "r":
                if not _is_hidden(child):
                    self._inline(child, pieces, depth + 1)
            elif name == "t":
                pieces.words.append((child.text or "").replace("\n", " ").replace("\t", " "))
            elif name in _SIGNS:
                pieces.words.append("" if _attribute(child, "type") == "page" else _SIGNS[name])
            elif name == "txbxContent":
                pieces.boxes += [line for line in self._blocks(child, depth + 1) if line.strip()]
            elif name == "AlternateContent":
                self._inline(_choice(child), pieces, depth + 1)
            elif name not in _GONE and name not in ("pPr", "rPr", "rt"):
                self._inline(child, pieces, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> Iterator[str]:
        """Each row as a line, its cells apart by tabs; a row that is one cell full of paragraphs only sets a frame."""
        for row in _rows(table, depth):
            cells = list(_cells(row, depth))
            if len(cells) == 1:
                yield from self._blocks(cells[0], depth + 1)
                continue
            texts = [""] * _skipped(row)
            for cell in cells:
                lines = list(self._blocks(cell, depth + 1))
                texts.append(" ".join(" ".join(lines).split()) if not _is_continued(cell) else "")
                texts += [""] * (_span(cell) - 1)
            if any(texts):
                yield "\t".join(texts)


def _with_gaps(line: str) -> str:
    """A line with its tabs as they are meant: the first sets it in, one is a gap, several make a row of a table."""
    line = line.strip("\t")
    return line if line.count("\t") > 1 else line.replace("\t", "  ")


def _rows(table: etree._Element, depth: int) -> Iterator[etree._Element]:
    _check_depth(depth)
    for child in table:
        if _name(child) == "tr" and child.find("{*}trPr/{*}del") is None:
            yield child
        elif _name(child) in _AROUND:
            yield from _rows(child, depth + 1)


def _cells(row: etree._Element, depth: int) -> Iterator[etree._Element]:
    _check_depth(depth)
    for child in row:
        if _name(child) == "tc":
            yield child
        elif _name(child) in _AROUND:
            yield from _cells(child, depth + 1)


def _span(cell: etree._Element) -> int:
    found = cell.find("{*}tcPr/{*}gridSpan")
    return _small(found) if found is not None else 1


def _skipped(row: etree._Element) -> int:
    found = row.find("{*}trPr/{*}gridBefore")
    return _small(found) if found is not None else 0


def _small(element: etree._Element) -> int:
    text = _attribute(element, "val")
    return min(int(text), 60) if re.fullmatch(r"\d{1,4}", text) else 1


def _is_continued(cell: etree._Element) -> bool:
    """Whether it belongs to the cell above it."""
    found = cell.find("{*}tcPr/{*}vMerge")
    return found is not None and _attribute(found, "val") in ("", "continue")


def _is_hidden(run: etree._Element) -> bool:
    found = run.find("{*}rPr/{*}vanish")
    return found is not None and _attribute(found, "val") not in ("0", "false", "off")


def _choice(alternatives: etree._Element) -> etree._Element:
    """The first of several ways to draw one thing: all say the same."""
    for name in ("{*}Choice", "{*}Fallback"):
        if (found := alternatives.find(name)) is not None:
            return found
    return alternatives


def _check_depth(depth: int) -> None:
    if depth > limits.MAX_DEPTH:
        raise DocumentRefused(_("文档里的表格或文本框套得太深，读不了。请复制文字粘贴。"))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: etree._Element, name: str) -> str:
    return str(element.get(str(element.tag).rpartition("}")[0] + "}" + name) or element.get(name) or "")
