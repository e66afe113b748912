"""Two seasons side by side: what only one of them asks, what both ask differently, and what only moved with the calendar.

Pure. A day counts from the first day of its season's concentrated week: a deadline that lies as many days behind it as
the year before is the same, whatever its date. What a year's name alone changes is the same too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel

from kepu.notices.format.schema import NoticeFile
from kepu.notices.inheritance import MODE_WORDS, STATUS_WORDS, STRICTNESS_WORDS, Rules
from kepu.notices.kinds import Mode, Params, Status, Strictness
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.moments import Moment
from kepu.notices.shifting import Shift, moments_in, moved, moved_days
from kepu.notices.shifting.moving import Path
from kepu.notices.shifting.naming import name_of

Names = Mapping[str, Any]


class Change(StrEnum):
    ONLY_BEFORE = "only_before"
    ONLY_AFTER = "only_after"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Year:
    """A season as the comparison needs it: its year and the first day of its week."""

    year: int
    first: date

    def to(self, other: Year) -> Shift:
        return Shift(self.year, other.year, (other.first - self.first).days)


@dataclass(frozen=True, slots=True)
class Said:
    """A rule or a clause as one season has it."""

    params: Params
    strictness: Strictness
    status: Status
    mode: Mode | None  # of a clause; how a rule came about is no part of what it asks
    audience: Audience
    cite: str

    @property
    def kind(self) -> str:
        return self.params.KIND


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: under which key, what each season says, and in what they differ."""

    key: str
    kind: str
    change: Change
    before: str
    after: str
    cite_before: str = ""
    cite_after: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two seasons, in the order of the later one's kinds, and how much does not."""

    rows: tuple[Row, ...]
    unchanged: int

    def of(self, change: Change) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.change is change)


def said_by_rules(rules: Rules) -> dict[str, Said]:
    """Rules in force, by key. What is pending is what stands in its place until then."""
    return {
        key: Said(rule.params, rule.strictness, rule.status, None, rule.clause.audience, rule.cite)
        for key, rule in rules.items()
    }


def said_by_notice(file: NoticeFile) -> dict[str, Said]:
    """The clauses of a notice, by code."""
    return {
        c.id: Said(
            c.params, c.effective_strictness(), c.status, c.effective_mode(), c.audience, c.number
        )
        for c in file.clause
    }  # fmt: skip


def compare(
    before: Mapping[str, Said],
    after: Mapping[str, Said],
    years: tuple[Year, Year],
    names: Names | None = None,
) -> Comparison:
    """What the second says otherwise than the first. ``names`` gives words for the codes of audiences."""
    shift = years[0].to(years[1])
    rows: list[Row] = []
    unchanged = 0
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            rows.append(_one_sided(key, old, new))
        elif old.kind != new.kind:
            rows.append(_changed(key, old, new, (_("条款种类变了"),)))
        elif _same(old, new, shift):
            unchanged += 1
        else:
            rows.append(_changed(key, old, new, tuple(_notes(old, new, years, names or {}))))
    return Comparison(tuple(rows), unchanged)


def _one_sided(key: str, old: Said | None, new: Said | None) -> Row:
    if new is None:
        assert old is not None
        return Row(key, old.kind, Change.ONLY_BEFORE, old.params.sentence(), "", old.cite)
    return Row(key, new.kind, Change.ONLY_AFTER, "", new.params.sentence(), "", new.cite)


def _changed(key: str, old: Said, new: Said, notes: tuple[str, ...]) -> Row:
    before, after = old.params.sentence(), new.params.sentence()
    if before == after and not notes:
        notes = (_("句子相同，细节不同"),)
    return Row(key, new.kind, Change.CHANGED, before, after, old.cite, new.cite, notes)


def _same(old: Said, new: Said, shift: Shift) -> bool:
    about = (old.strictness, old.status, old.mode, old.audience)
    if about != (new.strictness, new.status, new.mode, new.audience):
        return False
    return old.params == new.params or _as_moved(old.params, shift) == new.params


def _as_moved(params: Params, shift: Shift) -> Params:
    """The parameters as they would stand in the other season; as they are where they cannot be moved."""
    try:
        return moved(params, shift, moved_days(params, shift))
    except (ValueError, OverflowError):
        return params


def _notes(old: Said, new: Said, years: tuple[Year, Year], names: Names) -> Iterator[str]:
    yield from _days(old.params, new.params, years)
    yield from _entries(old.params, new.params)
    for label, a, b in (
        (_("强度"), STRICTNESS_WORDS[old.strictness], STRICTNESS_WORDS[new.strictness]),
        (_("状态"), STATUS_WORDS[old.status], STATUS_WORDS[new.status]),
        (_("与上级的关系"), *(MODE_WORDS[s.mode] if s.mode else "" for s in (old, new))),
        (_("对象"), old.audience.words(dict(names)), new.audience.words(dict(names))),
    ):
        if str(a) != str(b):
            yield _("%(label)s：%(before)s → %(after)s") % {"label": label, "before": a, "after": b}


def _days(old: Params, new: Params, years: tuple[Year, Year]) -> Iterator[str]:
    """Dates that moved otherwise than their seasons did: how many days earlier or later, counted from the first day."""
    mine, theirs = _dated(old), _dated(new)
    shift = years[0].to(years[1])
    for path, a in mine.items():
        b = theirs.get(path)
        if b is None or (a.month and b.month and shift.month(a.month) == b.month and a.part == b.part):
            continue
        days = (_last(b) - years[1].first).days - (_last(a) - years[0].first).days
        if days and not _same_of_year(a, b, shift):
            yield _moved_words(name_of(path), days)


def _moved_words(name: str, days: int) -> str:
    said = {"name": name, "n": abs(days)}
    if days < 0:
        return ngettext("%(name)s早%(n)s天", "%(name)s早%(n)s天", -days) % said
    return ngettext("%(name)s晚%(n)s天", "%(name)s晚%(n)s天", days) % said


def _same_of_year(a: Moment, b: Moment, shift: Shift) -> bool:
    """The first or the last day of the calendar year in both: a year is as long as it is."""
    ends = ((1, 1), (12, 31))
    both = a.date is not None and b.date is not None
    return both and (_last(a).month, _last(a).day) in ends and shift.same_day(_last(a)) == _last(b)


def _dated(params: Params) -> dict[Path, Moment]:
    return {path: moment for path, moment in moments_in(params) if moment.span() or moment.outer}


def _last(moment: Moment) -> date:
    span = moment.span()
    day = span[1] if span else moment.outer
    assert day is not None
    return day


def _entries(old: Params, new: Params) -> Iterator[str]:
    """Entries of lists, columns, parts, classes: which are new and which are gone."""
    mine, theirs = _coded(old), _coded(new)
    for text, entries in (
        (_("增加：%(what)s"), [theirs[key] for key in theirs if key not in mine]),
        (_("减少：%(what)s"), [mine[key] for key in mine if key not in theirs]),
    ):
        if entries:
            shown = _("、").join(entries[:_SHOWN])
            if len(entries) > _SHOWN:
                shown = _("%(some)s等%(n)s项") % {"some": shown, "n": len(entries)}
            yield text % {"what": shown}


_SHOWN = 8


def _coded(params: Params) -> dict[tuple[str, str], str]:
    found = {}
    for name in type(params).model_fields:
        value = getattr(params, name)
        for one in value if isinstance(value, tuple) else ():
            if isinstance(one, BaseModel) and (code := getattr(one, "code", None)):
                label = getattr(one, "label", None) or getattr(one, "title", None) or code
                found[name, code] = str(label)
    return found
