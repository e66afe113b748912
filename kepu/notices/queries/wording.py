"""Reads: what the notices of a season call the codes of their lists, wherever in the country they stand."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from kepu.notices.book import LISTS
from kepu.notices.models import Clause, Season

MOST = 200  # however many counties have lists of their own


def words_anywhere(
    season: Season, prefix: str, codes: Collection[str], *, english: bool = False
) -> dict[str, str]:
    """The words of codes that some notice's list has, such as those of ``list.fields``: the widest place's word stands.

    One query of :data:`MOST` clauses; none where no code is asked for. A place has codes of its own, and what is counted in it
    is seen above too; a code that only later clauses have goes without a word.
    """
    if not codes:
        return {}
    rows = Clause.objects.filter(
        Q(key=prefix) | Q(key__startswith=f"{prefix}."), notice__season=season, kind__in=LISTS
    )
    found: dict[str, str] = {}
    for params in rows.order_by("notice__place__path", "position").values_list("params", flat=True)[:MOST]:
        for one in [*params.get("items", ()), *params.get("nodes", ())]:
            if one.get("code") in codes:
                found.setdefault(one["code"], (english and one.get("label_en")) or one["label"])
    return found
