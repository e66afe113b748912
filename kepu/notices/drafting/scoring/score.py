"""A drafted notice against the true one."""

from __future__ import annotations

from typing import Any

from kepu.notices.drafting.scoring.counts import GroupScore, Score
from kepu.notices.drafting.scoring.fields import field_scores
from kepu.notices.drafting.scoring.groups import GROUPS
from kepu.notices.drafting.scoring.items import Item
from kepu.notices.drafting.scoring.kin import KIN, same_number
from kepu.notices.drafting.scoring.matching import paired
from kepu.notices.format.schema import NoticeFile


def score(truth: NoticeFile, drafted: NoticeFile) -> Score:
    """What the draft found, missed and made up, by group, and how many lesser fields of what it found are right.

    One true thing is found by one drafted thing at most. Of all ways to pair them the one with the most pairs counts,
    and of those the likest, so the order in which things stand makes no difference.
    """
    groups: dict[str, GroupScore] = {}
    found: list[tuple[Any, Any]] = []
    left: dict[str, tuple[list[Item], list[Item]]] = {}
    for group in GROUPS:
        true, ours = (sorted(group.items(notice), key=_in_order) for notice in (truth, drafted))
        pairs = paired([item.value for item in true], [item.value for item in ours], group.likeness)
        seen, used = {i for i, _j in pairs}, {j for _i, j in pairs}
        left[group.code] = (
            [item for i, item in enumerate(true) if i not in seen],
            [item for j, item in enumerate(ours) if j not in used],
        )
        groups[group.code] = GroupScore(len(pairs))
        if group.whole:
            found += [(true[i].clause, ours[j].clause) for i, j in pairs]
    for code, other in KIN.items():
        missed, invented = left[code][0], left[other][1]
        pairs = paired([m.clause for m in missed], [i.clause for i in invented], same_number)
        found += [(missed[i].clause, invented[j].clause) for i, j in pairs]
        groups[code] += GroupScore(len(pairs))
        left[code] = (_without(missed, {i for i, _j in pairs}), left[code][1])
        left[other] = (left[other][0], _without(invented, {j for _i, j in pairs}))
    for code, (missed, invented) in left.items():
        groups[code] += GroupScore(0, tuple(m.said for m in missed), tuple(i.said for i in invented))
    return Score(groups, field_scores(found))


def _without(items: list[Item], gone: set[int]) -> list[Item]:
    return [item for at, item in enumerate(items) if at not in gone]


def _in_order(item: Item) -> tuple[str, str]:
    return item.said, repr(item.value)
