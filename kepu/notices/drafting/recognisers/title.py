"""The title: the line or lines near the top that end in 通知, with the issuer where it stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found
from kepu.notices.drafting.text.outline import Block
from kepu.notices.drafting.values.names import is_name

ORDER = 1
_END = re.compile(r"(?:通知|公告|通告|启事|函|方案|通报|意见|倡议书|办法|安排|计划)(?:（[^（）]{2,12}）)?$")
_OTHER = re.compile(r"文件$|[〔\[【（]\s?(?:19|20)\d\d\s?[〕\]】）]|[。；]|^签发|：$")
_NAV = re.compile(
    r"(?:通知|公告|公示|通告|通知公告|公告通知|公示公告|通知通告|工作通知|首页.{0,30}|(?:您?的?当前|现在)?位置.{0,30})"
)
_SEVERAL = re.compile(r".{2,20}等\d{1,2}[个家]?(?:部门|单位)")
_OPENS = re.compile("(?:[\u4e00-\u9fff]{2,20})?(?:关于|转发)")
SEARCHED, LINES, LONGEST = 20, 5, 120


def recognise(context: Context) -> Iterator[Found]:
    blocks = [b for b in context.reading.blocks[:SEARCHED] if not b.attachment]
    for start in range(len(blocks)):
        title = ""
        for block in blocks[start : start + LINES]:
            if _OTHER.search(block.text) or block.level or (not title and _NAV.fullmatch(block.text)):
                break
            title += block.text
            if len(title) > LONGEST:
                break
            if _END.search(title) and len(title) >= 6:
                yield from _second(context, blocks, blocks.index(block)) or _found(
                    context, start, blocks.index(block), title
                )
                return
    for i, block in enumerate(blocks[:6]):
        if block.level or block.text.endswith("："):
            return
        if (
            6 <= len(block.text) <= 60
            and not _OTHER.search(block.text)
            and not block.level
            and "，" not in block.text
        ):
            yield from _found(context, i, i, block.text, confidence=0.4)
            return


def _second(context: Context, blocks: list[Block], last: int) -> list[Found]:
    """The title of the notice itself where a web page has put one of its own above it."""
    title = ""
    for block in blocks[last + 1 : last + 1 + LINES]:
        if _OTHER.search(block.text) or block.level or not (title or _OPENS.match(block.text)):
            return []
        title += block.text
        if _END.search(title):
            return list(_found(context, last + 1, blocks.index(block), title))
    return []


def _found(context: Context, first: int, last: int, title: str, confidence: float = 0.95) -> Iterator[Found]:
    blocks = context.reading.blocks
    if title.startswith(("关于", "举办", "印发")) and first and _is_above(context, first):
        first -= 1
        title = blocks[first].text + title
    elif (
        "关于" in title
        and not title.startswith("关于")
        and blocks[first].text == title[: title.index("关于")] == ""
    ):
        first += 1
    lines = blocks[first : last + 1]
    if len(lines) > 1 and "关于" in lines[1].text and lines[1].text.startswith(lines[0].text):
        title, lines = (
            title[len(lines[0].text) :],
            lines[1:],
        )  # the issuer stands above and again in the title
    spans = tuple(context.reading.span(b.start, b.start + len(b.text)) for b in lines)
    title = re.sub(r"（[^（）]{0,6}(?:截止|截至|附件|含)[^（）]{0,14}）$", "", title)
    yield Found("title", title.replace(" ", ""), spans, confidence, "title")


def _is_above(context: Context, first: int) -> bool:
    above = context.reading.blocks[first - 1].text
    return is_name(above) or all(is_name(p) for p in above.split()) or _SEVERAL.fullmatch(above) is not None
