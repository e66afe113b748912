"""A notice around a few paragraphs, drafted; and what one recogniser says of it. The town of Linxi is nowhere."""

from __future__ import annotations

from typing import Any

from kepu.notices.drafting.documents.document import Document
from kepu.notices.drafting.drafting import Draft, draft
from kepu.notices.drafting.proposals import Proposal

HEAD = "临溪市科学技术协会关于开展2024年读书科学月活动的通知\n各县（市、区）科协，各有关单位：\n现将有关事项通知如下。\n"
TAIL = "\n临溪市科学技术协会\n2024年4月2日\n"


def drafted(*paragraphs: str, head: str = HEAD, tail: str = TAIL, **more: Any) -> Draft:
    """The draft of a notice with these paragraphs."""
    text = head + "\n".join(paragraphs) + tail
    return draft(Document("notice.txt", "txt", text), season="reading-2024", **more)


def proposals(recogniser: str, *paragraphs: str, **more: Any) -> list[Proposal]:
    """What one recogniser proposes for a notice with these paragraphs."""
    return [p for p in drafted(*paragraphs, **more).clauses if p.recogniser == recogniser]


def proposed(recogniser: str, *paragraphs: str, **more: Any) -> list[dict[str, Any]]:
    """The parameters of what it proposes."""
    return [dict(p.params) for p in proposals(recogniser, *paragraphs, **more)]


def only(recogniser: str, *paragraphs: str, **more: Any) -> Proposal:
    """The one thing it proposes."""
    (one,) = proposals(recogniser, *paragraphs, **more)
    return one


def head_of(key: str, *paragraphs: str, **more: Any) -> Any:
    """What is found for a key of the head."""
    return drafted(*paragraphs, **more).value(key)
