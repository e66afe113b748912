"""The numbers and headings of a text: every paragraph knows that it stands in 六（二）1, and under which headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kepu.notices.drafting.text.attachments import Attachments
from kepu.notices.drafting.text.marks import NUMERAL, mark_of
from kepu.notices.drafting.text.paragraphs import Paragraph

_INLINE = re.compile(
    rf"(?<=[。；：！？])(?=（[{NUMERAL}]{{1,3}}）|[{NUMERAL}]{{1,3}}、|\d{{1,2}}(?:、|\.)(?!\d)[^\s]|（\d{{1,2}}）|[①-⑳])"
)
_STOP = re.compile("[。；！？]")
_TAIL = re.compile(
    r"[^，。；]{0,20}联系(?:人|方式|电话|地址)(?:[及和、/][\u4e00-\u9fff]{1,6})?(?:[：:（ ]|$)|(?:咨询|监督|联系)?电话：|(?:电子)?邮箱：|主送[：:]|抄[送报][：:]|(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|\.\d{1,2}\.\d{1,2})$|（此件|（此页"
)
_DAY = re.compile(
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|\.\d{1,2}\.\d{1,2})|[二一][〇零九].{2}年.{1,3}月.{1,3}日"
)
_SIGNS = re.compile(r"[\u4e00-\u9fff（）、 ]{3,60}(?<!科)(?<!老师)(?<!同志)")
_NAME = re.compile(
    r"[^，。；：！？、\t]{2,30}(?:协会|委员会|办公室|[^以全]局|厅|部|总工会|联合会|学会|研究会|中心|政府|团委|市委|省委|县委|妇联|科协)"
)
_NAMES_ONE = re.compile("(?!开展|举办|组织|参加|做好|要|推进)[^，：]{2,20}(?:行动|活动|工程|计划)")
_ASIDE = re.compile(
    r"(?P<title>[^，。；：（]{2,30})（(?:牵头|责任|承办|主办|协办|完成|时间|地点|负责)[^（）]{0,80}(?:（[^（）]{0,20}）[^（）]{0,60})?）。?$"
)
TAIL = "落款"
LONGEST_HEADING = 45


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in its place. ``start`` counts in the normal text; ``body`` is where it goes on after mark and heading."""

    text: str
    start: int
    number: str
    titles: tuple[str, ...]  # headings from the outermost to this one's own
    level: int = 0  # of its own mark; 0 has none
    attachment: str = ""  # "附件1"; "" for the text itself
    body: int = 0  # offset in text after the mark and a heading that stands alone
    title: str = ""  # its own heading, "" when it has none
    is_list: bool = False  # it names attachments

    @property
    def is_heading(self) -> bool:
        return bool(self.title) and self.body >= len(self.text)


@dataclass(slots=True)
class _Open:
    level: int
    number: str
    title: str


