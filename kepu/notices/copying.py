"""A notice of one season as the start of the next season's: dates shifted, codes kept, what needs a look named.

Pure. Nothing is pretended: the document's number and its days of issue are dropped, what was pending stays pending, a
notice nobody has seen stays one, and whatever a person must look at carries a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.core.refusals import Incomplete, Reason
from kepu.notices.drafting.proposals import Flag
from kepu.notices.format.schema import Header, NoticeFile, SeasonHeader
from kepu.notices.kinds.window import Window
from kepu.notices.models import ClauseState
from kepu.notices.shifting import Shift, days_of_years, moved, moved_days
from kepu.notices.shifting.looks import Moved, day_words, looks_at_clause, looks_at_header, unmoved
from kepu.notices.shifting.ordinals import with_editions
from kepu.notices.shifting.shift import on_year
from kepu.notices.starting import Row, Start, row_of

HEADER = ""  # where a flag stands that is the header's
RECOGNISER = "season"
WEEK = "window.concentrated"  # the rule from whose first day a season counts
_DROPPED = ("number", "issued", "printed", "in_force")


@dataclass(frozen=True, slots=True)
class ShiftedNotice:
    """The notice of the new season, and what a person must look at: flags by clause, "" for the header."""

    file: NoticeFile
    flags: Mapping[str, tuple[Flag, ...]]
    days: tuple[Moved, ...]  # each day that moved, in the order of the clauses

    @property
    def settled(self) -> int:
        """How many clauses need no look."""
        return sum(1 for clause in self.file.clause if clause.id not in self.flags)


def shifted_notice(
    file: NoticeFile, *, season: str, year: int, days: int, from_year: int | None = None
) -> ShiftedNotice:
    """The notice as it would stand in ``season`` of ``year``, everything ``days`` later.

    ``from_year`` is the year of the notice's own season; the days tell it where it is not given. Codes of clauses
    stay; codes of notices change their year. A clause that would contradict itself after the move stays as it was
    and is flagged.
    """
    shift = Shift.of(year=year, days=days, from_year=from_year)
    flags: dict[str, tuple[Flag, ...]] = {}
    by_clause = _days_of(file, shift)
    known = {before: after for days in by_clause.values() for before, after in days.items()}
    header, flags[HEADER] = _header(file, season, shift, known)
    clauses, changed = [], []
    for clause in file.clause:
        new, said, moves = _clause(clause, shift, by_clause.get(clause.id), known, file.notice.status)
        clauses.append(new)
        changed += moves
        flags[clause.id] = said
    new_file = file.model_copy(update={"notice": header, "clause": tuple(clauses)})
    return ShiftedNotice(new_file, {where: said for where, said in flags.items() if said}, tuple(changed))


def _days_of(file: NoticeFile, shift: Shift) -> dict[str, dict[date, date]]:
    """The days that each clause holds and what they become; a clause that no calendar can move is not among them."""
    found = {}
    for clause in file.clause:
        with suppress(OverflowError, ValueError):
            found[clause.id] = moved_days(clause, shift)
    return found


def _header(
    file: NoticeFile, season: str, shift: Shift, known: Mapping[date, date]
) -> tuple[Header, tuple[Flag, ...]]:
    head = file.notice
    stayed: list[str] = []
    new = moved(head.model_copy(update={"based_on": ()}), shift, known, stayed.append)
    data = new.model_dump(exclude_unset=True)
    for name in _DROPPED:
        data.pop(name, None)
    data |= {"season": season, "code": shift.code(head.code)}
    for name in ("parents", "replaces", "amends"):
        if getattr(head, name):
            data[name] = [shift.code(code) for code in getattr(head, name)]
    if head.based_on:
        data["based_on"] = head.based_on  # documents of their own, dated as they are
    else:
        data.pop("based_on", None)
    editions = {n: n + shift.years for n in (head.edition, head.edition_local) if n and n + shift.years >= 1}
    for name in ("edition", "edition_local"):
        if (number := getattr(head, name)) in editions:
            data[name] = editions[number]
    data["title"] = with_editions(data["title"], editions)
    if "names" in data:
        data["names"] = [with_editions(name, editions) for name in data["names"]]
    new = Header.model_validate(data)
    return new, looks_at_header(head, new, shift, stayed)


def _clause(
    clause: Any, shift: Shift, days: dict[date, date] | None, known: Mapping[date, date], status: str
) -> tuple[Any, tuple[Flag, ...], list[Moved]]:
    """The clause moved; ``known`` are the days of the whole notice, of which its texts may speak too."""
    if days is None:
        return clause, (unmoved(),), []
    stayed: list[str] = []
    try:
        new = moved(clause, shift, {**known, **days}, stayed.append)
    except (ValueError, OverflowError):
        return clause, (unmoved(),), []
    years = days_of_years(clause) if days else frozenset()
    moves = [Moved(clause.id, before, after, before in years) for before, after in sorted(days.items())]
    return new, looks_at_clause(clause, new, moves, shift, stayed, status), moves


def start_of(shifted: ShiftedNotice) -> Start:
    """What the draft begins with: settled clauses confirmed, the others proposed with what must be looked at."""
    head = shifted.file.notice.model_dump(mode="json", exclude_defaults=True)
    rows: list[Row] = []
    for clause in shifted.file.clause:
        data = clause.model_dump(mode="json", exclude_defaults=True)
        if said := shifted.flags.get(clause.id):
            rows.append(row_of(data, 1.0, RECOGNISER, said))
        else:
            rows.append({"data": data, "state": ClauseState.CONFIRMED, "proposal": {}, "above": ""})
    found = [
        {
            "key": flag.code, "confidence": 1.0, "recogniser": RECOGNISER, "spans": [],
            "flags": [{"code": flag.code, "sentence": flag.sentence, "span": None}],
        }
        for flag in shifted.flags.get(HEADER, ())
    ]  # fmt: skip
    return Start(head, rows, found)


def first_day_in(files: Iterable[NoticeFile]) -> date | None:
    """The first day of the concentrated week as the first of these notices that names one has it."""
    weeks = (clause.params for file in files for clause in file.clause if clause.rule_key() == WEEK)
    begun = (week.begins() for week in weeks if isinstance(week, Window))
    return next((day_of(instant) for instant in begun if instant is not None), None)


def check_reach(first: date, days: int, *, from_year: int, year: int) -> None:
    """Refuse a shift that does not lead from a week that began on ``first`` into the week of ``year``."""
    try:
        later = first + timedelta(days=days)
    except OverflowError:
        later = None
    if later is None or later.year - first.year != year - from_year:
        text = _("从%(first)s移动%(days)s天，到不了%(year)s年的这一届。请核对年份和第一天。")
        said = {"first": day_words(first), "days": days, "year": year}
        raise Incomplete(reasons=[Reason(text % said, field="first_day")])


def season_after(
    source: SeasonHeader, *, code: str, year: int, days: int, name: str = "", name_en: str = ""
) -> SeasonHeader:
    """The header of the season that follows ``source``. A season over a calendar year stays one.

    Without a name it is the source's with the year moved. Raises pydantic's ValidationError for what is no header.
    """
    shift = Shift.of(year=year, days=days, from_year=source.year)
    first, last = source.first_day, source.last_day
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        first, last = (on_year(day, day.year + shift.years) for day in (first, last))
    else:
        first, last = shift.day(first), shift.day(last)
    english = name_en or (source.name_en or "").replace(str(source.year), str(year))
    return SeasonHeader(
        code=code, campaign=source.campaign, year=year, name=name or source.name.replace(str(source.year), str(year)),
        name_en=english or None, first_day=first, last_day=last, contacts_kept_days=source.contacts_kept_days,
    )  # fmt: skip
