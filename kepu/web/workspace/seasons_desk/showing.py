"""What differs between two seasons as a page and a sheet show it. Values only; no query."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.comparing import Change, Comparison, Row
from kepu.notices.kinds import kinds
from kepu.web.portal.notices.showing import GROUPS

TONES = {Change.CHANGED: "gamboge", Change.ONLY_BEFORE: "plain", Change.ONLY_AFTER: "azurite"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison of the page: the rules of somebody, or a pair of notices."""

    title: str
    comparison: Comparison | None  # None where one of two notices cannot be read


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    kind: str
    change: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part in groups, as the portal groups rules."""

    title: str
    groups: tuple[tuple[str, tuple[ShownRow, ...]], ...]
    unchanged: int
    is_read: bool


def change_words(names: Sequence[str]) -> dict[Change, str]:
    """What to call each sort of difference, with the names of the two seasons."""
    return {
        Change.CHANGED: _("两届不同"),
        Change.ONLY_BEFORE: _("只有%(season)s有") % {"season": names[0]},
        Change.ONLY_AFTER: _("只有%(season)s有") % {"season": names[1]},
    }


def shown(parts: Iterable[Part], words: dict[Change, str], only: Change | None) -> list[ShownPart]:
    """The parts grouped for a reader; ``only`` keeps one sort of difference."""
    return [_part(part, words, only) for part in parts]


def _part(part: Part, words: dict[Change, str], only: Change | None) -> ShownPart:
    if part.comparison is None:
        return ShownPart(part.title, (), 0, is_read=False)
    rows = [row for row in part.comparison.rows if only is None or row.change is only]
    groups = tuple(
        (str(title), found)
        for _code, title, members in GROUPS
        if (found := tuple(_row(row, words) for kind in members for row in rows if row.kind == kind))
    )
    return ShownPart(part.title, groups, part.comparison.unchanged, is_read=True)


def _row(row: Row, words: dict[Change, str]) -> ShownRow:
    return ShownRow(row, str(kinds()[row.kind].LABEL), words[row.change], TONES[row.change])


def counts(parts: Iterable[Part]) -> dict[Change, int]:
    """How many differences of each sort."""
    rows = [row for part in parts if part.comparison for row in part.comparison.rows]
    return {change: sum(row.change is change for row in rows) for change in Change}


HEADINGS: tuple[Any, ...] = (lazy("范围"), lazy("种类"), lazy("代码"), lazy("区别"))


def as_csv(parts: Iterable[Part], names: Sequence[str], words: dict[Change, str]) -> str:
    """Every difference as a table that spreadsheets open; no cell is taken for a formula."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow([*map(str, HEADINGS), names[0], _("依据"), names[1], _("依据"), _("说明")])
    for part in parts:
        for row in part.comparison.rows if part.comparison else ():
            cells = (
                part.title, str(kinds()[row.kind].LABEL), row.key, words[row.change], row.before, row.cite_before, row.after,
                row.cite_after, _("；").join(row.notes),
            )  # fmt: skip
            write.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return "\ufeff" + out.getvalue()
