"""How long or how big an activity is to be: 每场时长不少于2小时, 活动面积不小于200平方米."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.measures import measured
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited
from kepu.notices.drafting.values.codes import code_for

_OF_A_FILE = re.compile(
    r"视频|短片|影片|音频|作品|微电影|动画|片长|录像|讲解稿|文件|宣传片|发言|答辩|讲解|表演|演讲|汇报|陈述|展演|答题|作品"
)
_CLAUSE = re.compile("[。；]")


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        if "\t" in sentence.text or any(_OF_A_FILE.search(t) for t in sentence.titles[-1:]):
            continue
        for limit in context.limits(sentence):
            if limit.is_limit and (what := measured(sentence.text, limit)):
                yield from _gate(context, sentence, limit, what)


def _gate(context: Context, sentence: Sentence, limit: Limited, what: str) -> Iterator[Proposal]:
    clause = _CLAUSE.split(sentence.text[: limit.start])[-1]
    if _OF_A_FILE.search(clause):
        return
    params: dict[str, Any] = {
        "fact": code_for(what, prefix="measure"),
        "label": what,
        **limit.bounds(),
        "unit": limit.unit,
    }
    soft = "原则上" in clause or "一般" in clause
    yield context.propose(
        "gate_measure", "gate", params, sentence, 0.7, strictness="in_principle" if soft else ""
    )
