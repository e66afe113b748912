"""The headings of the text: 一、 and （一）, as the printed notice has them above its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found

ORDER = 16
DEEPEST, MOST = 2, 200


def recognise(context: Context) -> Iterator[Found]:
    sections: list[dict[str, Any]] = []
    spans = []
    for block in context.reading.blocks:
        if block.title and 0 < block.level <= DEEPEST and not block.attachment and len(block.number) <= 40:
            sections.append({"number": block.number, "title": block.title})
            spans.append(context.reading.span(block.start, block.start + (block.body or len(block.text))))
    if sections:
        yield Found("sections", sections[:MOST], tuple(spans[:MOST]), 0.9, "sections")
