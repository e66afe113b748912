"""The text of a document: headings and clauses in the order of their numbers, as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kepu.notices.official.document import Block, FormTable, Heading, Paragraph
from kepu.notices.official.numbering import Path, in_order, marker
from kepu.notices.official.wording import ABOUT, ended, title_from

FEW = 2  # so many clauses without numbers need no headings


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause with its place: the paragraphs it says, or the table it is."""

    path: Path
    kind: str
    said: tuple[str, ...]
    table: FormTable | None = None


@dataclass(slots=True)
class _Node:
    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    below: dict[Path, _Node] = field(default_factory=dict)

    def kinds(self) -> Iterator[str]:
        yield from (entry.kind for entry in self.entries)
        for node in self.below.values():
            yield from node.kinds()


def text_blocks(entries: Iterable[Entry], titles: Iterable[tuple[Path, str]]) -> list[Block]:
    """Headings, paragraphs and tables. What has no number comes first, before the first heading."""
    root = _Node()
    for path, title in titles:
        node = _at(root, path)
        node.title = f"{node.title}、{title}" if node.title else title
    for entry in entries:
        _at(root, entry.path).entries.append(entry)
    return list(_blocks(root, (), 0))


def in_chapters(entries: list[Entry], *, after: int) -> list[Entry]:
    """Clauses of which none has a number, in chapters by what they are about, each where the first of its kind stood.

    The chapters are numbered from the one ``after`` those whose headings are written.
    """
    if len(entries) <= FEW or any(entry.path for entry in entries):
        return entries
    abouts = dict.fromkeys(ABOUT.get(entry.kind, "") for entry in entries)
    chapters = {about: number for number, about in enumerate(abouts, after + 1)}
    return [replace(entry, path=((1, chapters[ABOUT.get(entry.kind, "")]),)) for entry in entries]


def _at(root: _Node, path: Path) -> _Node:
    node = root
    for end in range(1, len(path) + 1):
        node = node.below.setdefault(path[:end], _Node())
    return node


def _blocks(node: _Node, path: Path, depth: int) -> Iterator[Block]:
    level = path[-1][0] if path else 0
    number = marker(*path[-1]) if path else ""
    title = node.title
    if path and not title and (level <= 2 or not node.entries):
        title = title_from(node.kinds())
    if title:
        depth += 1
        yield Heading(level, depth, number + title.removeprefix(number))
        for entry in node.entries:
            yield from _as_blocks(entry)
    else:
        yield from _after_number(node.entries, number)
    for inner in sorted(node.below, key=in_order):
        yield from _blocks(node.below[inner], inner, depth)


def _as_blocks(entry: Entry) -> Iterator[Block]:
    yield from (Paragraph(text) for text in entry.said)
    if entry.table is not None:
        yield entry.table


def _after_number(entries: list[Entry], number: str) -> Iterator[Block]:
    """Without a heading: under a number the clauses run on in one paragraph, without one each has its own."""
    if not number:
        for entry in entries:
            yield from _as_blocks(entry)
        return
    texts = [text for entry in entries for text in entry.said]
    if texts:
        first = texts[0].removeprefix(number)
        yield Paragraph(number + "".join(ended(text) for text in (first, *texts[1:])))
    yield from (entry.table for entry in entries if entry.table is not None)
