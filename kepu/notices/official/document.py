"""An official document as a value: blocks in the order in which they are read, knowing no file format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kepu.notices.official.measures import width


@dataclass(frozen=True, slots=True)
class RedHead:
    """发文机关标志 in red, the 发文字号 where there is one, and the red rule below."""

    lines: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Title:
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipients:
    """主送机关, with the colon."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number. ``level`` is how it looks (1 for 一、 to 4 for （1）), ``depth`` where it stands among headings."""

    level: int
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """附件说明: the titles with their numbers; a single one has none (7.3.4)."""

    INTRO: ClassVar = "附件："
    items: tuple[tuple[str, str], ...]  # ("1. ", "活动计划表")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the date; several in rows of up to three."""

    rows: tuple[tuple[str, ...], ...]
    date: str

    def from_right(self) -> tuple[tuple[float, ...], float]:
        """How many characters names on lines of their own, and the date, stand from the right, all on one axis.

        The date is four from the right (7.3.5.1); a name too long to be centred above it moves both.
        """
        names = [width(row[0]) for row in self.rows] if all(len(row) == 1 for row in self.rows) else []
        date = width(self.date or "2023年9月1日")
        axis = max(4 + date / 2, 1 + max(names, default=0) / 2)
        return tuple(axis - name / 2 for name in names), axis - date / 2


@dataclass(frozen=True, slots=True)
class SideNote:
    """附注, with its brackets."""

    text: str


@dataclass(frozen=True, slots=True)
class AttachmentPage:
    """Where an attachment begins, on a page of its own: “附件1” and its title."""

    label: str
    title: tuple[str, ...]
    wide: bool  # a form in it has too many columns for an upright page


@dataclass(frozen=True, slots=True)
class FormTable:
    """A form to be filled in: fields above, then columns over empty rows; ``upright`` has a row for each column instead."""

    UPRIGHT: ClassVar = ("栏目", "内容")
    caption: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int
    upright: bool
    wide: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page: 抄送, 印发机关 and 印发日期; what is not known is empty."""

    COPIES: ClassVar = "抄送："
    copies: str
    printer: str
    printed: str


Block = (
    RedHead | Title | Recipients | Heading | Paragraph | AttachmentList | Signature | SideNote | AttachmentPage
    | FormTable | Imprint
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """What a reader sees, from the red head to the imprint; ``title``, ``issuer`` and ``number`` also describe the file."""

    title: str
    issuer: str
    number: str
    issued: date | None
    blocks: tuple[Block, ...]

    def lines(self) -> Iterator[str]:
        """Every line of text, in reading order, without page numbers."""
        for block in self.blocks:
            yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case RedHead():
            yield from (*block.lines, *([block.number] if block.number else []))
        case Title():
            yield "".join(block.lines)
        case Recipients() | Heading() | Paragraph() | SideNote():
            yield block.text
        case AttachmentList():
            for position, (label, title) in enumerate(block.items):
                yield f"{'' if position else block.INTRO}{label}{title}"
        case Signature():
            for row in block.rows:
                yield from row
            if block.date:
                yield block.date
        case AttachmentPage():
            yield block.label
            yield "".join(block.title)
        case FormTable():
            yield from ([block.caption] if block.caption else [])
            yield from (
                *block.fields,
                *(block.UPRIGHT if block.upright else ()),
                *block.columns,
                *block.notes,
            )
        case Imprint():
            yield from ([f"{block.COPIES}{block.copies}"] if block.copies else [])
            yield f"{block.printer} {block.printed}".strip()
