"""Why a rule holds, as a value: its clauses nearest first, what they ask of others, what nothing is known of. No query.

Made once for every face: pages draw it, ``kepu explain`` says it in sentences, mails lead to the page that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from kepu.notices.inheritance import (
    MODE_WORDS,
    STATUS_WORDS,
    STRICTNESS_WORDS,
    ClauseView,
    InForce,
    NoticeView,
    Rules,
)
from kepu.notices.kinds import Mode, Status
from kepu.notices.kinds.audience import Audience, Profile

WHY = "/notices/why/"  # where the portal explains one rule


@dataclass(frozen=True, slots=True)
class Link:
    """One clause of a chain in words. ``who`` is "" where it binds everybody in its reach."""

    clause: ClauseView
    sentence: str
    strictness: str
    mode: str
    status: str
    who: str = ""

    @property
    def is_settled(self) -> bool:
        return self.clause.standing is Status.FINAL

    def words(self) -> str:
        """The link in one sentence."""
        about = _("；").join(filter(None, (self.strictness, self.mode, self.status)))
        said = {
            "cite": self.clause.cite, "code": self.clause.code, "issuer": self.clause.notice.issuer, "sentence": self.sentence,
            "about": about,
        }  # fmt: skip
        return _("%(cite)s（%(code)s，%(issuer)s）：%(sentence)s〔%(about)s〕") % said


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where one rule comes from. Without a ``rule`` no clause sets it, and the chain is empty."""

    key: str
    rule: InForce | None
    sentence: str
    pending: str  # what it still waits for, in a sentence; "" when it is settled
    chain: tuple[Link, ...]  # nearest first
    frames: tuple[Link, ...]  # what the same rule asks of others: the next level up, another kind of unit
    unknown: tuple[NoticeView, ...]  # layers that have a notice whose text is not in hand
    address: str  # of the page that explains it, "" where it is not known for whom

    def words(self) -> list[str]:
        """All of it in sentences: what is pending, the nearest clause first, then the rest."""
        said = [] if self.rule else [_("没有哪份通知对“%(key)s”作出规定。") % {"key": self.key}]
        if self.pending:
            said.append(self.pending)
        said += [link.words() for link in self.chain]
        said += [
            _("相关：%(cite)s（%(code)s）要求%(who)s：%(sentence)s")
            % {
                "cite": frame.clause.cite,
                "code": frame.clause.code,
                "who": frame.who,
                "sentence": frame.sentence,
            }
            for frame in self.frames
        ]
        return said + [unknown_words(notice) for notice in self.unknown]


def explained(rules: Rules, key: str) -> Explanation:
    """Why ``key`` holds as it does for whom ``rules`` are in force, or that nothing sets it."""
    rule, frames = rules.get(key), rules.frames.get(key, ())
    return Explanation(
        key, rule, rule.sentence() if rule else "", _pending(rule), links(rule.chain if rule else (), rules.names),
        tuple(_frame(clause, rules.names) for clause in frames), rules.unknown, address_in(rules, key),
    )  # fmt: skip


def explained_rule(rule: InForce) -> Explanation:
    """Why a rule holds, wherever it was taken from; without the rules it belongs to, its own chain alone."""
    if rule.among is not None:
        return explained(rule.among, rule.key)
    return Explanation(rule.key, rule, rule.sentence(), _pending(rule), links(rule.chain, {}), (), (), "")


def explained_clauses(
    key: str, clauses: Sequence[ClauseView], area: str, names: Mapping[str, Any]
) -> Explanation:
    """The clauses that set a rule somewhere in an area (path): those that reach all of it, then those of its parts.

    For whoever looks at many units at once: each of them has its own chain, made of these.
    """
    nearest = sorted(clauses, key=lambda c: (-c.reach.count("/"), c.reach, c.position))
    whole = [clause for clause in nearest if area.startswith(clause.reach)]
    parts = [clause for clause in nearest if not area.startswith(clause.reach)]
    first = next(iter([*whole, *parts]), None)
    chain = tuple(_link(clause, None, names, who=True) for clause in whole)
    return Explanation(
        key, None, first.params.sentence() if first else "", _awaited(first) if first else "", chain,
        tuple(_frame(clause, names) for clause in parts), (), "",
    )  # fmt: skip


