"""Where a rule comes from, as a page shows it: the notice, the clause, and the chain behind it. No query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kepu.core.refusals import Reason
from kepu.notices.inheritance import MODE_WORDS, STRICTNESS_WORDS, ClauseView, InForce, Rules
from kepu.notices.kinds import Strictness


@dataclass(frozen=True, slots=True)
class Link:
    """One clause of a chain: what it says, and who says it where."""

    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Source:
    """What ``workspace/_source.html`` draws."""

    source: str
    place: str
    url: str
    chain: tuple[Link, ...] = ()

    def __str__(self) -> str:
        return f"{self.source} {self.place}".strip()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about something, with how heavy it is and where it comes from."""

    sentence: str
    tone: str  # error, warning, info or plain
    field: str = ""
    source: Source | None = None


def source_of(rule: InForce) -> Source:
    """The source of a rule in force, with all the clauses it stands on, nearest first."""
    return Source(_short(rule.clause), rule.clause.number, url_of(rule.clause), links(rule.chain))


def source_of_clause(clause: ClauseView) -> Source:
    return Source(_short(clause), clause.number, url_of(clause))


def source_of_reason(reason: Reason, rules: Rules | None = None) -> Source | None:
    """The source of a reason; None where it comes from no clause."""
    rule = rules.get(reason.code) if rules is not None and reason.code else None
    if rule is not None:
        return source_of(rule)
    return Source(reason.clause, "", "") if reason.clause else None


def links(chain: Iterable[ClauseView]) -> tuple[Link, ...]:
    return tuple(Link(_in_full(clause), clause.params.sentence()) for clause in chain)


def url_of(clause: ClauseView) -> str:
    """The clause on the page of its notice; "" where there is no such page."""
    try:
        notice = reverse("portal:notice", args=[clause.notice.season_code, clause.notice.code])
    except NoReverseMatch:
        return ""
    return f"{notice}#{clause.code}"


def said(reasons: Iterable[Reason], tone: str, rules: Rules | None = None) -> list[Said]:
    """Reasons as a page says them."""
    return [Said(str(r.sentence), tone, r.field, source_of_reason(r, rules)) for r in reasons]


def _short(clause: ClauseView) -> str:
    """A notice by its number; one without a number by who issued it, since its title is long."""
    return clause.notice.number or clause.notice.issuer


def _in_full(clause: ClauseView) -> str:
    about = [str(MODE_WORDS[clause.mode])]
    if clause.strictness is not Strictness.NONE:
        about.insert(0, str(STRICTNESS_WORDS[clause.strictness]))
    return _("%(issuer)s %(cite)s（%(about)s）") % {
        "issuer": clause.notice.issuer, "cite": clause.cite, "about": _("；").join(about)
    }  # fmt: skip
