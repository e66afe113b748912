"""Numbers that are names: “百会”“千村” are nominal; 一县一品一直播 asks for one of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.core.numerals import whole_number
from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.values.codes import code_for

_NOMINAL = re.compile(
    r"“(?P<word>(?P<n>[一二三四五六七八九]?[百千万])(?![一二三四五六七八九十百千万双])[\u4e00-\u9fff]{1,2}?)”(?P<rest>[\u4e00-\u9fff]{0,8}(?:行动|活动|工程|计划|大行动))"
)
_SLOGAN = re.compile(
    r"一(?P<place>省|市|县（市、区）|县|区|镇|乡|村|校|企|社区)(?P<things>(?:一(?:[\u4e00-\u9fff]{1,3}?)(?=一|”|行动|活动|线上|，|。|模式|$)){1,4})"
)
_THINGS = {
    "品": ("products", "科普产品"),
    "直播": ("broadcasts", "直播"),
    "主场": ("main_venues", "主场活动"),
    "活动": ("activities", "活动"),
    "演练": ("drills", "演练"),
    "讲座": ("lectures", "讲座"),
}
_LEVEL = {
    "省": "province",
    "市": "city",
    "县": "county",
    "县（市、区）": "county",
    "区": "county",
    "镇": "town",
    "乡": "town",
    "村": "village",
    "社区": "village",
}
_CODES = {
    "百会": "hundred_societies", "百校": "hundred_schools", "百企": "hundred_enterprises", "百农": "hundred_farms", "百地": "hundred_bases", "百馆": "hundred_venues",
    "千村": "thousand_villages", "千社": "thousand_communities", "千校": "thousand_schools", "万家": "ten_thousand_homes", "百县": "hundred_counties",
}  # fmt: skip
ORDER = 56


def recognise(context: Context) -> Iterator[Proposal]:
    seen: set[str] = set()
    for sentence in context.body():
        title = sentence.block.title
        if (
            title
            and sentence.start == sentence.block.start
            and (m := _NOMINAL.search(title))
            and m["word"] not in seen
        ):
            number = whole_number(m["n"].replace("万", "")) if m["n"] != "万" else 10000
            if number:
                seen.add(m["word"])
                code = _CODES.get(m["word"]) or code_for(m["word"])
                params: dict[str, Any] = {
                    "of": "activities",
                    "code": code,
                    "title": title,
                    "per": "total",
                    "nominal": number,
                }
                yield context.propose("quota_named", "quota", params, sentence, 0.85)
        for slogan in _SLOGAN.finditer(sentence.text):
            yield from _slogan(context, sentence, slogan)


def _slogan(context: Context, sentence: Any, slogan: re.Match[str]) -> Iterator[Proposal]:
    level = _LEVEL.get(slogan["place"])
    for word in filter(None, slogan["things"].split("一")):
        thing = _THINGS.get(word)
        if thing is None:
            continue
        per: dict[str, Any] = {"per": "place", "place_level": level} if level else {"per": "unit"}
        params = {"of": thing[0], "title": f"“{slogan[0]}”的{thing[1]}", **per, "min": 1}
        yield context.propose("quota_named", "quota", params, sentence, 0.6)
