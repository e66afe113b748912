"""Rows of the quota board as a page draws them: the least is a mark, passing the most is never wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.kinds.base import unit_words
from kepu.oversight.quotas import QuotaRow, Standing
from kepu.web.shared.sources import Source, source_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One quota of one unit on its scale."""

    who: str
    title: str
    sentence: str
    done: int
    least: int | None
    most: int | None
    unit: str
    planned: int
    surplus: int
    source: Source


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A quota that the system cannot count: not zero, but unknown. Those who are asked the same stand together."""

    who: str
    title: str
    sentence: str
    why: str
    source: Source


def split(rows: Iterable[QuotaRow]) -> tuple[list[Bar], list[Uncounted]]:
    """Those that are counted, what falls short first on its page, and those that are not."""
    seen = list(rows)
    bars = [_bar(row) for row in seen if row.standing is not Standing.NOT_COUNTED]
    unknown: dict[tuple[str, str, str], list[QuotaRow]] = {}
    for row in seen:
        if row.standing is Standing.NOT_COUNTED:
            unknown.setdefault((row.sentence, row.cite, row.not_counted), []).append(row)
    return bars, [_uncounted(alike) for alike in unknown.values()]


def _uncounted(alike: list[QuotaRow]) -> Uncounted:
    row, who = alike[0], [_who(one) for one in alike]
    names = _("、").join(who[:3])
    if len(who) > 3:
        names = _("%(names)s等%(n)s个") % {"names": names, "n": len(who)}
    return Uncounted(names, row.title, row.sentence, row.not_counted, source_of(row.rule))


def _bar(row: QuotaRow) -> Bar:
    params: Any = row.rule.params
    return Bar(
        _who(row), row.title, row.sentence, row.done or 0, _whole(row.minimum), _whole(row.maximum), unit_words(params.unit or "项", row.done or 0),
        row.planned or 0, row.surplus or 0, source_of(row.rule),
    )  # fmt: skip


def _who(row: QuotaRow) -> str:
    return _("、").join(row.places) if row.places else row.unit.name


def _whole(number: float | None) -> int | None:
    return None if number is None else int(-(-number // 1))
