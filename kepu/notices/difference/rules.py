"""What changes in the rules in force for somebody: what is new, gone, stricter, eased, settled, or only said elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from pydantic import ValidationError

from kepu.notices.difference.labels import CLAUSE
from kepu.notices.difference.values import ValueChange, changed_values
from kepu.notices.inheritance import STATUS_WORDS, STRICTNESS_WORDS, InForce, Rules
from kepu.notices.kinds import Mode, Params, Status, Strictness, kinds
from kepu.notices.kinds.base import STRICTER


class Turn(StrEnum):
    """What became of a rule."""

    NEW = "new"
    GONE = "gone"
    STRICTER = "stricter"
    EASED = "eased"
    SETTLED = "settled"  # pending or tentative before, final now
    CHANGED = "changed"
    SOURCE = "source"  # the same rule, from another clause


TURN_WORDS = {
    Turn.NEW: lazy("新增"), Turn.GONE: lazy("不再有"), Turn.STRICTER: lazy("更严"), Turn.EASED: lazy("更宽"),
    Turn.SETTLED: lazy("定下来"), Turn.CHANGED: lazy("改变"), Turn.SOURCE: lazy("只换了依据"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleSide:
    """A rule as it is in force: what it says, and the clause that sets it. Plain but for the parameters."""

    kind: str
    data: Mapping[str, Any]  # the parameters as a notice file has them
    params: Params | None  # None where the kind has changed since and no longer takes them
    strictness: Strictness
    status: Status
    waits_for: str
    only_for: str
    has_value: bool
    notice: str
    clause: str
    cite: str
    summary: str

    @classmethod
    def of(cls, rule: InForce) -> RuleSide:
        clause = rule.clause
        return cls(
            rule.kind, rule.params.model_dump(mode="json", exclude_defaults=True), rule.params, rule.strictness, rule.status,
            clause.waits_for if rule.status is Status.PENDING else "", clause.audience.only_for or "", rule.value is not None,
            clause.notice.code, clause.code, clause.cite, clause.summary,
        )  # fmt: skip

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> RuleSide:
        plain = dict(data)
        try:
            params = kinds()[plain["kind"]].model_validate(plain["data"])
        except (KeyError, ValidationError):
            params = None
        plain |= {"strictness": Strictness(plain["strictness"]), "status": Status(plain["status"])}
        return cls(params=params, **plain)

    def as_json(self) -> dict[str, Any]:
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "params"}
        return plain | {
            "data": dict(self.data),
            "strictness": str(self.strictness),
            "status": str(self.status),
        }

    def sentence(self) -> str:
        if self.status is Status.PENDING and not self.has_value:
            return _("待定，等%(what)s。") % {"what": self.waits_for or _("后续通知")}
        return self.params.sentence() if self.params else self.summary


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule before and after, under its key; one of the two may be None."""

    key: str
    what: Turn
    before: RuleSide | None
    after: RuleSide | None

    def values(self, names: Mapping[str, Any] | None = None) -> list[ValueChange]:
        """Which values changed, in words."""
        a, b = self.before, self.after
        if a is None or b is None or self.what is Turn.SOURCE:
            return []
        found = changed_values(a.params, b.params, names or {}) if a.params and b.params else []
        for name, words in (("strictness", STRICTNESS_WORDS), ("status", STATUS_WORDS)):
            old, new = getattr(a, name), getattr(b, name)
            if old is not new:
                found.append(ValueChange(str(CLAUSE[name]), str(words[old]), str(words[new])))
        for name, label in (("waits_for", CLAUSE["waits_for"]), ("only_for", CLAUSE["audience"])):
            old, new = getattr(a, name), getattr(b, name)
            if old != new:
                found.append(ValueChange(str(label), old, new))
        return found

    def sentence(self) -> str:
        """The change in one sentence, with the clause behind it."""
        a, b = self.before, self.after
        if a is None:
            assert b is not None
            return _("新增：%(after)s（%(cite)s）") % {"after": b.sentence(), "cite": b.cite}
        if b is None:
            return _("不再有：%(before)s（%(cite)s）") % {"before": a.sentence(), "cite": a.cite}
        if self.what is Turn.SOURCE:
            return _("内容不变，依据由%(old)s改为%(cite)s：%(after)s") % {
                "old": a.cite, "cite": b.cite, "after": b.sentence()
            }  # fmt: skip
        said = {
            "what": TURN_WORDS[self.what], "before": a.sentence(), "after": b.sentence(), "cite": b.cite,
            "values": _("；").join(v.sentence() for v in self.values()),
        }  # fmt: skip
        if a.sentence() == b.sentence():
            return _("%(what)s：%(after)s%(values)s。（%(cite)s）") % said
        return _("%(what)s：%(after)s原来是：%(before)s（%(cite)s）") % said

    def as_json(self) -> dict[str, Any]:
        """As plain JSON, for keeping with an act."""
        return {
            "key": self.key, "what": str(self.what), "before": self.before.as_json() if self.before else None,
            "after": self.after.as_json() if self.after else None,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RuleChange:
        """What :meth:`as_json` kept."""
        before, after = (RuleSide.read(data[side]) if data[side] else None for side in ("before", "after"))
        return cls(data["key"], Turn(data["what"]), before, after)


def rule_changes(before: Rules, after: Rules) -> tuple[RuleChange, ...]:
    """Every rule that is not the same before and after, in the order of ``after``; what is gone comes last."""
    changes = []
    for key, rule in after.items():
        old = before.get(key)
        what = Turn.NEW if old is None else _turn(old, rule)
        if what is not None:
            changes.append(RuleChange(key, what, RuleSide.of(old) if old else None, RuleSide.of(rule)))
    changes += [
        RuleChange(key, Turn.GONE, RuleSide.of(rule), None)
        for key, rule in before.items()
        if key not in after
    ]
    return tuple(changes)


def _turn(old: InForce, new: InForce) -> Turn | None:
    a, b = old.clause, new.clause
    same_params = old.kind == new.kind and old.params == new.params and old.value == new.value
    same_words = (old.status, a.audience.only_for) == (new.status, b.audience.only_for)
    if same_params and same_words and old.strictness is new.strictness:
        same_source = (a.notice.code, a.code) == (b.notice.code, b.code)
        return None if same_source else Turn.SOURCE
    was_open = old.status in (Status.PENDING, Status.TENTATIVE)
    if was_open and new.status is Status.FINAL and (same_params or old.value is None):
        return Turn.SETTLED
    if old.kind != new.kind or a.audience.only_for != b.audience.only_for:
        return Turn.CHANGED
    up, down = _stricter(new, old), _stricter(old, new)
    return Turn.CHANGED if up == down else Turn.STRICTER if up else Turn.EASED


def _stricter(one: InForce, other: InForce) -> bool:
    """Whether ``one`` asks for no less than ``other`` in anything: tightening the other by it gives itself."""
    if STRICTER.index(one.strictness) < STRICTER.index(other.strictness):
        return False
    if one.params == other.params:
        return one.strictness is not other.strictness
    if one.params.MODE is not Mode.TIGHTEN:
        return False
    tightened = one.params.combine(other.params, Mode.TIGHTEN)
    return tightened == one.params and not one.params.looser_than(other.params)
