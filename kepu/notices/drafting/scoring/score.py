"""A drafted notice against the true one."""

from __future__ import annotations

from typing import Any

from kepu.notices.drafting.scoring.counts import GroupScore, Score
from kepu.notices.drafting.scoring.fields import field_scores
from kepu.notices.drafting.scoring.groups import GROUPS
from kepu.notices.drafting.scoring.items import Item
from kepu.notices.drafting.scoring.matching import paired
from kepu.notices.format.schema import NoticeFile


def score(truth: NoticeFile, drafted: NoticeFile) -> Score:
    """What the draft found, missed and made up, by group, and how many lesser fields of what it found are right.

    One true thing is found by one drafted thing at most. Of all ways to pair them the one with the most pairs counts,
    and of those the likest, so the order in which things stand makes no difference.
    """
    groups: dict[str, GroupScore] = {}
    found: list[tuple[Any, Any]] = []
    for group in GROUPS:
        true, ours = (sorted(group.items(notice), key=_in_order) for notice in (truth, drafted))
        pairs = paired([item.value for item in true], [item.value for item in ours], group.likeness)
        seen, used = {i for i, _j in pairs}, {j for _i, j in pairs}
        groups[group.code] = GroupScore(
            len(pairs),
            tuple(item.said for i, item in enumerate(true) if i not in seen),
            tuple(item.said for j, item in enumerate(ours) if j not in used),
        )
        if group.whole:
            found += [(true[i].clause, ours[j].clause) for i, j in pairs]
    return Score(groups, field_scores(found))


def _in_order(item: Item) -> tuple[str, str]:
    return item.said, repr(item.value)
