"""What else each activity is to have so many of: 每场集市设展位不少于10个; 分会场面积不小于200平方米，展项不少于10件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.measures import is_measure
from kepu.notices.drafting.counts.numbers import clause_of
from kepu.notices.drafting.counts.objects import UNITS, in_words
from kepu.notices.drafting.counts.whom import told
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited
from kepu.notices.drafting.values.codes import code_for

_OF_ONE = re.compile(r"每[场次期](?![^，。；]{0,6}不同)|单场|每[个项]活动|每个(?:分会场|展区|站点|集市)")
_OTHER = re.compile(
    r"指导教师|全年|年内|每[年月周季]|期间|人[数次]|参[与加]|受众|观众|听众|学员|照片|图片|视频|录像|报道|新闻|媒体|报送|推荐|申报|作品|案例|奖|字|每人|作者|选手|答题|投票"
)
_PEOPLE = frozenset(["人", "人次"])


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        if "\t" in sentence.text:
            continue
        limits = context.limits(sentence)
        measures = any(limit.is_limit and is_measure(sentence.text, limit) for limit in limits)
        for limit in limits:
            if limit.is_limit and limit.unit in UNITS - _PEOPLE and not is_measure(sentence.text, limit):
                yield from _gate(context, sentence, limit, measures=measures)


def _gate(context: Context, sentence: Sentence, limit: Limited, *, measures: bool) -> Iterator[Proposal]:
    segment = re.split("[。；]", sentence.text[: limit.start])[-1]
    clause, before = clause_of(sentence.text, limit)
    if _OTHER.search(clause) or any(d.start <= limit.start < d.end for d in context.dates(sentence)):
        return
    each = [m.end() for m in _OF_ONE.finditer(segment)]
    asked = told(context, sentence, limit)
    if not (each or (measures and not asked)):
        return
    label = in_words(_OF_ONE.sub("", before.lstrip("（）.、0123456789"))) or in_words(
        sentence.text[limit.end : limit.end + 14].split("，")[0]
    )
    if not label:
        return
    params: dict[str, Any] = {
        "fact": code_for(label, prefix="count"),
        "label": label,
        **limit.bounds(),
        "unit": limit.unit,
    }
    yield context.propose("gate_each", "gate", params, sentence, 0.6)
