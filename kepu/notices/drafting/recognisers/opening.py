"""The opening: what stands between the recipients and the first numbered point; printed, and no rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found
from kepu.notices.drafting.saying import without_personal
from kepu.notices.drafting.values.names import is_name

ORDER = 15
LONGEST = 1900
_DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


def recognise(context: Context) -> Iterator[Found]:
    first = context.first_sentence()
    paragraphs: list[str] = []
    spans = []
    last = -1
    for sentence in context.sentences[first:]:
        block = sentence.block
        if block.level or block.attachment or block.number or block.is_heading or block.is_list:
            break
        if is_name(block.text) or _DAY.fullmatch(block.text):
            break
        if sentence.block_index != last:
            paragraphs.append(block.text)
            spans.append(context.reading.span(block.start, block.start + len(block.text)))
            last = sentence.block_index
    text = without_personal("\n".join(paragraphs))[:LONGEST].strip()
    if text and len(paragraphs) <= 8:
        yield Found("opening", text, tuple(spans), 0.8, "opening")
