"""By what a season is judged: 按照组织动员、数量规模…等评价指标."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.values.codes import code_for, unique
from kepu.notices.drafting.values.enumerations import items_of

_BY = re.compile(
    r"(?:按照?|根据|依据|从|围绕)(?P<items>[^，。；]{2,120}?)(?P<open>等)?(?:[一二三四五六七八九十\d]个?)?(?:评价指标|考核指标|评估指标|评选指标|评分指标|指标|评价标准|评选标准|评审标准|评分标准)"
)
_FROM = re.compile(
    r"(?:从|围绕)(?P<items>[^，。；]{4,120}?)(?P<open>等)?(?:[一二三四五六七八九十\d]个?)?(?:方面|维度)(?:对[^，。；]{2,30})?(?:进行|开展)?(?:综合)?(?:评价|评审|评选|评分|考核|打分|评定)"
)


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        for pattern, confidence in ((_BY, 0.92), (_FROM, 0.8)):
            m = pattern.search(sentence.text)
            labels = items_of(m["items"]) if m else []
            if m and len(labels) >= 2 and all(len(label) <= 16 for label in labels):
                codes = unique([code_for(label) for label in labels])
                params: dict[str, Any] = {
                    "items": [{"code": c, "label": label} for c, label in zip(codes, labels, strict=True)]
                }
                yield context.propose(
                    "indicator",
                    "indicator",
                    params | ({"open_ended": True} if m["open"] else {}),
                    sentence,
                    confidence,
                )
                break
