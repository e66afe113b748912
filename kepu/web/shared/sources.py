"""Where a rule comes from, as every page shows it: the notice, the clause, and behind “为什么？” the whole chain. No query.

Whatever speaks of a rule can be asked: a rule in force, a reason of a refusal, a clause. ``{% why it %}`` draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.core.numerals import number_of
from kepu.core.refusals import Reason
from kepu.notices.explaining import Explanation, explained_clauses, explained_rule
from kepu.notices.inheritance import ClauseView, InForce
from kepu.notices.models import Season


@dataclass(frozen=True, slots=True)
class Source:
    """What ``components/clause.html`` draws; with a ``why`` the reader may ask on."""

    source: str
    place: str = ""
    url: str = ""
    why: Explanation | None = None

    def __str__(self) -> str:
        return f"{self.source} {self.part}".strip()

    @property
    def part(self) -> str:
        """Where in the notice, in words: a lone numeral says nothing. A longer one stays as the notice has it, to be found."""
        if len(self.place) != 1:
            return self.place
        english = (get_language() or "").startswith("en")
        counted = number_of(self.place) if english else None
        return _("第%(number)s部分") % {"number": self.place if counted is None else f"{counted:g}"}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about something, with how heavy it is and where it comes from."""

    sentence: str
    tone: str = "plain"  # error, warning, info or plain
    field: str = ""
    source: Source | None = None


@overload
def source_of(it: Source | InForce | ClauseView) -> Source: ...


@overload
def source_of(it: object) -> Source | None: ...


def source_of(it: Any) -> Source | None:
    """The source of a rule in force with its chain, of a reason, a clause, or a bare citation; None where there is none."""
    if isinstance(it, Source):
        return it
    if isinstance(it, InForce):
        return Source(_short(it.clause), it.clause.number, url_of(it.clause), explained_rule(it))
    if isinstance(it, Reason):
        return source_of(it.rule) if isinstance(it.rule, InForce) else source_of(it.clause)
    if isinstance(it, ClauseView):
        return Source(_short(it), it.number, url_of(it))
    return Source(str(it)) if it else None


def source_of_clauses(
    key: str, clauses: Sequence[ClauseView], area: str, names: Mapping[str, Any]
) -> Source | None:
    """The source of a rule for whoever looks at an area (path) as a whole: every clause that sets it there."""
    why = explained_clauses(key, clauses, area, names)
    first = next((link.clause for link in (*why.chain, *why.frames)), None)
    return None if first is None else Source(_short(first), first.number, url_of(first), why)


def cited(cite: str, season: Season | None, notice: str, clause: str) -> Source | None:
    """A citation that was kept with something, leading to its clause: the rule itself may have changed since."""
    return Source(cite, url=_address(season.code, notice, clause) if season else "") if cite else None


def said_of(rule: InForce, sentence: str = "", *, tone: str = "plain", field: str = "") -> Said:
    """A rule as a page says it."""
    return Said(sentence or rule.sentence(), tone, field, source_of(rule))


def said(reasons: Iterable[Reason], tone: str) -> list[Said]:
    """Reasons as a page says them."""
    return [Said(str(r.sentence), tone, r.field, source_of(r)) for r in reasons]


def in_a_line(reason: Reason) -> str:
    """A reason with the way to its explanation, for where nothing can be opened: a sentence after an act."""
    source = source_of(reason)
    if source is None:
        return str(reason.sentence)
    chip = render_to_string("components/clause.html", {"it": source, "short": True})
    return format_html("{} {}", reason.sentence, chip)


def url_of(clause: ClauseView) -> str:
    """The clause on the page of its notice; "" where there is no such page."""
    return _address(clause.notice.season_code, clause.notice.code, clause.code)


def _address(season: str, notice: str, clause: str) -> str:
    try:
        return f"{reverse('portal:notice', args=[season, notice])}#{clause}"
    except NoReverseMatch:
        return ""


def _short(clause: ClauseView) -> str:
    """A notice by its number; one without a number by who issued it, since its title is long."""
    return clause.notice.number or clause.notice.issuer
