"""A main venue in words, and what notices say of main venues. Values only; no query while the rule book is warm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.notices.book import Book
from kepu.notices.inheritance import ClauseView
from kepu.notices.kinds.programme import Programme
from kepu.orgs.models import Place
from kepu.web.portal.activities.showing import Standing, standing
from kepu.web.portal.wording import span_words

MOST_INSIDE = 6
_TYPES = ("main_venue", "branch_venue")


@dataclass(frozen=True, slots=True)
class Venue:
    """A main venue on the page. ``inside`` are the first of what is on in it, ``more`` how many others there are."""

    publication: Publication
    when: str
    where: str
    venue: str
    address: str
    summary: str
    mode: str
    standing: Standing | None
    inside: tuple[str, ...]
    more: int

    @property
    def off(self) -> bool:
        return self.publication.status == PublicationStatus.CANCELLED


def venue_of(publication: Publication, at: datetime) -> Venue:
    """As its current copy has it."""
    content: dict[str, Any] = publication.content
    sessions = [one for one in content.get("sessions") or () if one.get("status") != "cancelled"]
    inside = [title for one in sessions if (title := one.get("title") or "")]
    when = (
        _("时间待定")
        if publication.time_pending
        else span_words(publication.starts_at, publication.ends_at, year=True)
    )
    return Venue(
        publication, when, content.get("place") or "", content.get("venue") or "", content.get("address") or "",
        content.get("summary") or "", "" if publication.mode == Mode.OFFLINE else str(Mode(publication.mode).label),
        standing(publication, at), tuple(inside[:MOST_INSIDE]), max(len(inside) - MOST_INSIDE, 0),
    )  # fmt: skip


def planned(book: Book, place: Place, at: datetime) -> list[ClauseView]:
    """What the notices over a place lay down of main venues, the nation's first: whoever they bind, it is where they lead."""
    chain = [view for view in book.chain_of(place.path, "") if view.holds(at) and not view.is_placeholder]
    return [c for c in book.clauses_of(chain) if place.path.startswith(c.reach) and _is_venue(c)]


def said_by(clauses: Iterable[ClauseView]) -> list[tuple[ClauseView, str]]:
    """Each clause with its sentence."""
    return [(clause, clause.params.sentence()) for clause in clauses]


def _is_venue(clause: ClauseView) -> bool:
    params = clause.params
    return isinstance(params, Programme) and params.type in _TYPES
