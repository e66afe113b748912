"""What a copy would make, as the page shows it before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kepu.notices import queries
from kepu.notices.copying import HEADER, ShiftedNotice
from kepu.notices.format.schema import SeasonHeader
from kepu.notices.models import Season
from kepu.notices.shifting.looks import day_words

LOOKS_SHOWN, DAYS_SHOWN = 12, 12


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at, and the clause it is in."""

    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PreviewedNotice:
    title: str
    size: int
    looks: int  # clauses that somebody must look at
    days: tuple[tuple[str, str, str], ...]  # clause, before, after
    more_days: int
    said: tuple[Look, ...]
    more_said: int


@dataclass(frozen=True, slots=True)
class Preview:
    source: Season
    header: SeasonHeader
    days: int
    keeps_weekdays: bool
    total: int
    more: int
    notices: tuple[PreviewedNotice, ...]
    unread: tuple[str, ...]


def previewed(source: Season, header: SeasonHeader, days: int) -> Preview:
    """The copy of a season as it would be, its widest notices in full."""
    found = queries.copy_preview(source, code=header.code, year=header.year, days=days)
    notices = tuple(_notice(notice) for notice in found.shown)
    return Preview(source, header, days, days % 7 == 0, found.total, found.more, notices, found.unread)


def _notice(notice: ShiftedNotice) -> PreviewedNotice:
    days = [(move.clause, day_words(move.before), day_words(move.after)) for move in notice.days]
    said = [
        Look(_("文头") if where == HEADER else where, flag.sentence)
        for where, flags in notice.flags.items()
        for flag in flags
    ]
    size = len(notice.file.clause)
    return PreviewedNotice(
        notice.file.notice.title, size, size - notice.settled, tuple(days[:DAYS_SHOWN]), max(len(days) - DAYS_SHOWN, 0),
        tuple(said[:LOOKS_SHOWN]), max(len(said) - LOOKS_SHOWN, 0),
    )  # fmt: skip
