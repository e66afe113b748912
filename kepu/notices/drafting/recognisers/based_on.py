"""The documents a notice is based on: 根据《…的通知》（…号）, in the words of its opening."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found, Span

ORDER = 14
_BASED = re.compile(
    r"(?:根据|按照|依据|遵照|贯彻落实|贯彻|落实|转发)(?P<doc>[^，。；《》]{0,40}《[^《》]{4,90}》(?:（[^（）]{4,40}）)?(?:[、和及]《[^《》]{4,90}》(?:（[^（）]{4,40}）)?){0,4})"
)
_KIND = re.compile(r"(?:通知|方案|意见|计划|要求|函|安排|工作要点)》")


def recognise(context: Context) -> Iterator[Found]:
    found: list[str] = []
    spans: list[Span] = []
    for sentence in context.sentences:
        if sentence.block.level or sentence.block.attachment or sentence.number:
            if found or sentence.block.level:
                break
            continue
        for m in _BASED.finditer(sentence.text):
            if _KIND.search(m["doc"]):
                found.append(m["doc"].strip())
                spans.append(context.part(sentence, m.start("doc"), m.end("doc")))
    if found:
        yield Found("based_on", found, tuple(spans), 0.9, "based_on")