def links(chain: Sequence[ClauseView], names: Mapping[str, Any]) -> tuple[Link, ...]:
    """A chain in words, each clause beside the one it stands on."""
    beneath: list[ClauseView | None] = [*chain[1:], None]
    return tuple(_link(clause, under, names) for clause, under in zip(chain, beneath, strict=False))


def unknown_words(notice: NoticeView) -> str:
    """That a layer has a notice whose text is not in hand."""
    return _("%(place)s有通知（%(notice)s）但未见正文，那一级有没有规定并不清楚。") % {
        "place": notice.place_name, "notice": notice.short
    }  # fmt: skip


def mode_words(clause: ClauseView, beneath: ClauseView | None) -> str:
    """What a clause does to the one it stands on; the first of a chain stands on nothing."""
    if beneath is None:
        return "" if clause.is_pending else _("由这一条首先规定")
    if clause.is_pending:
        return _("先照上级的")
    if beneath.notice.id == clause.notice.id and clause.mode is not Mode.UNION:
        return _("同一份通知里更具体的一条")
    if clause.params == beneath.params and clause.strictness is beneath.strictness:
        return _("与上级相同")
    return str(MODE_WORDS[clause.mode])


def address_in(rules: Rules, key: str) -> str:
    """Where the portal explains ``key`` to whom ``rules`` are in force; "" where that is not known."""
    if rules.who is None:
        return ""
    rule = rules.get(key)
    clauses = (*(rule.chain if rule else ()), *rules.frames.get(key, ()))
    season = next((notice.season_code for notice in rules.notices if notice.season_code), "")
    return address_of(key, rules.who, season=season, audiences=[clause.audience for clause in clauses])


def cited_with_address(rule: InForce) -> str:
    """A rule for a mail: what it says, by which clause, and on a line of its own where that is explained."""
    said = _("%(sentence)s（%(cite)s）") % {"sentence": rule.sentence(), "cite": rule.cite}
    address = address_in(rule.among, rule.key) if rule.among is not None else ""
    return f"{said}\n{settings.KEPU_PUBLIC_URL}{address}" if address else said


def address_of(key: str, who: Profile, *, season: str = "", audiences: Iterable[Audience] = ()) -> str:
    """Where the portal explains a rule to somebody. Of ``who`` it names place, kind and line, and what audiences ask after.

    So it is short, the same for all who are asked the same, and says nothing of a unit that has no bearing on the rule.
    """
    asked = [part for audience in audiences for part in audience.parts()]
    words = {word for part in asked for word in (*part.designations, *part.members_of, *part.roles)}
    has = sorted(trait for trait in who.traits if trait.removeprefix("place:") in words)
    query = [("key", key), ("place", _code(who.place) or "CN"), ("kind", who.kind)]
    query += [("season", season)] if season else []
    query += [("line", _code(who.line))] if who.line else []
    query += [("level", who.level)] if any(part.levels for part in asked) else []
    query += [("has", trait) for trait in has]
    query += [("unit", who.code)] if who.code and any(part.units for part in asked) else []
    return f"{WHY}?{urlencode(query)}"


def _code(path: str) -> str:
    """The code of the place or line at the end of a path; "" for the nation."""
    return path.strip("/").rpartition("/")[2]


def _link(
    clause: ClauseView, beneath: ClauseView | None, names: Mapping[str, Any], *, who: bool = False
) -> Link:
    binds = clause.audience.words(dict(names)) if who and not clause.audience.is_everybody() else ""
    return Link(
        clause, clause.params.sentence(), str(STRICTNESS_WORDS[clause.strictness]), mode_words(clause, beneath),
        str(STATUS_WORDS[clause.standing]), binds,
    )  # fmt: skip


def _frame(clause: ClauseView, names: Mapping[str, Any]) -> Link:
    return Link(
        clause, clause.params.sentence(), str(STRICTNESS_WORDS[clause.strictness]), "", str(STATUS_WORDS[clause.standing]),
        clause.audience.words(dict(names)),
    )  # fmt: skip


def _pending(rule: InForce | None) -> str:
    if rule is None or rule.status is Status.FINAL:
        return ""
    return _awaited(rule.clause, rule.status)


def _awaited(clause: ClauseView, status: Status | None = None) -> str:
    status = status or clause.standing
    if status is Status.FINAL:
        return ""
    if status is Status.PENDING:
        return _("目前待定，等%(what)s。") % {"what": clause.waits_for or _("后续通知")}
    return _("目前是暂定的，等%(what)s。") % {"what": clause.waits_for or _("正式通知")}
