"""The difference between two versions of a notice, or between a notice and one that it changes: complete, and readable."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.difference.sides import Side, clause_values, header_value, rule_values, settled
from kepu.notices.difference.values import ValueChange
from kepu.notices.format.columns import begins_at
from kepu.notices.format.schema import ClauseBase, Header, NoticeFile
from kepu.notices.kinds import Mode


class What(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # the same words at another place of the text


WHAT_WORDS = {
    What.ADDED: lazy("新增"), What.REMOVED: lazy("删去"), What.CHANGED: lazy("改动"), What.MOVED: lazy("移动"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """One field of the header. The values are plain, as JSON has them; None where there was none."""

    name: str
    before: Any
    after: Any

    def value(self, names: Mapping[str, Any] | None = None) -> ValueChange:
        """In words. ``names`` gives names for the codes of places, lines and notices."""
        return header_value(self.name, self.before, self.after, names or {})


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause. ``was`` and ``now`` are its places in the text, from 0; ``moved`` where others did not move with it.

    ``across``: before is the clause of another notice, and after the one that changes the rule it set.
    """

    what: What
    before: Side | None
    after: Side | None
    was: int | None = None
    now: int | None = None
    moved: bool = False
    across: bool = False

    @property
    def side(self) -> Side:
        """The clause as it is, or as it was where it is no more."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def code(self) -> str:
        return self.side.code

    @property
    def sentence_before(self) -> str:
        return self.before.sentence() if self.before else ""

    @property
    def sentence_after(self) -> str:
        return self.after.sentence() if self.after else ""

    def values(self, names: Mapping[str, Any] | None = None) -> list[ValueChange]:
        """Which values changed. ``names`` gives names for codes, as a rule book has them."""
        if self.before is None or self.after is None or self.what is What.MOVED:
            return []
        a, b = self.before.clause, self.after.clause
        if a is None or b is None:
            return []
        if not self.across:
            return list(clause_values(a, b, names or {}))
        return list(rule_values(a, b, _combined(a, b), names or {}))


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between ``before`` and ``after``; false when nothing did. ``is_first``: there was nothing before."""

    header: tuple[HeaderChange, ...] = ()
    clauses: tuple[ClauseChange, ...] = ()
    is_first: bool = False

    def __bool__(self) -> bool:
        return self.is_first or bool(self.header or self.clauses)

    @property
    def counts(self) -> dict[What, int]:
        return dict(Counter(c.what for c in self.clauses))

    def of_kinds(self, kinds: Collection[str]) -> Difference:
        """Only what it says of clauses of some kinds."""
        told = [c for c in self.clauses if c.what is not What.MOVED and c.side.data.get("kind") in kinds]
        return Difference((), tuple(told))

    def summary(self) -> str:
        """In one line: "新增3条，改动1条，改了文头：标题、发文字号"."""
        said = [
            _("%(what)s%(n)s条") % {"what": words, "n": self.counts[what]}
            for what, words in WHAT_WORDS.items()
            if what in self.counts
        ]
        if self.header:
            labels = [change.value().label for change in self.header]
            said.append(_("改了文头：%(fields)s") % {"fields": _("、").join(labels)})
        return _("，").join(said)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON, for keeping with an act."""
        return {
            "first": self.is_first,
            "header": [[c.name, c.before, c.after] for c in self.header],
            "clauses": [
                {
                    "what": str(c.what), "before": dict(c.before.data) if c.before else None,
                    "after": dict(c.after.data) if c.after else None, "was": c.was, "now": c.now, "moved": c.moved,
                    "across": c.across,
                }
                for c in self.clauses
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Difference:
        """What :meth:`as_json` kept."""
        return cls(
            tuple(HeaderChange(name, before, after) for name, before, after in data.get("header", ())),
            tuple(
                ClauseChange(
                    What(c["what"]), Side.read(c["before"]) if c["before"] else None,
                    Side.read(c["after"]) if c["after"] else None, c["was"], c["now"], c["moved"], c["across"],
                )
                for c in data.get("clauses", ())
            ),
            bool(data.get("first")),
        )  # fmt: skip


def notice_difference(before: NoticeFile | None, after: NoticeFile) -> Difference:
    """Everything that ``after`` says otherwise than ``before``, in the order of its text; what is gone comes last.

    Without a ``before`` every clause is added. Applied to ``before`` it gives ``after``; of equal files it is empty.
    """
    if before is None:
        new = [ClauseChange(What.ADDED, None, Side.of(c), None, i) for i, c in enumerate(after.clause)]
        return Difference((), tuple(new), is_first=True)
    old, mine = [settled(c) for c in before.clause], [settled(c) for c in after.clause]
    pairs = _pairs(old, mine)
    stayed = _longest_rising([pairs[now] for now in sorted(pairs)])
    changes = []
    for now, clause in enumerate(mine):
        was = pairs.get(now)
        if was is None:
            changes.append(ClauseChange(What.ADDED, None, Side.of(clause), None, now))
            continue
        moved = was not in stayed
        if clause != old[was] or moved:
            what = What.CHANGED if clause != old[was] else What.MOVED
            changes.append(ClauseChange(what, Side.of(old[was]), Side.of(clause), was, now, moved))
    kept = set(pairs.values())
    changes += [
        ClauseChange(What.REMOVED, Side.of(c), None, was) for was, c in enumerate(old) if was not in kept
    ]
    return Difference(_header_changes(before.notice, after.notice), tuple(changes))


# what a level above wants to know of a notice below: the dates, numbers and conditions, not the wording of its lists
BINDING = frozenset({"theme", "window", "gate", "duty", "quota", "coverage", "file_rule", "routing"})


def difference_on(
    below: NoticeFile, above: NoticeFile, *, added: bool = False, kinds: Collection[str] | None = None
) -> Difference:
    """What ``above`` changes in the rules that ``below`` set, where ``below`` goes on holding: a child, an amendment.

    With ``added`` also what it says that ``below`` does not speak of; ``kinds`` narrows to clauses of some kinds.
    """
    there: dict[Any, ClauseBase] = {}
    for clause in map(settled, below.clause):
        there[_rule(clause)] = there[_rule_and_audience(clause)] = clause
    changes = []
    for now, clause in enumerate(map(settled, above.clause)):
        if kinds is not None and clause.kind not in kinds:
            continue
        other = there.get(_rule_and_audience(clause)) or there.get(_rule(clause))
        if other is None:
            if added:
                changes.append(ClauseChange(What.ADDED, None, Side.of(clause), None, now))
        elif clause.mode not in (Mode.FIXED, Mode.PENDING):
            change = ClauseChange(What.CHANGED, Side.of(other), Side.of(clause), None, now, across=True)
            if change.values():
                changes.append(change)
    return Difference((), tuple(changes))


def _combined(below: ClauseBase, above: ClauseBase) -> Any:
    if below.kind != above.kind:
        return above.params
    return above.params.combine(below.params, above.effective_mode())


def _pairs(old: Sequence[ClauseBase], mine: Sequence[ClauseBase]) -> dict[int, int]:
    """{place in after: place in before} of the same clause: by its code, else by the rule it sets, where that is plain."""
    codes = {c.id: i for i, c in enumerate(old)}
    pairs = {now: codes[c.id] for now, c in enumerate(mine) if c.id in codes}
    for same in (_rule_and_audience, _rule):
        paired = set(pairs.values())
        left_old = _alone(old, paired, same)
        left_mine = _alone(mine, set(pairs), same)
        pairs |= {now: left_old[key] for key, now in left_mine.items() if key in left_old}
    return pairs


def _alone(clauses: Sequence[ClauseBase], but: set[int], same: Callable[[ClauseBase], Any]) -> dict[Any, int]:
    """Places of the clauses that no other is the ``same`` as, those in ``but`` left out."""
    left = [(same(c), i) for i, c in enumerate(clauses) if i not in but]
    seen = Counter(key for key, _i in left)
    return {key: i for key, i in left if seen[key] == 1}


def _rule(clause: ClauseBase) -> Any:
    return clause.kind, clause.rule_key()


def _rule_and_audience(clause: ClauseBase) -> Any:
    return *_rule(clause), clause.audience


def _longest_rising(places: Sequence[int]) -> set[int]:
    """Of places in a new order the most that still rise: whatever is not among them was moved."""
    ends: list[int] = []  # ends[n]: the least place that a rising run of n + 1 can end with
    runs: list[tuple[int, int]] = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        runs.append((length, place))
    wanted, stayed = len(ends) - 1, set()
    for length, place in reversed(runs):
        if length == wanted:
            stayed.add(place)
            wanted -= 1
    return stayed


def _header_changes(before: Header, after: Header) -> tuple[HeaderChange, ...]:
    a, b = _plain(before), _plain(after)
    changes = [
        HeaderChange(name, a.get(name), b.get(name))
        for name in Header.model_fields
        if a.get(name) != b.get(name)
    ]
    same_beginning = begins_at(before) == begins_at(after)
    return tuple(c for c in changes if not (c.name == "in_force" and same_beginning and c.before and c.after))


def _plain(head: Header) -> dict[str, Any]:
    return head.model_dump(mode="json")
