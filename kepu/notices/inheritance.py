"""The rules in force for a unit: one pure function of clauses, a profile and an instant. No query inside.

The clauses of a chain are folded from the nation down. Each clause that binds the unit stands on what came before it
under its mode; silence deletes nothing; what is pending takes its parent's value once there is one and says so. A
clause that binds others but sets the same key is kept as the *frame*: a deadline of the next link up, an outer limit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.kinds.audience import Audience, Profile
from kepu.notices.kinds.base import STRICTER, Mode, Params, Status, Strictness

if TYPE_CHECKING:
    from kepu.notices.explaining import Explanation

MODE_WORDS = {
    Mode.FIXED: lazy("照上级不变"), Mode.UNION: lazy("在上级基础上增加"), Mode.REPLACE: lazy("代替上级的"),
    Mode.TIGHTEN: lazy("在上级基础上收紧"), Mode.SHIFT: lazy("下移一级"), Mode.PENDING: lazy("待定"),
}  # fmt: skip
STATUS_WORDS = {Status.FINAL: lazy("正式"), Status.TENTATIVE: lazy("暂定"), Status.PENDING: lazy("待定")}
STRICTNESS_WORDS = {
    Strictness.HARD: lazy("必须做到"), Strictness.IN_PRINCIPLE: lazy("原则上要求"),
    Strictness.STRIVE: lazy("争取做到"), Strictness.NONE: lazy("供参考"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as the fold sees it."""

    id: int
    code: str
    title: str
    number: str
    issuer: str
    status: str
    place: str  # path
    place_name: str
    line: str  # path, "" for a notice of a place
    in_force_at: datetime | None
    ends_at: datetime | None  # replaced or withdrawn from then on
    season_code: str = ""

    @property
    def short(self) -> str:
        return self.number or f"《{self.title}》"

    def holds(self, at: datetime) -> bool:
        return (self.in_force_at is None or self.in_force_at <= at) and (
            self.ends_at is None or at < self.ends_at
        )

    @property
    def is_placeholder(self) -> bool:
        return self.status == "placeholder"


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as the fold sees it: typed and frozen."""

    id: int
    notice: NoticeView
    code: str
    number: str
    kind: str
    key: str
    params: Params
    audience: Audience
    strictness: Strictness
    status: Status
    mode: Mode
    position: int = 0
    summary: str = ""
    summary_en: str = ""
    scope: str = ""  # path; "" is the notice's place
    caller: str = ""
    waits_for: str = ""

    @property
    def reach(self) -> str:
        return self.scope or self.notice.place

    @property
    def cite(self) -> str:
        """东科协〔2023〕17号 六（二）1"""
        return f"{self.notice.short} {self.number}".strip()

    @property
    def is_pending(self) -> bool:
        return self.status is Status.PENDING or self.mode is Mode.PENDING

    @property
    def standing(self) -> Status:
        """How settled it is: all that an advance notice says is tentative at best."""
        if self.is_pending:
            return Status.PENDING
        return Status.TENTATIVE if self.notice.status == "advance" else self.status

    def reaches(self, who: Profile, at: datetime) -> bool:
        """Whether it is in force at ``at`` and lies on the way from the nation to them: of a notice that is known."""
        notice = self.notice
        return (
            who.place.startswith(self.scope or notice.place) and who.line.startswith(notice.line)
            and notice.holds(at) and not notice.is_placeholder
        )  # fmt: skip

    def told(self) -> str:
        """The summary in the reader's language."""
        english = (get_language() or "").startswith("en")
        return self.summary_en if english and self.summary_en else self.summary


@dataclass(frozen=True, slots=True)
class InForce:
    """One rule in force: its value, the clause that sets it, and the clauses it stands on (nearest first).

    ``among`` are all the rules it was taken from: with them it can be explained wherever it is shown.
    """

    key: str
    value: Any
    params: Params
    clause: ClauseView
    mode: Mode
    status: Status
    strictness: Strictness
    chain: tuple[ClauseView, ...]
    among: Rules | None = field(default=None, compare=False, repr=False)

    @property
    def kind(self) -> str:
        return self.clause.kind

    @property
    def cite(self) -> str:
        return self.clause.cite

    def sentence(self) -> str:
        return self.params.sentence()


