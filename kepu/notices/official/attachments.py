"""The attachments of a document: their list below the text, and a page of their own for each that is in hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from kepu.notices.format.schema import ClauseBase, Header
from kepu.notices.official.body import Entry, text_blocks
from kepu.notices.official.document import AttachmentList, AttachmentPage, Block, FormTable
from kepu.notices.official.forms import table_of
from kepu.notices.official.measures import TITLE_FITS
from kepu.notices.official.numbering import Path, Spot
from kepu.notices.official.text import one_line
from kepu.notices.official.titles import lines_of

UNTITLED = "有关材料"


@dataclass(slots=True)
class Attachment:
    """One attachment as it is put together: its title, its clauses and headings."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    titles: list[tuple[Path, str]] = field(default_factory=list)
    last: Path = ()

    def place(self, spot: Spot) -> Path:
        """The path within this attachment: a place that cannot be read is where the clause before it stands."""
        if not spot.loose:
            self.last = spot.path
        return self.last


class Attachments:
    """The attachments that the head lists, and those that only clauses speak of."""

    def __init__(self, head: Header) -> None:
        numbers = [a.number for a in head.attachments]
        if len(set(numbers)) < len(numbers):
            numbers = list(range(1, len(numbers) + 1))  # nobody numbered them: the order of the list counts
        self._all = {
            n: Attachment(one_line(a.title) or UNTITLED)
            for n, a in zip(numbers, head.attachments, strict=True)
        }

    def take(self, clause: ClauseBase, spot: Spot, said: tuple[str, ...]) -> None:
        """A clause that stands in an attachment: a form in hand becomes its table."""
        form = getattr(clause, "form", None)
        attachment = self._numbered(spot.attachment, title=one_line(form.title) if form else "")
        path = attachment.place(spot)
        caption = form.title if form and one_line(form.title) != attachment.title else ""
        table = table_of(form, caption) if form else None
        words = () if table is not None and not clause.wording else said
        attachment.entries.append(Entry(path, clause.kind, words, table))

    def take_form(self, clause: ClauseBase) -> None:
        """A form of the body whose sheet is an attachment, by its number or its title: the table goes there."""
        form = getattr(clause, "form", None)
        if form is None:
            return
        by_number = int(form.template) if form.template and form.template.isdecimal() else 0
        attachment = self._all.get(by_number) or next(
            (a for a in self._all.values() if a.title == one_line(form.title)), None
        )
        table = table_of(form, form.title if attachment and one_line(form.title) != attachment.title else "")
        if attachment is not None and table is not None:
            attachment.entries.append(Entry(attachment.last, clause.kind, (), table))

    def take_title(self, spot: Spot, title: str) -> None:
        attachment = self._numbered(spot.attachment, title=title)
        if spot.path:
            attachment.titles.append((spot.path, title))

    def note(self) -> AttachmentList | None:
        """附件说明; a single attachment has no number, unless it is known by another than 1."""
        if not self._all:
            return None
        return AttachmentList(
            tuple((f"{n}. " if self._numbered_at_all else "", a.title) for n, a in sorted(self._all.items()))
        )

    def pages(self) -> list[Block]:
        """What is in hand, each attachment on a page of its own; one that is only named has none."""
        blocks: list[Block] = []
        for number, attachment in sorted(self._all.items()):
            if text := text_blocks(attachment.entries, attachment.titles):
                label = f"附件{number}" if self._numbered_at_all else "附件"
                wide = any(isinstance(block, FormTable) and block.wide for block in text)
                blocks += [AttachmentPage(label, lines_of(attachment.title, TITLE_FITS), wide), *text]
        return blocks

    @property
    def _numbered_at_all(self) -> bool:
        return set(self._all) != {1}

    def _numbered(self, number: int | None, *, title: str) -> Attachment:
        """The attachment of this number, the first where none is said; one that is not listed gets a place of its own."""
        if number is None:
            number = min(self._all, default=1)
        return self._all.setdefault(number, Attachment(title or UNTITLED))
