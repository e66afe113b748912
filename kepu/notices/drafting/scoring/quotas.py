"""Quotas: how many are asked for, of what.

=========== =================================================================================================
quota       the same bounds (the same nominal number where there are none, the same classes where there is
            neither) of the same object; just so many is found by at least or at most so many. Audience and what
            it is counted by decide between several. What each activity or entry is to have is a threshold
=========== =================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.audiences import in_common
from kepu.notices.drafting.scoring.items import Group, Item, clauses, said
from kepu.notices.drafting.scoring.words import ENOUGH, alike
from kepu.notices.format.schema import NoticeFile
from kepu.notices.kinds.quota import OBJECTS

OF_ONE = frozenset({"activity", "entry"})


def _quotas(notice: NoticeFile) -> Iterator[Item]:
    for clause in clauses(notice, "quota"):
        if clause.quota.per not in OF_ONE or not clause.quota.bound.is_set():
            yield Item(said(clause), clause, clause)


def _same_numbers(a: Any, b: Any) -> bool:
    if not (a.bound.is_set() and b.bound.is_set()):
        return _without_bounds(a) == _without_bounds(b)
    if (a.min, a.max) == (b.min, b.max):
        return True
    return any(
        one.min == one.max and (other.min, other.max) in ((one.min, None), (None, one.max))
        for one, other in ((a, b), (b, a))
    )


def _without_bounds(quota: Any) -> Any:
    if quota.bound.is_set():
        return quota.min, quota.max
    if quota.nominal is not None:
        return "nominal", quota.nominal
    return frozenset((c.min, c.max, c.percent) for c in quota.classes)


def _same_quota(one: Any, other: Any) -> float:
    a, b = one.quota, other.quota
    if not _same_numbers(a, b) or not (like := _same_object(a, b)):
        return 0.0
    by = (a.per, a.place_level) == (b.per, b.place_level)
    exactly = (a.min, a.max) == (b.min, b.max)
    return like + 0.5 * in_common(one.audience, other.audience) + 0.2 * by + 0.2 * exactly


def _same_object(a: Any, b: Any) -> float:
    """Codes that the format names mean what they say, unless the words beside them say one thing."""
    words = alike(_object(a), _object(b))
    if a.of == b.of:
        return 0.7 + 0.3 * words
    if a.of in OBJECTS and b.of in OBJECTS and not (a.title and b.title):
        return 0.0
    return words if words >= ENOUGH else 0.0


def _object(quota: Any) -> str:
    return str(quota.title or OBJECTS.get(quota.of, quota.of))


GROUPS = (Group("quota", _("数量要求"), _quotas, _same_quota, whole=True),)
