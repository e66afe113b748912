"""A text read: normal text, paragraphs, outline and sentences, and the way back to the document's own characters."""

from __future__ import annotations

from dataclasses import dataclass

from kepu.notices.drafting.proposals import Span
from kepu.notices.drafting.text.attachments import Attachments, attachments_of
from kepu.notices.drafting.text.normal import lines_of
from kepu.notices.drafting.text.outline import Block, blocks_of, pieces_of
from kepu.notices.drafting.text.paragraphs import paragraphs_of
from kepu.notices.drafting.text.sentences import Sentence, sentences_of


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` has a line for each paragraph; offsets in it are turned into spans of the document by ``span``."""

    text: str
    origins: tuple[int, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    attachments: Attachments
    source: str = ""

    def span(self, start: int, end: int) -> Span:
        """The stretch of the document that ``text[start:end]`` was made from."""
        if start >= end or start >= len(self.origins):
            at = self.origins[min(start, len(self.origins) - 1)] if self.origins else 0
            return Span(at, at)
        return Span(self.origins[start], self.origins[min(end, len(self.origins)) - 1] + 1)


def read(text: str) -> Reading:
    """Reads a document's text. Never fails, whatever the text is."""
    pieces = list(pieces_of(paragraphs_of(lines_of(text))))
    origins: list[int] = []
    for piece in pieces:
        origins.extend(piece.origins)
        origins.append(piece.origins[-1])
    attached = attachments_of(pieces)
    blocks = blocks_of(pieces, attached)
    normal = "\n".join(piece.text for piece in pieces)
    return Reading(
        normal, tuple(origins[: len(normal)]), tuple(blocks), tuple(sentences_of(blocks)), attached, text
    )
