"""Where a text names its attachments (附件：1.…2.…), and where an attachment itself begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kepu.core.numerals import whole_number
from kepu.notices.drafting.text.paragraphs import Paragraph

_HEAD = re.compile(r"附\s?(?:件|表)\s?(\d{1,2}|[一二三四五六七八九十]{1,2})?\s?(?P<colon>[：:、.])?\s?")
_ENTRY = re.compile(r"(?<!\d)(\d{1,2})[.、](?:(?!\d)|(?=(?:19|20)\d\d(?!\d)))")
_DAY = re.compile(
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|\.\d{1,2}\.\d{1,2})|[二一][〇零九].{2}年.{1,3}月.{1,3}日"
)
_STOP = re.compile("[。；！？]")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Named:
    """An attachment as the list at the end of a text names it: where its title stands in a paragraph."""

    number: int
    title: str
    paragraph: int
    start: int
    end: int


@dataclass(slots=True)
class Attachments:
    """``heads`` has {paragraph: (number, title)} of attachments whose text is there; ``listed`` the paragraphs of the list."""

    named: list[Named] = field(default_factory=list)
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)


def attachments_of(paragraphs: list[Paragraph]) -> Attachments:
    """What is named and what is there."""
    found = Attachments()
    lines = [(i, m) for i, p in enumerate(paragraphs) if (m := _HEAD.match(p.text)) and _is_short(p.text, m)]
    last = {m[1] or "": i for i, m in lines}
    numbers: set[int] = set()
    for i, match in lines:
        if i in found.listed:
            continue
        rest = paragraphs[i].text[match.end() :]
        number = whole_number(match[1] or "1") or 1
        again = last[match[1] or ""] > i
        in_body = not found.heads
        if (
            match["colon"]
            and not rest
            and not match[1]
            and in_body
            and not numbers
            and _is_list(paragraphs, i)
        ):
            _read_below(paragraphs, i, found)
            numbers |= {n.number for n in found.named}
        elif match["colon"] and rest and not match[1] and in_body and not numbers:
            _read_list(paragraphs, i, match.end(), found)
            numbers |= {n.number for n in found.named}
        elif rest and match[1] and in_body and number not in numbers and (again or match["colon"]):
            found.named.append(Named(number, _clean(rest), i, match.end(), len(paragraphs[i].text)))
            found.listed.add(i)
            numbers.add(number)
        elif not (rest and match["colon"] and not match[1] and number in numbers and in_body and again):
            found.heads[i] = (number, _clean(rest) or _title_below(paragraphs, i))
    return found


def _is_short(text: str, match: re.Match[str]) -> bool:
    rest = text[match.end() :]
    if match["colon"] and not match[1] and _ENTRY.match(rest):
        return len(text) <= 2000
    tail = rest[:1]
    if not match["colon"] and tail and (tail in "的中所内里，）" or not (match[1] or tail in "《（ \t")):
        return False
    return len(text) <= LONGEST and not _STOP.search(text)


def _read_list(paragraphs: list[Paragraph], i: int, start: int, found: Attachments) -> None:
    """The list that begins in paragraph ``i``: numbered in one line, or a line for each."""
    text = paragraphs[i].text
    found.listed.add(i)
    if not _ENTRY.match(text, start):
        found.named.append(Named(1, _clean(text[start:]), i, start, len(text)))
        return
    expected = _entries(text, start, 1, i, found)
    for j in range(i + 1, min(i + 40, len(paragraphs))):
        follower = paragraphs[j].text
        entry = _ENTRY.match(follower)
        if not entry or int(entry[1]) != expected or len(follower) > LONGEST or _STOP.search(follower):
            return
        expected = _entries(follower, 0, expected, j, found)
        found.listed.add(j)


def _is_list(paragraphs: list[Paragraph], i: int) -> bool:
    """Whether names stand below 附件： and not an attachment itself: short lines, and the day of the notice behind them."""
    for j, below in enumerate(paragraphs[i + 1 : i + 24]):
        if j and _DAY.fullmatch(below.text):
            return True
        if len(below.text) > LONGEST or _STOP.search(below.text) or "\t" in below.text:
            return False
    return False


def _read_below(paragraphs: list[Paragraph], i: int, found: Attachments) -> None:
    """The list whose names begin on the line below 附件：."""
    found.listed.add(i)
    text = paragraphs[i + 1].text
    if _ENTRY.match(text):
        _read_list(paragraphs, i + 1, 0, found)
    else:
        found.named.append(Named(1, _clean(text), i + 1, 0, len(text)))
        found.listed.add(i + 1)


def _entries(text: str, start: int, expected: int, i: int, found: Attachments) -> int:
    marks: list[re.Match[str]] = []
    for entry in _ENTRY.finditer(text, start):
        if int(entry[1]) == expected + len(marks):
            marks.append(entry)
    for k, entry in enumerate(marks):
        end = marks[k + 1].start() if k + 1 < len(marks) else len(text)
        found.named.append(Named(int(entry[1]), _clean(text[entry.end() : end]), i, entry.end(), end))
    return expected + len(marks)


def _title_below(paragraphs: list[Paragraph], i: int) -> str:
    """The title of an attachment that stands on the line below its number."""
    below = paragraphs[i + 1].text if i + 1 < len(paragraphs) else ""
    return below if below and len(below) <= LONGEST and "\t" not in below and not _STOP.search(below) else ""


def _clean(title: str) -> str:
    return title.strip(" \t：:、.;；,，").removeprefix("《").removesuffix("》").strip()
