"""Clauses as a reader of the notice sees them: in words, beside what is above, and as they stand for somebody. No query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from kepu.notices.effect import Effect, effect_of
from kepu.notices.inheritance import STATUS_WORDS, STRICTNESS_WORDS, ClauseView, InForce, Rules
from kepu.notices.kinds import Status, Strictness, kinds
from kepu.notices.stance import Stance, Stand, stance_of

GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("time", lazy("主题和时间"), ("theme", "window")),
    ("gates", lazy("填报、发布和完善时的把关条件"), ("gate", "routing", "mark")),
    ("duties", lazy("要报送的"), ("duty", "form", "call", "file_rule")),
    ("quotas", lazy("数量和覆盖"), ("quota", "coverage")),
    ("lists", lazy("活动板块和清单"), ("track", "list", "programme", "party")),
    ("praise", lazy("评价和表扬"), ("indicator", "commendation")),
    ("others", lazy("其他"), ("contact", "text")),
)
TONES = {
    Strictness.HARD: "cinnabar", Strictness.IN_PRINCIPLE: "gamboge", Strictness.STRIVE: "azurite", Strictness.NONE: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A short answer with its look: never by colour alone."""

    label: Any
    tone: str
    sign: str


STANDS = {
    Stand.FIRST: Word(lazy("上级没有这一条"), "azurite", "plus"), Stand.SAME: Word(lazy("与上级相同"), "plain", "check"),
    Stand.KEPT: Word(lazy("照上级的"), "plain", "phase-4"), Stand.ADDED: Word(lazy("在上级基础上增加"), "azurite", "plus"),
    Stand.TIGHTENED: Word(lazy("比上级严"), "ochre", "lock"), Stand.REPLACED: Word(lazy("代替上级的"), "ochre", "phase-back"),
    Stand.SHIFTED: Word(lazy("下移一级"), "azurite", "down"), Stand.PENDING: Word(lazy("待定，先照上级的"), "gamboge", "phase-wait"),
}  # fmt: skip
EFFECTS = {
    Effect.SETS: Word(lazy("在这里有效"), "malachite", "check"), Effect.KEEPS: Word(lazy("在这里照上级的"), "malachite", "check"),
    Effect.TIGHTENED: Word(lazy("更近的一条更严"), "ochre", "lock"), Effect.ADDED_TO: Word(lazy("更近的一条又有增加"), "azurite", "plus"),
    Effect.REPLACED: Word(lazy("更近的一条另有规定"), "ochre", "phase-back"), Effect.PENDING: Word(lazy("待定"), "gamboge", "phase-wait"),
    Effect.OTHERS: Word(lazy("不管这类单位"), "plain", "phase-none"), Effect.ELSEWHERE: Word(lazy("不管这个地方"), "plain", "phase-none"),
    Effect.NOT_NOW: Word(lazy("现在不生效"), "plain", "phase-none"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """How a clause stands for whom was asked: the word, the clause that goes before it, and the rule to ask on."""

    word: Word
    by: ClauseView | None
    rule: InForce | None
    now: str = ""  # what holds, where that is not what the clause says


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause with its words, what it makes of the one above, and how it stands for whom was asked."""

    clause: ClauseView
    sentence: str
    kind: str
    who: str
    strictness: str
    tone: str
    status: str
    wording: str
    stance: Stance | None
    stand: Word | None
    effect: ShownEffect | None


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses of one matter."""

    code: str
    title: str
    clauses: tuple[ShownClause, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a notice's clauses: those above by key, the names of codes, words of the text, whose rules."""

    parents: Mapping[str, ClauseView]
    has_parents: bool
    names: Mapping[str, Any]
    wordings: Mapping[str, str]
    rules: Rules | None
    at: datetime


def shown_groups(clauses: Sequence[ClauseView], around: Around, *, kind: str = "") -> list[Group]:
    """The clauses by what they are about, as the text goes inside each group; of one ``kind`` only where it is given."""
    found = []
    for code, title, members in GROUPS:
        chosen = [c for c in clauses if c.kind in members and kind in ("", c.kind)]
        if chosen:
            found.append(Group(code, str(title), tuple(_shown(c, around) for c in chosen)))
    return found


def kinds_of(clauses: Iterable[ClauseView]) -> list[tuple[str, str]]:
    """The kinds that clauses are of, for choosing one: code and label."""
    there = {clause.kind for clause in clauses}
    return [(code, str(cls.LABEL)) for code, cls in kinds().items() if code in there]


def rule_groups(rules: Rules) -> list[tuple[str, list[InForce]]]:
    """The rules in force, grouped for a reader; empty groups left out."""
    groups = []
    for _code, title, members in GROUPS:
        found = [rule for kind in members for rule in rules.of_kind(kind)]
        if found:
            groups.append((str(title), found))
    return groups


def _shown(clause: ClauseView, around: Around) -> ShownClause:
    stance = stance_of(clause, around.parents.get(clause.key)) if around.has_parents else None
    return ShownClause(
        clause, clause.params.sentence(), str(kinds()[clause.kind].LABEL),
        "" if clause.audience.is_everybody() else clause.audience.words(dict(around.names)),
        str(STRICTNESS_WORDS[clause.strictness]) if clause.strictness is not Strictness.NONE else "", TONES[clause.strictness],
        "" if clause.standing is Status.FINAL else str(STATUS_WORDS[clause.standing]), around.wordings.get(clause.code, ""),
        stance, STANDS[stance.stand] if stance else None, _effect(clause, around),
    )  # fmt: skip


def _effect(clause: ClauseView, around: Around) -> ShownEffect | None:
    if around.rules is None:
        return None
    found = effect_of(clause, around.rules, around.at)
    rule = around.rules.get(clause.key) if found.speaks else None
    now = rule.sentence() if rule else ""
    return ShownEffect(EFFECTS[found.effect], found.by, rule, "" if now == clause.params.sentence() else now)
