"""The issuer: by the title, the red head, the signatures, the line of printing, in this order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found, Span
from kepu.notices.drafting.values.names import is_name, names_in

ORDER = 4
_TITLE = re.compile(r"(?!转发|印发)(?P<who>[^关]{2,60}?)(?:等\d{1,2}[个家]?(?:部门|单位))?关于")
_RED_HEAD = re.compile(r"(?P<who>.{2,60}?)文件")
_PRINTED = re.compile(r"(?P<who>[\u4e00-\u9fff]{3,30}?) ?(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发")
_DAY = re.compile(
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|\.\d{1,2}\.\d{1,2})|[二一][〇零九].{2}年.{1,3}月.{1,3}日"
)
_SHORT = re.compile(r"[\u4e00-\u9fff（）“”]{3,24}(?<!通知)(?<!表)")
SEARCHED = 10


def recognise(context: Context) -> Iterator[Found]:
    for who, span, confidence in _candidates(context):
        yield Found("issuer", who, (span,) if span else (), confidence, "issuer")
        return


def _candidates(context: Context) -> Iterator[tuple[str, Span | None, float]]:
    title = context.found.get("title")
    joint = context.found.get("joint_issuers")
    if joint is not None and joint.value:
        yield joint.value[0], joint.spans[0], 0.9
    if title is not None and (named := _TITLE.match(title.value)) and (who := _first(named["who"])):
        yield who, title.spans[0], 0.95
    blocks = context.reading.blocks
    for block in blocks[:SEARCHED]:
        if (head := _RED_HEAD.fullmatch(block.text)) and (who := _first(head["who"])):
            yield who, context.reading.span(block.start, block.start + head.end("who")), 0.95
    for block in reversed([b for b in blocks if not b.attachment]):
        if block.number == "落款" and (names := names_in(block.text)):
            yield names[0], context.reading.span(block.start, block.start + len(block.text)), 0.85
        if printed := _PRINTED.fullmatch(block.text):
            yield printed["who"], context.reading.span(block.start, block.start + printed.end("who")), 0.85
    for above, block in pairwise(blocks):
        if (
            block.number == "落款"
            and not above.is_list
            and _DAY.fullmatch(block.text)
            and _SHORT.fullmatch(above.text)
        ):
            yield above.text, context.reading.span(above.start, above.start + len(above.text)), 0.7
    for block in blocks[:4]:
        if is_name(block.text):
            yield block.text, context.reading.span(block.start, block.start + len(block.text)), 0.7


def _first(names: str) -> str:
    """The first of several names, "" when there is none."""
    for name in re.split(r"[ \t、]+", names.strip()):
        for own in names_in(name):
            return own
    return ""
