"""Clauses and rules as a reader sees them. Values only; no query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.inheritance import MODE_WORDS, STATUS_WORDS, STRICTNESS_WORDS, ClauseView, InForce, Rules
from kepu.notices.kinds import Mode, Status, Strictness, kinds
from kepu.notices.kinds.audience import Profile
from kepu.orgs.models import Place

GROUPS = (
    (lazy("主题和时间"), ("theme", "window")),
    (lazy("填报、发布和完善时的把关条件"), ("gate", "routing", "mark")),
    (lazy("要报送的"), ("duty", "form", "call", "file_rule")),
    (lazy("数量和覆盖"), ("quota", "coverage")),
    (lazy("活动板块和清单"), ("track", "list", "programme", "party")),
    (lazy("评价和表扬"), ("indicator", "commendation")),
    (lazy("其他"), ("contact", "text")),
)
TONES = {
    Strictness.HARD: "cinnabar", Strictness.IN_PRINCIPLE: "gamboge", Strictness.STRIVE: "azurite", Strictness.NONE: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause with its words, and the clause above it where there is one."""

    clause: ClauseView
    kind: str
    who: str
    strictness: str
    tone: str
    mode: str
    status: str
    parent: ClauseView | None
    change: str


def shown_clauses(
    clauses: Sequence[ClauseView], parents: Mapping[str, ClauseView], names: dict[str, str]
) -> list[ShownClause]:
    """The clauses of a notice in words, each beside what the notice above says under the same key."""
    labels = kinds()
    shown = []
    for c in clauses:
        parent = parents.get(c.key)
        shown.append(
            ShownClause(
                c, str(labels[c.kind].LABEL), "" if c.audience.is_everybody() else c.audience.words(names),
                str(STRICTNESS_WORDS[c.strictness]) if c.strictness is not Strictness.NONE else "", TONES[c.strictness],
                str(MODE_WORDS[c.mode]) if parent else "", "" if c.status is Status.FINAL else str(STATUS_WORDS[c.status]),
                parent, _change(c, parent),
            )
        )  # fmt: skip
    return shown


def _change(clause: ClauseView, parent: ClauseView | None) -> str:
    if parent is None or parent.kind != clause.kind:
        return ""
    mine, theirs = clause.params.sentence(), parent.params.sentence()
    if mine == theirs:
        return _("与上级相同")
    if clause.mode is Mode.FIXED:
        return ""
    return _("上级写的是：%(theirs)s") % {"theirs": theirs}


def rule_groups(rules: Rules) -> list[tuple[str, list[InForce]]]:
    """The rules in force, grouped for a reader; empty groups left out."""
    groups = []
    for title, members in GROUPS:
        found = [rule for kind in members for rule in rules.of_kind(kind)]
        if found:
            groups.append((str(title), found))
    return groups


def chosen_profile(place: Place, kind: str) -> Profile:
    """Anybody of a kind at a place, without titles or seats."""
    return Profile(place.path, kind, place.level, place.kind)
