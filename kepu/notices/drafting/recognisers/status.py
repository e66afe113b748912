"""What kind of notice it is: an advance one, a supplement, a correction, one of results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found

ORDER = 17
_BY_TITLE = (
    (re.compile(r"补充(?:的)?通知|补充说明"), "supplement"),
    (re.compile(r"更正|勘误|调整.{0,20}的通知"), "correction"),
    (
        re.compile(r"结果的?(?:通知|通报|公示|公告)|名单的?(?:通知|公示|公告)|表扬.{0,30}(?:通报|通知)|获奖"),
        "results",
    ),
    (re.compile(r"预备?通知"), "advance"),
)
_ADVANCE = re.compile(r"预备通知|预通知|在[^，。；]{0,20}正式通知(?:出台|印发|下发)前")


def recognise(context: Context) -> Iterator[Found]:
    title = context.found.get("title")
    if title is not None:
        for pattern, status in _BY_TITLE:
            if pattern.search(title.value):
                yield Found("status", status, title.spans, 0.85, "status")
                return
    for sentence in context.sentences:
        if m := _ADVANCE.search(sentence.text):
            yield Found("status", "advance", (context.part(sentence, m.start(), m.end()),), 0.85, "status")
            return
