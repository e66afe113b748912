"""Breaking a title over lines: whole words, lines of much the same length (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import math
import re

from kepu.notices.official.measures import width

_OPENING, _CLOSING = "（《“‘〈【〔(", "）》”’〉】〕)、，。；：！？,.;:!?"
# What stays in one piece: numbers with their unit, Latin words, what stands in book marks, and words of the genre.
_WHOLE = re.compile(
    r"\d+(?:年|月|日|号|届|个|家)?|[A-Za-z]+|等?\d+(?:部门|单位)|《[^》]{1,12}》|“[^”]{1,12}”|全国科普日|科普日|活动|通知|工作|方案|组织开展|举办|开展"
    r"|第[一二三四五六七八九十\d]+届?|(?:内蒙古|黑龙江|[\u4e00-\u9fff]{2})(?:省|自治区|市|县|镇)|做好|关于|印发|全国|科学技术协会|科学|技术|协会|委员会|办公室|领导小组|有关|事项|单位|部门|推荐|补充|筹备|的通知"
)
_GOOD_END = re.compile(r"(?:关于|举办|组织开展|开展|做好|印发|召开|公布|部门|协会|办公室|委员会|、|，|》)$")
_GOOD_START = re.compile(r"\d{4}年|关于|暨|的?[^的]{0,4}通知$")
_BAD_START = re.compile(r"[的和与及等了]")


def lines_of(text: str, fits: int) -> tuple[str, ...]:
    """The text in as few lines of ``fits`` characters as will do, broken where it hurts least."""
    if width(text) <= fits:
        return (text,)
    whole = {p for found in _WHOLE.finditer(text) for p in range(found.start() + 1, found.end())}
    count = math.ceil(width(text) / fits)
    ideal = width(text) / count
    ends: dict[int, tuple[float, int]] = {
        0: (0.0, 0)
    }  # where a line ends: (what it costs up to there, where it began)
    for end in range(1, len(text) + 1):
        best: tuple[float, int] | None = None
        for begin in range(end - 1, -1, -1):
            long = width(text[begin:end])
            if long > fits and end - begin > 1:
                break
            if begin in ends:
                cost = ends[begin][0] + (long - ideal) ** 2 + _hurt(text, end, whole)
                best = min(best or (cost, begin), (cost, begin))
        if best is not None:
            ends[end] = best
    lines: list[str] = []
    end = len(text)
    while end:
        begin = ends[end][1]
        lines.insert(0, text[begin:end])
        end = begin
    return tuple(line.strip() for line in lines if line.strip())


def _hurt(text: str, at: int, whole: set[int]) -> float:
    """What a break before character ``at`` costs."""
    if at in (0, len(text)):
        return 0.0
    if text[at] in _CLOSING or text[at - 1] in _OPENING:
        return 400.0
    cost = 60.0 * (at in whole) + 30.0 * bool(_BAD_START.match(text[at]))
    return cost - 12.0 * bool(_GOOD_END.search(text[:at])) - 8.0 * bool(_GOOD_START.match(text[at:]))
