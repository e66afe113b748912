"""What is to be covered: 争取每个村全覆盖; 覆盖率达到90%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.values.codes import code_for

_FULL = re.compile(r"(?P<what>[^，。；（）]{0,30}?)(?:的)?全(?:面)?覆盖")
_RATE = re.compile(
    r"(?P<what>[^，。；（）]{0,24}?)(?P<rate>覆盖(?:率|面)|(?<!分辨)(?:参与|知晓|开展|普及|受训|培训|参训|答题|合格|完成|注册|到课|使用|达标|就诊|参赛|满意|整改)率)(?:要|须|应)?(?:达到|达|不低于|不少于|保持在|为|在)?(?P<n>\d{1,3}(?:\.\d)?)%"
)
_OF = (
    (re.compile(r"社区"), "community", "社区"), (re.compile(r"村(?!镇)"), "village", "村"), (re.compile(r"乡镇|镇|街道"), "town", "乡镇（街道）"), (re.compile(r"学校|校园|校"), "school", "学校"),
    (re.compile(r"企业"), "enterprise", "企业"), (re.compile(r"县|(?<![社校园景])区"), "county", "县（市、区）"), (re.compile(r"市"), "city", "市"), (re.compile(r"职工|员工"), "employees", "职工"),
    (re.compile(r"班级|班"), "class", "班级"), (re.compile(r"居民|群众|公众"), "public", "公众"), (re.compile(r"学生"), "students", "学生"),
)  # fmt: skip
_LEAD = re.compile(r"^.*(?:力争|争取|确保|实现|做到|使|让|保证|[的、，])")
_STRIVE = re.compile(r"争取|力争|逐步|努力|推动|鼓励|实现")
ORDER = 57


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        if "覆盖" not in sentence.text and "率" not in sentence.text:
            continue
        for m in _RATE.finditer(sentence.text):
            percent = float(m["n"])
            if 0 < percent <= 100:
                of = _of(m["what"]) or (code_for(m["rate"]), "")
                title = f"{_LEAD.sub('', m['what'])[-14:]}{m['rate']}"
                params: dict[str, Any] = {
                    "of": of[0],
                    "title": title,
                    "percent": int(percent) if percent.is_integer() else percent,
                }
                yield context.propose(
                    "coverage",
                    "coverage",
                    params,
                    sentence,
                    0.75,
                    strictness="strive" if _STRIVE.search(m["what"]) else "",
                )
        for m in _FULL.finditer(sentence.text):
            named = _of(m["what"])
            if named and re.search("每|各|所有|全", m[0][:-3]) and not re.search("媒体|渠道|报道", m["what"]):
                strict = "strive" if re.search("争取|力争|努力|逐步|推动", sentence.text[: m.end()]) else ""
                yield context.propose(
                    "coverage",
                    "coverage",
                    {"of": named[0], "title": named[1]},
                    sentence,
                    0.8,
                    strictness=strict,
                )


def _of(words: str) -> tuple[str, str] | None:
    ends = [
        (m.end(), -i, (code, title))
        for i, (pattern, code, title) in enumerate(_OF)
        for m in pattern.finditer(words)
    ]
    if ends and max(ends)[0] >= len(words.rstrip("）")) - 1:
        return max(ends)[2]
    named = re.search(r"(?:每一?个|各个?|所有|全[省市县区国镇]的?)(?P<o>[\u4e00-\u9fff]{2,8})$", words)
    if named:
        return code_for(named["o"]), named["o"]
    return max(ends)[2] if ends else None
