"""Every group, in the order in which figures are shown."""

from __future__ import annotations

from kepu.notices.drafting.scoring import due, gates, head, listed, others, papers, quotas
from kepu.notices.drafting.scoring.items import Group

GROUPS: tuple[Group, ...] = (
    *head.GROUPS, *others.THEME, *due.GROUPS, *quotas.GROUPS, *gates.GROUPS, *papers.GROUPS, *listed.GROUPS, *others.GROUPS,
)  # fmt: skip
TITLES = {group.code: group.title for group in GROUPS}
