"""How many each unit, place or person is to bring: 各市不少于60项，各成员单位不少于2项; 每校限报5件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.counted import what_is_counted
from kepu.notices.drafting.counts.measures import is_measure
from kepu.notices.drafting.counts.numbers import STRUNG, asks_exactly, clause_of, numbers_of
from kepu.notices.drafting.counts.objects import UNITS, counted
from kepu.notices.drafting.counts.shares import is_beside_summary, is_of_one_activity
from kepu.notices.drafting.counts.whom import asked_of, told
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bodies import Body, spoken
from kepu.notices.drafting.values.bounds import Limited
from kepu.notices.drafting.values.codes import code_for
from kepu.notices.drafting.values.vocabulary import BODIES

_OTHER = re.compile(
    r"字数|字以内|像素|时长|分辨率|大小|容量|页|年龄|周岁|比例|占比|尺寸|公里|平方|每(?:张|幅|件|个视频|部|篇)[^，。；]{0,6}(?:不|大|小)|不少于\d+(?:字|分钟|秒)|"
    r"奖项|一等奖|二等奖|三等奖|优秀奖|奖金|获奖|评出|评选出|(?<!开)设[立置]?(?=[一二三特优金银组\d])|每(?:件|幅|个|部)作品|每组作品|"
    r"(?:作者|主创人员|指导(?:教师|老师)|成员)(?:人数)?(?:不超过|不多于|不得超过|限\d人)|副本|一式"
)
_CAP = re.compile(r"限|最多|至多|不得超过|不超过|名额|超(?:额|报|出)")
_STRIVE = re.compile(r"争取|力争|鼓励|倡导|提倡|有条件的|最好|尽可能")
_RECORDED = frozenset({"news_items", "materials"})
_QUOTED = re.compile(r"“[^“”]{0,3}$")
ORDER = 55


def recognise(context: Context) -> Iterator[Proposal]:
    carried: tuple[int, list[Body]] = (-1, [])
    for sentence in context.body():
        if "\t" in sentence.text or sentence.block.is_heading:
            continue
        yield from _quotas(context, sentence, carried[1] if carried[0] == sentence.block_index else [])
        if groups := context.groups(sentence):
            carried = (sentence.block_index, [b for b in groups[-1] if b.audience])


def _quotas(context: Context, sentence: Sentence, carried: list[Body]) -> Iterator[Proposal]:
    text, last, last_end, before_it = sentence.text, None, 0, None
    label = sentence.label + (sentence.titles[-1] if sentence.titles else "")
    for limit in numbers_of(context.limits(sentence), text):
        clause, before = clause_of(text, limit)
        if (
            limit.unit not in UNITS
            or is_measure(text, limit)
            or (limit.unit in ("人", "名") and text.startswith("的", limit.end))
            or _is_another_matter(context, sentence, limit, clause)
        ):
            continue
        group = told(context, sentence, limit)
        strung = last is not None and STRUNG.fullmatch(text[last_end : limit.start]) is not None
        if not limit.is_limit and not strung and not asks_exactly(before, group, limit, label):
            continue
        asked = asked_of(text, limit, group, carried, allotted="名额" in label)
        if (
            asked is None
            and limit.is_limit
            and text[limit.end : limit.end + 1] != "的"
            and "；" not in text[last_end : limit.start]
        ):
            asked = before_it  # 开放不少于3天，接待不少于200人次
        what = what_is_counted(context, sentence, limit, last, last_end)
        if asked is None or what is None or asked[0]["per"] == "activity":
            continue  # of one activity: a gate
        last, last_end, before_it = what, limit.end, asked
        if "名额" in label and limit.exact is not None:
            limit = Limited(limit.start, limit.end, limit.unit, max=limit.exact)
        yield _proposal(context, sentence, limit, asked, what, group or carried, clause + label)


def _is_another_matter(context: Context, sentence: Sentence, limit: Limited, clause: str) -> bool:
    """Whether a number is a date, a size, a prize, a name in quotation marks, or asked of every activity."""
    if _OTHER.search(clause) and not re.search("名额|推荐", clause):
        return True
    if any(d.start <= limit.start < d.end for d in context.dates(sentence)) or _QUOTED.search(
        sentence.text[: limit.start]
    ):
        return True
    if not is_of_one_activity(sentence, limit):
        return limit.unit in ("张", "幅") and is_beside_summary(sentence, limit)
    what = counted(clause)
    return (what is not None and what[0] in _RECORDED) or limit.unit in ("张", "篇", "幅", "段")


def _proposal(
    context: Context, sentence: Sentence, limit: Limited, asked: tuple[dict[str, Any], dict[str, Any]],
    what: tuple[str, str], group: list[Body], words: str,
) -> Proposal:  # fmt: skip
    per, audience = asked
    strives = _STRIVE.search(re.split("[，。；]", sentence.text[: limit.start])[-1] + words) is not None
    params: dict[str, Any] = {
        "of": what[0],
        "title": what[1],
        **per,
        **_ends(limit, strives=strives),
        "unit": limit.unit,
    }
    params |= _hosted(sentence.text[limit.end : limit.end + 40])
    if "max" in params and what[0] in ("nominations", "entries") and _CAP.search(words):
        params["cap"] = True
    soft = "in_principle" if "原则上" in sentence.text[: limit.start] else ""
    return context.propose(
        "quota", "quota", params, sentence, 0.9 if limit.is_limit else 0.7, who=spoken(group), audience=audience,
        strictness="strive" if strives else soft,
    )  # fmt: skip


def _ends(limit: Limited, *, strives: bool) -> dict[str, float]:
    """Both ends with their number: 超过5个 is at least 6, 不足5个 at most 4, just 5 is both."""
    if limit.exact is not None and strives:
        return {"min": int(limit.exact)}
    if limit.exact is not None:
        return {"min": int(limit.exact), "max": int(limit.exact)}
    if limit.over is not None:
        return {"min": int(limit.over) + 1}
    if limit.under is not None:
        return {"max": max(0, int(limit.under) - 1)}
    return limit.bounds()


def _hosted(after: str) -> dict[str, Any]:
    """至少一场成员单位（科协除外）主办的活动: by whom what counts is held, and who does not count."""
    m = re.match(
        r"(?:由)?(?P<who>[\u4e00-\u9fff]{2,10}?)(?:（(?P<not>[^（）]{2,12})除外）)?(?:主办|牵头|承办|举办)的[^，。；）]{0,10}活动",
        after,
    )
    if m is None:
        return {}
    said: dict[str, Any] = {
        "title": f"{m['who']}主办的活动",
        "code": "member_units" if m["who"] == "成员单位" else code_for(m["who"]),
    }
    excluded = BODIES.get(m["not"] or "", {}).get("kinds", [])
    return said | ({"host_excludes": excluded} if excluded else {})
