"""A draft of a notice: everything recognisers found in a document, put together, and as a notice file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.documents.document import Document
from kepu.notices.drafting.linking import linked
from kepu.notices.drafting.proposals import Flag, Found, Proposal
from kepu.notices.drafting.recognisers import recognisers
from kepu.notices.drafting.saying import nothing_personal
from kepu.notices.drafting.text.reading import read
from kepu.notices.drafting.values.years import years_of
from kepu.notices.format.schema import FileClause, Header, NoticeFile

NO_TITLE = "（没有标题的通知）"
NO_ISSUER = "（发文单位待补）"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found: ``header`` a value for each key of the head, ``clauses`` in the order of the text."""

    document: Document
    season: str
    header: tuple[Found, ...]
    clauses: tuple[Proposal, ...]
    flags: tuple[Flag, ...]

    def value(self, key: str, default: Any = None) -> Any:
        """What was found for a key of the head."""
        return next((f.value for f in self.header if f.key == key), default)

    def notice_file(self) -> NoticeFile:
        """The draft as a notice file; what was not found has a word that says so, for a person to fill in."""
        head = {f.key: f.value for f in self.header}
        head = {
            "code": self.code(),
            "season": self.season,
            "title": NO_TITLE,
            "issuer": NO_ISSUER,
            "place": "CN",
        } | head
        clauses = [p.as_clause(f"C-{n:02d}") for n, p in enumerate(self.clauses, 1)]
        return NoticeFile.model_validate({"format": 1, "notice": head, "clause": clauses})

    def code(self) -> str:
        """A code made of the place, the year and, where it is no formal one, the status of the notice."""
        issued = self.value("issued")
        year = next((part for part in self.season.split("-") if len(part) == 4 and part.isdigit()), "")
        parts = [
            str(self.value("place", "CN")).lower(),
            year or (str(issued.year) if issued else ""),
            self.value("status", ""),
        ]
        return "-".join(p for p in parts if p)[:60]


def draft(document: Document, *, season: str, place: str = "", today_year: int | None = None) -> Draft:
    """Reads a document and proposes a head and clauses. The same text gives the same draft; it never fails."""
    reading = read(document.text)
    context = Context(reading, years_of(reading.text, today_year), place)
    for recogniser in recognisers():
        for said in recogniser.recognise(context):
            if isinstance(said, Found):
                if said.key not in context.found and (kept := _checked(said)):
                    context.found[said.key] = kept
            else:
                context.proposals.append(said)
    clauses = tuple(p for p in linked(context.proposals) if _is_valid(p))
    header = tuple(context.found.values())
    flags = [*(f for h in header for f in h.flags), *(f for c in clauses for f in c.flags)]
    return Draft(document, season, header, clauses, tuple(dict.fromkeys(flags)))


def _checked(found: Found) -> Found | None:
    """The value as the head of a notice file takes it, without what is personal; None when it does not take it."""
    kept = replace(found, value=nothing_personal(found.value))
    head = {"code": "x", "season": "x", "title": "x", "issuer": "x", kept.key: kept.value}
    return kept if _validates(Header, head) else None


def _is_valid(proposal: Proposal) -> bool:
    return _validates(FileClause, proposal.as_clause("C-01"))


def _validates(model: Any, data: dict[str, Any]) -> bool:
    try:
        model.model_validate(data)
    except ValidationError:
        return False
    return True
