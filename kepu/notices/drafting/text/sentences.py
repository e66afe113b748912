"""Sentences: what ends in a full stop or with its paragraph, with its number, its headings and its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kepu.notices.drafting.text.outline import Block

_END = re.compile(r"[。！？][”）》]?")
_SOFT = re.compile(r"[；，、 ]")
_LABEL = re.compile(r"\s?([^：，。；（）“”\d]{2,14}(?:（[^（）]{1,10}）)?)：")
LONGEST = 800


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the normal text, from ``start`` up to ``end``."""

    text: str
    start: int
    block: Block
    block_index: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def number(self) -> str:
        return self.block.number

    @property
    def titles(self) -> tuple[str, ...]:
        return self.block.titles

    @property
    def label(self) -> str:
        """ "截止时间" of "截止时间：9月8日"; the heading stands for it where the sentence follows one at once."""
        found = _LABEL.match(self.text)
        return found[1].strip() if found else ""

    def under(self, pattern: re.Pattern[str]) -> bool:
        """Whether a heading above it says so."""
        return any(pattern.search(title) for title in self.titles)


def sentences_of(blocks: list[Block]) -> list[Sentence]:
    """Every sentence of every paragraph; a heading alone on its line is one of its own."""
    return [s for i, block in enumerate(blocks) for s in _of_block(block, i)]


def _of_block(block: Block, index: int) -> Iterator[Sentence]:
    if 0 < block.body < len(block.text):
        yield Sentence(block.text[: block.body], block.start, block, index)
    start = block.body if 0 < block.body < len(block.text) else 0
    for found in _END.finditer(block.text, start):
        if not _inside(block.text, start, found.start()) or found.end() - start > LONGEST // 2:
            yield from _cut(block, index, start, found.end())
            start = found.end()
    yield from _cut(block, index, start, len(block.text))


def _inside(text: str, start: int, end: int) -> bool:
    """Whether a stop stands inside brackets or quotation marks that are still open."""
    said = text[max(start, end - LONGEST) : end]
    return said.count("（") > said.count("）") or said.count("“") > said.count("”")


def _cut(block: Block, index: int, start: int, end: int) -> Iterator[Sentence]:
    """The stretch as one sentence, or as several where it is endless."""
    while end - start > LONGEST:
        soft = [m.end() for m in _SOFT.finditer(block.text, start + LONGEST // 2, start + LONGEST)]
        cut = soft[-1] if soft else start + LONGEST
        yield Sentence(block.text[start:cut], block.start + start, block, index)
        start = cut
    if block.text[start:end].strip():
        yield Sentence(block.text[start:end], block.start + start, block, index)
