"""What the record of an activity must have: 至少1篇媒体报道, 不少于3张照片, 不少于一分钟的视频 for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.shares import is_beside_summary, is_of_one_activity
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited

_FACTS = (
    (re.compile(r"报道|新闻|媒体|宣传稿|推文|通讯稿"), "media_links", ("篇", "条", "次", "个", "家", "则")),
    (re.compile(r"照片|图片"), "photos", ("张", "幅", "个", "份")),
    (re.compile(r"视频|录像"), "videos", ("个", "段", "条", "部", "份")),
)
_UNITS = frozenset(unit for _pattern, _fact, units in _FACTS for unit in units)


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        if "\t" in sentence.text:
            continue
        for limit in context.limits(sentence):
            if limit.is_limit and limit.unit in _UNITS:
                yield from _gate(context, sentence, limit)


def _gate(context: Context, sentence: Sentence, limit: Limited) -> Iterator[Proposal]:
    clause = (
        re.split("[，。；、]", sentence.text[: limit.start])[-1]
        + re.split("[，。；、）]", sentence.text[limit.start :])[0]
    )
    for pattern, fact, units in _FACTS:
        if limit.unit not in units or not pattern.search(clause):
            continue
        of_one = is_of_one_activity(sentence, limit)
        if not of_one and not is_beside_summary(sentence, limit):
            return
        params = {
            "fact": fact,
            "stages": ["completion" if of_one else "summary"],
            **limit.bounds(),
            "unit": limit.unit if limit.unit != "个" else "",
        }
        strictness = "in_principle" if "原则上" in sentence.text[: limit.start] else ""
        yield context.propose("gate_record", "gate", params, sentence, 0.85, strictness=strictness)
        return
