"""The day under the signature, and the day of printing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kepu.core.numerals import whole_number
from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Flag, Found

ORDER = 12
_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d|[二一][〇零九][〇零一二三四五六七八九]{2})年(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_DOTTED = re.compile(r"^(?P<y>(?:19|20)\d\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})$")


def recognise(context: Context) -> Iterator[Found]:
    said: dict[str, Found] = {}
    signed = False  # by a day under the text itself
    for block in context.reading.blocks:
        if block.attachment or len(block.text) > 60:
            continue
        for m in _DAY.finditer(block.text) if "年" in block.text else _DOTTED.finditer(block.text):
            alone = not block.text[m.end() :].strip("（）此件公开发布 ") and (
                m.start() == 0 or block.text[m.start() - 1] in " \t"
            )
            printed = block.text[m.end() :].startswith("印发")
            if not (alone or printed) or (alone and block.number != "落款" and "：" in block.text):
                continue
            key = "printed" if printed else "issued"
            day = _date(m)
            span = context.reading.span(block.start + m.start(), block.start + m.end())
            if day is None:
                yield Found(
                    "note",
                    f"落款日期写作{m[0]}，没有这一天。",
                    (span,),
                    0.9,
                    "issued",
                    (Flag("impossible_date", f"没有{m[0]}这一天，请核对。", span),),
                )
            elif key == "printed" or key not in said or (block.number == "落款" and not signed):
                signed = signed or (key == "issued" and block.number == "落款")
                said[key] = Found(key, day, (span,), 0.95, "issued")
    yield from said.values()


def _date(m: re.Match[str]) -> date | None:
    try:
        return date(*(whole_number(m[name]) or 0 for name in "ymd"))
    except ValueError:
        return None
