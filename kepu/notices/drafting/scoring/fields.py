"""Of what was found: whether its lesser fields are right too.

======== ===================================================================================================
audience of every clause that was found: the same words, whatever their order
receiver of a duty: the same; a single unit's code is a person's choice
parts    of a duty: as many, of the same names or codes
channels of a duty: the same codes
======== ===================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.audiences import same_audience
from kepu.notices.drafting.scoring.counts import FieldScore
from kepu.notices.drafting.scoring.matching import paired
from kepu.notices.drafting.scoring.words import ENOUGH, alike

FIELDS: dict[str, Any] = {
    "audience": _("对象"),
    "duty.receiver": _("任务报给谁"),
    "duty.parts": _("任务要交哪几样"),
    "duty.channels": _("任务的渠道"),
}


def field_scores(found: Iterable[tuple[Any, Any]]) -> dict[str, FieldScore]:
    """The figures for pairs of a true and a drafted clause."""
    scores = dict.fromkeys(FIELDS, FieldScore())
    for true, drafted in found:
        for name, right in _compared(true, drafted):
            scores[name] += FieldScore(int(right), 1)
    return scores


def _compared(true: Any, drafted: Any) -> Iterator[tuple[str, bool]]:
    yield "audience", same_audience(true.audience, drafted.audience)
    if true.kind == "duty" == drafted.kind:
        a, b = true.duty, drafted.duty
        yield "duty.receiver", _receiver(a.to) == _receiver(b.to)
        yield "duty.parts", len(a.parts) == len(b.parts) == len(paired(a.parts, b.parts, _same_part))
        yield "duty.channels", {c.code for c in a.channels} == {c.code for c in b.channels}


def _receiver(to: str) -> str:
    return "unit" if to.startswith("unit:") else to


def _same_part(one: Any, other: Any) -> float:
    words = alike(one.label, other.label)
    return max(words, float(one.code == other.code)) if words >= ENOUGH or one.code == other.code else 0.0