@dataclass(frozen=True)
class Rules(Mapping[str, InForce]):
    """Every rule in force for one profile at one instant. A frozen mapping from key to :class:`InForce`."""

    rules: Mapping[str, InForce]
    frames: Mapping[str, tuple[ClauseView, ...]] = field(default_factory=dict)
    unknown: tuple[NoticeView, ...] = ()  # layers that exist without a text
    notices: tuple[NoticeView, ...] = ()  # the chain, nearest first
    names: Mapping[str, Any] = field(default_factory=dict)
    who: Profile | None = None

    def __getitem__(self, key: str) -> InForce:
        return self.rules[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def value(self, key: str, default: Any = None) -> Any:
        """The value of a rule, or ``default`` where no notice sets one."""
        rule = self.rules.get(key)
        return default if rule is None or rule.value is None else rule.value

    @cached_property
    def values_by_key(self) -> dict[str, Any]:
        """Values for gates that point at other rules: themes as text, windows as windows."""
        return {key: (r.params if r.kind == "window" else r.value) for key, r in self.rules.items()}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[InForce, ...]]:
        groups: dict[str, list[InForce]] = {}
        for rule in self.rules.values():
            groups.setdefault(rule.kind, []).append(rule)
        return {kind: tuple(found) for kind, found in groups.items()}

    def of_kind(self, kind: str) -> tuple[InForce, ...]:
        """The rules of one kind, in the order of the chain."""
        return self._by_kind.get(kind, ())

    def explanation(self, key: str) -> Explanation:
        """Why this holds: the clauses nearest first, what they ask of others, the layers nothing is known of."""
        from kepu.notices.explaining import explained

        return explained(self, key)

    def explain(self, key: str) -> list[str]:
        """The same in sentences."""
        return self.explanation(key).words()

    def labels(self, prefix: str) -> dict[str, str]:
        """Codes and labels of every list or track whose key is ``prefix`` or lies under it, as ``list.topics`` does."""
        found: dict[str, str] = {}
        for key, rule in self.rules.items():
            if (key == prefix or key.startswith(prefix + ".")) and hasattr(rule.params, "labels"):
                found.update(rule.params.labels())
        return found

    @cached_property
    def snapshot(self) -> dict[str, Any]:
        """The rules as plain data, for keeping with what was filed under them."""
        return {
            key: {
                "notice": r.clause.notice.code, "clause": r.clause.code, "cite": r.cite, "kind": r.kind,
                "strictness": r.strictness, "status": r.status, "chain": [c.code for c in r.chain],
                "params": r.params.model_dump(mode="json", exclude_defaults=True),
            }
            for key, r in self.rules.items()
            if r.kind in ("gate", "duty", "routing", "window", "theme", "quota", "form")
        }  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """SHA-256 of :attr:`snapshot` in canonical JSON."""
        text = json.dumps(self.snapshot, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _order(clause: ClauseView) -> tuple[Any, ...]:
    """From the nation down: by the depth of place, then of line, then by date, then as the text goes."""
    when = clause.notice.in_force_at
    return (
        clause.reach.count("/"), clause.notice.line.count("/"), when.timestamp() if when else 0.0,
        clause.notice.id, clause.audience.specificity(), clause.position,
    )  # fmt: skip


def fold(
    clauses: Sequence[ClauseView], who: Profile, at: datetime, *,
    paths: dict[str, str] | None = None, names: Mapping[str, Any] | None = None,
    notices: Sequence[NoticeView] = (),
) -> Rules:  # fmt: skip
    """Fold ``clauses`` into the rules in force for ``who`` at ``at``.

    ``clauses`` may be any of a season's; those out of reach or out of force are passed over. ``paths`` gives the paths
    of the place and line codes that audiences name. Pure: the same arguments give an equal result.
    """
    paths = paths or {}
    in_reach = [c for c in clauses if c.reaches(who, at)]
    rules: dict[str, InForce] = {}
    frames: dict[str, list[ClauseView]] = {}
    for clause in sorted(in_reach, key=_order):
        if not clause.audience.binds(who, paths):
            frames.setdefault(clause.key, []).insert(0, clause)
            continue
        rules[clause.key] = _stand(clause, rules.get(clause.key))
    chain = {n.id: n for n in (*notices, *(c.notice for c in in_reach))}
    reached = [
        n
        for n in chain.values()
        if n.holds(at) and who.place.startswith(n.place) and who.line.startswith(n.line)
    ]
    nearest = sorted(reached, key=lambda n: (-n.place.count("/"), -n.line.count("/"), n.id))
    whole = Rules(
        rules, {k: tuple(v) for k, v in frames.items()}, tuple(n for n in nearest if n.is_placeholder),
        tuple(nearest), names or {}, who,
    )  # fmt: skip
    for key, rule in rules.items():
        rules[key] = replace(rule, among=whole)
    return whole


def _stand(clause: ClauseView, below: InForce | None) -> InForce:
    """The rule when ``clause`` comes on top of what is there."""
    status = clause.standing
    if below is None or below.kind != clause.kind:
        value = None if clause.is_pending and clause.mode is Mode.PENDING else clause.params.value
        return InForce(
            clause.key, value, clause.params, clause, clause.mode, status, clause.strictness, (clause,)
        )
    chain = (clause, *below.chain)
    same_notice = clause.notice.id == below.clause.notice.id
    if clause.is_pending:
        return replace(
            below, chain=chain
        )  # the parent's value is the answer; the chain tells that it was awaited
    if below.status is Status.PENDING and below.value is None:
        return InForce(
            clause.key,
            clause.params.value,
            clause.params,
            clause,
            clause.mode,
            status,
            clause.strictness,
            chain,
        )
    if clause.mode is Mode.FIXED and not same_notice:
        return replace(below, chain=chain)
    stands_alone = (
        same_notice and clause.mode is not Mode.UNION
    )  # of one notice the narrower speaks; a union adds
    params = clause.params if stands_alone else clause.params.combine(below.params, clause.mode)
    strictness = clause.strictness
    if clause.mode is Mode.TIGHTEN and not same_notice:
        strictness = max(clause.strictness, below.strictness, key=STRICTER.index)
    return InForce(clause.key, params.value, params, clause, clause.mode, status, strictness, chain)
