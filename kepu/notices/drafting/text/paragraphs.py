"""Lines to paragraphs: a page's end, its number and a narrow column do not cut a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kepu.notices.drafting.text.marks import mark_of, stands_alone
from kepu.notices.drafting.text.normal import Line

_PAGE = re.compile(r"[-—·\s]*(?:第\s?)?\d{1,4}(?:\s?页)?(?:\s?[/,，共]\s?\d{1,4}\s?页?)?[-—·\s]*")
_ENDS = frozenset("。！？；：…")
_GOES_ON = frozenset("，、（“《—-~/")
_CLOSES = frozenset("）”》")
_CONTINUES = frozenset("，、。；：）”》！？")
_TITLE = re.compile(
    r"(?!根据|按照|依据|为|现将)[^，。；：]{0,40}关于[^，。；：]{4,60}(?:通知|公告|启事|函|通报)"
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|zip|rar|pptx?)$", re.IGNORECASE)
NARROW = 60


@dataclass(slots=True)
class Paragraph:
    """One paragraph; ``origins`` has the place of each character in the document's text."""

    text: str
    origins: list[int]
    marked: int = 0
    parts: list[int] = field(default_factory=list)  # where its lines began


def paragraphs_of(lines: Iterable[Line]) -> list[Paragraph]:
    """Whole paragraphs, page numbers left out."""
    said = list(_without_pages(lines))
    column = _column(said)
    whole: list[Paragraph] = []
    previous: Line | None = None
    for line in said:
        if previous is not None and whole and _goes_on(previous, line, whole[-1], column):
            whole[-1].parts.append(len(whole[-1].text))
            whole[-1].text += line.text
            whole[-1].origins.extend(line.origins)
        else:
            whole.append(Paragraph(line.text, list(line.origins), line.marked, [0]))
        previous = line
    return whole


def _without_pages(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without page numbers; what stands after one stands after a gap."""
    turned = False
    for line in lines:
        if _PAGE.fullmatch(line.text):
            turned = True
        else:
            yield replace(line, after_gap=True) if turned else line
            turned = False


@dataclass(frozen=True, slots=True)
class _Column:
    """How a text breaks its lines: at which width, and whether paragraphs are set in. Width 0: it does not."""

    width: int = 0
    length: int = 0
    is_set_in: bool = False

    def is_full(self, line: Line) -> bool:
        inset = min(line.indent, 8) // 2
        return _width(line.text) + inset >= self.width - 5 or len(line.text) + inset >= self.length - 2


def _column(lines: list[Line]) -> _Column:
    plain = [line for line in lines if "\t" not in line.text]
    widths = sorted(_width(line.text) for line in plain)
    if len(widths) < 6:
        return _Column()
    wide = widths[int(len(widths) * 0.97)]
    full = sum(1 for w in widths if w >= wide - 5)
    if not 15 <= wide <= NARROW or full < len(widths) * 0.25:
        return _Column()
    inset = sum(1 for line in plain if 2 <= line.indent <= 8)
    length = sorted(len(line.text) for line in plain)[int(len(plain) * 0.97)]
    return _Column(wide, length, inset >= 5 and sum(1 for line in plain if line.indent == 0) >= 5)


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F or c in "“”—…" else 1 for c in text) // 2


def _goes_on(above: Line, below: Line, paragraph: Paragraph, column: _Column) -> bool:
    """Whether ``below`` goes on with the sentence that ``above`` leaves open."""
    if "\t" in above.text or "\t" in below.text or above.marked or below.marked:
        return False
    last = above.text[-1]
    if _FILE.search(above.text):
        return False
    if below.text[0] in _CONTINUES and last not in _ENDS:
        return True
    if last in _ENDS or stands_alone(below.text):
        return False
    if _TITLE.fullmatch(paragraph.text) and not re.match("要求|精神|部署|的", below.text):
        return False
    if (
        last in _GOES_ON
        or _is_open(paragraph.text)
        or (last.isdigit() and below.text[0].isdigit() and column.width)
    ):
        return True
    if stands_alone(above.text) and mark_of(above.text) is None:
        return False
    if column.width:
        if column.is_set_in and below.indent >= 2:
            return False
        return column.is_full(above) or re.search("[，。；]", above.text) is not None
    wide = _width(above.text)
    if not below.after_gap and wide >= 24 and len(paragraph.parts) > 1:
        return abs(wide - _width(paragraph.text[paragraph.parts[-2] : paragraph.parts[-1]])) <= 3
    if last in _CLOSES and below.after_gap:
        return False
    if mark_of(above.text) is not None and wide <= 40 and not re.search("[，。；：]", above.text):
        return False  # a heading
    if wide >= 40:
        return True
    return below.after_gap and wide >= 12 and re.search("[，。；]", above.text) is not None


def _is_open(text: str) -> bool:
    tail = text[-200:]
    return tail.count("（") > tail.count("）") or tail.count("“") > tail.count("”")
