"""Two seasons compared as they stand in the database: the rules for somebody, or notice against notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from kepu.core.calendar import end_of_day
from kepu.notices.comparing import Comparison, Names, Said, Year, compare, said_by_notice, said_by_rules
from kepu.notices.format.schema import NoticeFile
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.audience import Profile
from kepu.notices.models import Notice, Season
from kepu.notices.queries.notices import files_of
from kepu.notices.queries.seasons import first_day_of_week, to_be_copied
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place

AT_ONCE = 50


def rules_compared(before: Season, after: Season, who: Profile, at: datetime) -> Comparison:
    """What holds for somebody in two seasons, each as its notices left it at its end."""
    old, new = (_rules_at_the_end(season, who, at) for season in (before, after))
    return compare(said_by_rules(old), said_by_rules(new), years_of(before, after), new.names)


def years_of(before: Season, after: Season) -> tuple[Year, Year]:
    """Two seasons as a comparison takes them."""
    first, second = (Year(season.year, first_day_of_week(season)) for season in (before, after))
    return first, second


def _rules_at_the_end(season: Season, who: Profile, at: datetime) -> Rules:
    return rule_book(season).rules_of(who, max(at, end_of_day(season.last_day)))


@dataclass(frozen=True, slots=True)
class NoticePair:
    """A notice and the one that stands for it in the other season; ``comparison`` is None where one cannot be read."""

    before: Notice | None
    after: Notice | None
    comparison: Comparison | None

    @property
    def title(self) -> str:
        notice = self.after or self.before
        assert notice is not None
        return notice.title


def notices_compared(before: Season, after: Season, place: Place | None = None) -> Iterator[NoticePair]:
    """The notices of two seasons, of one place or of all, paired by code, the widest first; those without a pair too."""
    years = years_of(before, after)
    shift = years[0].to(years[1])
    names = rule_book(after).names
    earlier, later = (
        to_be_copied(season).filter(**({"place": place} if place else {})).order_by("place__path", "pk")
        for season in (before, after)
    )
    paired: set[int] = set()
    for some in _chunks(earlier):
        codes = {code: notice.pk for notice in some for code in (notice.code, shift.code(notice.code))}
        found: dict[int, Notice] = {}
        for notice in later.filter(code__in=codes).exclude(pk__in=paired):
            found.setdefault(codes[notice.code], notice)
        paired |= {notice.pk for notice in found.values()}
        yield from _compared([(notice, found.get(notice.pk)) for notice in some], years, names)
    for some in _chunks(later):
        yield from _compared([(None, notice) for notice in some if notice.pk not in paired], years, names)


def _chunks(notices: QuerySet[Notice]) -> Iterator[list[Notice]]:
    rows = notices.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _compared(
    rows: Sequence[tuple[Notice | None, Notice | None]], years: tuple[Year, Year], names: Names
) -> Iterator[NoticePair]:
    there = [notice for row in rows for notice in row if notice is not None]
    files = dict(zip((notice.pk for notice in there), files_of(there), strict=True))
    for before, after in rows:
        sides = [{} if n is None else _said(files[n.pk]) for n in (before, after)]
        whole = sides[0] is not None and sides[1] is not None
        comparison = compare(sides[0], sides[1], years, names) if whole else None  # type: ignore[arg-type]
        yield NoticePair(before, after, comparison)


def _said(file: NoticeFile | None) -> dict[str, Said] | None:
    return None if file is None else said_by_notice(file)
