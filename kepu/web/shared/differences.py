"""A difference as ``components/difference.html`` draws it, and a notice's log as ``components/notice-log.html`` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.notices.difference import (
    TURN_WORDS,
    WHAT_WORDS,
    ClauseChange,
    Difference,
    RuleChange,
    Turn,
    ValueChange,
    What,
)
from kepu.notices.models import Notice
from kepu.notices.queries import LogLine
from kepu.notices.rulebook import RuleBook, rule_book

SHOWN = 60  # changes of one difference; a page does not grow with what was once imported
_TONES = {
    What.ADDED: "malachite", What.REMOVED: "ochre", What.CHANGED: "gamboge", What.MOVED: "plain", Turn.NEW: "malachite",
    Turn.GONE: "ochre", Turn.STRICTER: "cinnabar", Turn.EASED: "azurite", Turn.SETTLED: "malachite", Turn.CHANGED: "gamboge",
    Turn.SOURCE: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what became of it, where it stands, its values before and after; else its sentences."""

    word: str
    tone: str
    number: str
    about: str  # kind and code, or the clause behind it
    values: Sequence[ValueChange]
    before: str  # a sentence that no longer holds
    after: str  # one that holds instead, or anew
    now: str  # the sentence as it is, beside the values that changed
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What ``components/difference.html`` draws. ``more`` changes are not shown."""

    header: Sequence[ValueChange]
    changes: Sequence[Change]
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.header or self.changes)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One act of a log."""

    at: datetime
    who: str
    sentence: str
    reason: str
    difference: Shown | None
    url: str  # the other notice's page


def names_for(book: RuleBook) -> dict[str, Any]:
    """Names for the codes that a difference may hold: those that audiences name, and notices by their titles."""
    return {
        **book.names,
        **{f"notice:{n.code}": f"《{n.title.strip('《》')}》" for n in book.notices.values()},
    }


def shown_difference(difference: Difference, names: Mapping[str, Any], *, most: int = SHOWN) -> Shown:
    """A notice's difference in words."""
    changes = [_clause(c, names) for c in difference.clauses[:most]]
    header = [h.value(names) for h in difference.header]
    return Shown(header, changes, max(0, len(difference.clauses) - most))


def shown_changes(changes: Iterable[RuleChange], names: Mapping[str, Any], *, most: int = SHOWN) -> Shown:
    """Changes of rules in words."""
    found = list(changes)
    return Shown((), [rule_change(c, names) for c in found[:most]], max(0, len(found) - most))


def rule_change(change: RuleChange, names: Mapping[str, Any], note: str = "") -> Change:
    """One change of a rule in words."""
    before, after = change.before, change.after
    side = after or before
    assert side is not None
    values = change.values(names)
    old, new = before.sentence() if before else "", after.sentence() if after else ""
    in_values = bool(values) and bool(old)
    if change.what is Turn.SOURCE and before is not None:
        note = _("原来的依据：%(cite)s") % {"cite": before.cite}
        old, in_values = "", True
    return Change(
        str(TURN_WORDS[change.what]), _TONES[change.what], "", side.cite, values, "" if in_values else old,
        "" if in_values else new, new if in_values else "", note,
    )  # fmt: skip


def shown_log(lines: Iterable[LogLine], notice: Notice, *, most: int = SHOWN) -> list[ShownLine]:
    """A notice's log in words; who acted is named by unit only."""
    names = names_for(rule_book(notice.season))
    return [
        ShownLine(
            line.at, line.who or _("系统操作"), line.sentence, line.reason,
            shown_difference(line.difference, names, most=most) if line.difference else None,
            reverse("portal:notice", args=[notice.season.code, line.other]) if line.other else "",
        )
        for line in lines
    ]  # fmt: skip


def _clause(change: ClauseChange, names: Mapping[str, Any]) -> Change:
    side = change.side
    values = change.values(names)
    old, new = change.sentence_before, change.sentence_after
    in_values = bool(values) or change.what is What.MOVED
    note = ""
    if change.moved and change.now is not None:
        note = _("移到了第%(n)s条的位置") % {"n": change.now + 1}
    return Change(
        str(WHAT_WORDS[change.what]), _TONES[change.what], side.number, _("%(kind)s · %(code)s") % {
            "kind": side.kind_label, "code": side.code
        }, values, "" if in_values else old, "" if in_values else new, new if in_values else "", note,
    )  # fmt: skip