def pieces_of(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs with numbered points that a PDF has run together cut apart again."""
    for paragraph in paragraphs:
        if paragraph.text.startswith("附件"):
            yield paragraph
            continue
        cuts = [0, *(m.start() for m in _INLINE.finditer(paragraph.text) if m.start()), len(paragraph.text)]
        for a, b in pairwise(cuts):
            if b > a:
                yield Paragraph(
                    paragraph.text[a:b], paragraph.origins[a:b], paragraph.marked if a == 0 else 0
                )


def blocks_of(pieces: list[Paragraph], attached: Attachments) -> list[Block]:
    """Every paragraph with its number and its headings."""
    blocks: list[Block] = []
    open_ones: list[_Open] = []
    attachment, start = "", 0
    many = (
        len({number for number, _title in attached.heads.values()} | {n.number for n in attached.named}) > 1
    )
    for i, piece in enumerate(pieces):
        text = piece.text
        if i in attached.heads:
            number, title = attached.heads[i]
            attachment, open_ones = f"附件{number}" if many else "附件", [_Open(0, "", title)]
            blocks.append(Block(text, start, attachment, (title,), 0, attachment, len(text), title or text))
        elif i in attached.listed:
            blocks.append(Block(text, start, "", (), 0, attachment, 0, "", is_list=True))
        else:
            blocks.append(_block(text, start, attachment, open_ones, piece.marked))
        start += len(text) + 1
    return _with_tail(blocks)


def _with_tail(blocks: list[Block]) -> list[Block]:
    """What follows the last numbered point and is none of it: contacts, attachments, signatures, copies."""
    body = [i for i, b in enumerate(blocks) if not b.attachment]
    last = max((i for i in body if blocks[i].level), default=-1)
    if last < 0:
        last = next((i for i in body if len(blocks[i].text) >= 40), len(blocks))
    if last >= len(blocks):
        return blocks
    tail = (
        _signed(blocks, body, last)
        if any("联系" in t for t in blocks[last].titles)
        else next(
            (
                i
                for i in body
                if i > last and (blocks[i].is_list or _TAIL.match(blocks[i].text) or _is_name(blocks[i].text))
            ),
            None,
        )
    )
    if tail is None:
        return blocks
    return [
        replace(b, number=TAIL, titles=(b.title,) if b.title else ())
        if i >= tail and not b.attachment and not b.level
        else b
        for i, b in enumerate(blocks)
    ]


def _signed(blocks: list[Block], body: list[int], last: int) -> int | None:
    """Behind a section of contacts, which is made of names itself: the day at the very end, and the names right above it."""
    after = [i for i in body if i > last and not blocks[i].is_list]
    day = next((i for i in reversed(after) if _DAY.fullmatch(blocks[i].text)), None)
    if day is None:
        return None
    first = day
    for i in reversed([i for i in after if i < day]):
        if first - i > 3 or not _SIGNS.fullmatch(blocks[i].text):
            break
        first = i
    return first


def _is_name(text: str) -> bool:
    return len(text) <= 40 and _NAME.fullmatch(text.split(" ")[-1]) is not None


def _block(text: str, start: int, attachment: str, open_ones: list[_Open], marked: int) -> Block:
    mark = mark_of(text)
    if mark is None:
        number = attachment + "".join(o.number for o in open_ones)
        titles = tuple(o.title for o in open_ones if o.title)
        if marked and len(text) <= LONGEST_HEADING and not _STOP.search(text):
            return Block(text, start, number, (*titles, text), 0, attachment, len(text), text)
        return Block(text, start, number, titles, 0, attachment)
    level, said, length = mark
    while open_ones and open_ones[-1].level >= level:
        open_ones.pop()
    title, body = _heading(text, length)
    if attachment and level == 3 and not any(o.number for o in open_ones):
        said = ""  # 附件1 and its point 1 must not read 附件11
    open_ones.append(_Open(level, said, title))
    number = attachment + "".join(o.number for o in open_ones)
    return Block(
        text, start, number, tuple(o.title for o in open_ones if o.title), level, attachment, body, title
    )


def _heading(text: str, mark: int) -> tuple[str, int]:
    """The heading after a mark, and where the text goes on: alone on its line, before a full stop, or before a colon."""
    rest = text[mark:]
    gap = re.match(r"[\u4e00-\u9fff]{2,12} (?=\S)|[\u4e00-\u9fff]{0,4}(?:时间|日期)(?=\d)", rest)
    if gap:
        return rest[: gap.end()].strip(), mark + gap.end()
    aside = _ASIDE.match(rest)
    if aside:
        return aside["title"], mark + aside.end("title")
    stop = _STOP.search(rest)
    if stop is None:
        colon = rest.find("：")
        if 0 < colon <= 20 and colon < len(rest) - 1:
            return rest[:colon].strip(), mark + colon + 1
        if len(rest) <= LONGEST_HEADING and "，" not in rest[:-1] and not re.search(r"^请|\d[月日]前", rest):
            return rest.rstrip("： ").strip(), len(text)
        if len(rest) <= 24:
            return rest.rstrip("： ").strip(), len(text)
        return "", 0
    first = rest[: stop.start()]
    colon = first.find("：")
    if 0 < colon <= 20:
        return first[:colon].strip(), mark + colon + 1
    if (
        stop[0] == "。"
        and len(first) <= 26
        and (len(rest) > stop.end() or _NAMES_ONE.fullmatch(first))
        and not re.search(r"\d[月日次场项件期名个]|[请须应]", first)
    ):
        return first.strip(), mark + stop.end()
    return "", 0
