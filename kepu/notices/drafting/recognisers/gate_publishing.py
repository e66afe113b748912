"""Not before when an activity may be published: 8月21日起，…可…发布; 9月1日前不得发布."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal

_PUBLISH = re.compile(r"(?:发布|推广|上线发布|公开发布)[^，。；]{0,6}(?:活动|信息|预告|推广)?")
_NOT = re.compile(r"不得|不可|不能|严禁")


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        if "发布" not in sentence.text and "推广" not in sentence.text:
            continue
        for dated in context.dates(sentence):
            if dated.first is None or dated.is_span or "date" not in dated.first:
                continue
            rest = re.split("[；。]", sentence.text[dated.end : dated.end + 60])[0]
            if not _PUBLISH.search(rest):
                continue
            opens = dated.edge == "from" and re.search("可|平台|系统|网站|方可|统一", rest)
            closed = dated.edge == "by" and _NOT.search(rest)
            if opens or closed:
                params = {"fact": "published_at", "stages": ["publication"], "not_before": dated.first}
                yield context.propose(
                    "gate_publishing",
                    "gate",
                    params,
                    sentence,
                    0.9,
                    flags=context.flags(sentence, dated),
                    key="activity.published_at",
                )
