"""The attachments that a text names, and whether their text is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.core.numerals import whole_number
from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Flag, Found, Span

ORDER = 11
_MENTIONED = re.compile(
    r"(?:《(?P<t1>[^《》]{2,50})》|(?P<t2>[^，。；：、（）《》“”将把填写按照据]{3,40}))（(?:样表|模板|格式)?(?:详?见)?附件(?P<n>\d{1,2}|[一二三四五六七八九十])?）"
)
_OWN = re.compile(r"(?:附件(?P<n>\d{1,2})?)?《(?P<t>[^《》]{2,50}(?:表|清单|样表|模板))》")


def recognise(context: Context) -> Iterator[Found]:
    attached = context.reading.attachments
    there = {number for number, _title in attached.heads.values()}
    found: list[dict[str, Any]] = []
    spans: list[Span] = []
    flags: list[Flag] = []
    for named in attached.named:
        block = context.reading.blocks[named.paragraph]
        span = context.reading.span(block.start + named.start, block.start + named.end)
        _add(found, named.number, named.title, named.number in there, span, flags)
        spans.append(span)
    for i, (number, title) in attached.heads.items():
        if title and number not in {f["number"] for f in found}:
            block = context.reading.blocks[i]
            found.append({"number": number, "title": title})
            spans.append(context.reading.span(block.start, block.start + len(block.text)))
    if not found:
        for sentence in context.sentences:
            for m in _MENTIONED.finditer(sentence.text):
                title = (m["t1"] or m["t2"]).strip()
                number = whole_number(m["n"] or "1") or 1
                if number not in {f["number"] for f in found}:
                    span = context.part(sentence, m.start(), m.end())
                    _add(found, number, title, number in there, span, flags)
                    spans.append(span)
    if found:
        yield Found(
            "attachments",
            sorted(found, key=lambda f: f["number"]),
            tuple(spans),
            0.95,
            "attachments",
            tuple(flags),
        )


def _add(
    found: list[dict[str, Any]], number: int, title: str, known: bool, span: Span, flags: list[Flag]
) -> None:
    if not title or number < 1:
        return
    one: dict[str, Any] = {"number": number, "title": title}
    if not known:
        one["known"] = False
        flags.append(Flag("attachment_absent", f"附件{number}《{title}》只有名称，正文不在文件里。", span))
    found.append(one)
