"""Whether a clause holds for somebody now: it sets the rule, a nearer one goes before it, or it does not bind. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kepu.notices.inheritance import ClauseView, InForce, Rules
from kepu.notices.kinds import Mode


class Effect(StrEnum):
    """How a clause stands for somebody at an instant."""

    SETS = "sets"  # it is what holds
    KEEPS = "keeps"  # it speaks to them, and what is above it holds
    TIGHTENED = "tightened"  # a nearer clause asks for more
    ADDED_TO = "added_to"
    REPLACED = "replaced"
    PENDING = "pending"
    OTHERS = "others"  # it binds others than them
    ELSEWHERE = "elsewhere"  # their place or line lies outside its reach
    NOT_NOW = "not_now"  # its notice is not in force yet, or no longer


@dataclass(frozen=True, slots=True)
class ClauseEffect:
    """The answer for one clause; ``by`` is the clause that holds where it is another one."""

    effect: Effect
    by: ClauseView | None = None

    @property
    def speaks(self) -> bool:
        """Whether the clause is part of what holds."""
        return self.effect not in (Effect.OTHERS, Effect.ELSEWHERE, Effect.NOT_NOW)


_BY_MODE = {Mode.TIGHTEN: Effect.TIGHTENED, Mode.UNION: Effect.ADDED_TO}


def effect_of(clause: ClauseView, rules: Rules, at: datetime) -> ClauseEffect:
    """How ``clause`` stands for whom ``rules`` are in force at ``at``."""
    who = rules.who
    if clause.notice.is_placeholder or not clause.notice.holds(at):
        return ClauseEffect(Effect.NOT_NOW)
    if who is None or not (who.place.startswith(clause.reach) and who.line.startswith(clause.notice.line)):
        return ClauseEffect(Effect.ELSEWHERE)
    rule = rules.get(clause.key)
    if rule is None or clause.id in {c.id for c in rules.frames.get(clause.key, ())}:
        return ClauseEffect(Effect.OTHERS)
    other = rule.clause if rule.clause.id != clause.id else None
    if clause.id not in {c.id for c in rule.chain}:
        return ClauseEffect(
            Effect.REPLACED, other
        )  # a nearer clause of another kind begins a chain of its own
    if clause.is_pending:
        return ClauseEffect(Effect.PENDING, other)
    return ClauseEffect(Effect.SETS) if other is None else ClauseEffect(_under(rule, clause), other)


def _under(rule: InForce, clause: ClauseView) -> Effect:
    """How a clause stands that is not the one which sets the rule."""
    codes = [c.id for c in rule.chain]
    if codes.index(clause.id) < codes.index(rule.clause.id):
        return Effect.KEEPS
    if rule.params == clause.params:
        return Effect.SETS
    same_notice = rule.clause.notice.id == clause.notice.id
    if same_notice and rule.clause.mode is not Mode.UNION:
        return Effect.REPLACED
    return _BY_MODE.get(rule.clause.mode, Effect.REPLACED)
