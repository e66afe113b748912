"""Years and days in running text, moved along where it is sure what they mean; what is left alone is named.

The season's own year before 年 becomes the new one. A day without a year (9月17日) moves only where the notice holds
that very day as a value: 5月30日 may be a day of its own that comes every year. Ranges move as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kepu.notices.shifting.shift import Shift

Days = Mapping[date, date]
_Say = Callable[[re.Match[str], Shift, Days], str | None]
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_CHINESE = re.compile(
    rf"(?<!\d)(?:(?P<y1>\d{{4}})\s*年\s*)?(?P<m1>1[0-2]|0?[1-9])月(?P<d1>{_DAY})日?"
    rf"(?P<to>\s*(?:至|到|—{{1,2}}|－|–|-|~|～)\s*)"
    rf"(?:(?P<y2>\d{{4}})\s*年\s*)?(?:(?P<m2>1[0-2]|0?[1-9])月)?(?P<d2>{_DAY})日"
    rf"|(?<!\d)(?:(?P<y>\d{{4}})\s*年\s*)?(?P<m>1[0-2]|0?[1-9])月(?P<d>{_DAY})日"
)
_ENGLISH = re.compile(
    rf"\b(?P<d1>{_DAY})(?:\s(?P<m1>{'|'.join(_MONTHS)}))?(?P<to>\s(?:to|and)\s|\s?[–-]\s?)"
    rf"(?P<d2>{_DAY})\s(?P<m2>{'|'.join(_MONTHS)})\b(?:\s(?P<y2>\d{{4}})\b)?"
    rf"|\b(?P<d>{_DAY})\s(?P<m>{'|'.join(_MONTHS)})\b(?:\s(?P<y>\d{{4}})\b)?"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A text after the move, and the days in it that nobody can be sure of and that stayed."""

    text: str
    stayed: tuple[str, ...] = ()


def told(text: str, shift: Shift, days: Days) -> Told:
    """``text`` moved; ``days`` are those that the notice holds as values, with what they become."""
    if "月" not in text and "年" not in text and not any(month in text for month in _MONTHS):
        return Told(text)
    stayed: list[str] = []
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)  # a day is settled once: the years below must not touch it again
        return f"\0{len(kept) - 1}\0"

    def moved_words(found: re.Match[str], say: _Say) -> str:
        words = say(found, shift, days)
        if words is None:
            stayed.append(found[0])
        return keep(found[0] if words is None else words)

    text = _CHINESE.sub(lambda found: moved_words(found, _in_chinese), text.replace("\0", ""))
    text = _ENGLISH.sub(lambda found: moved_words(found, _in_english), text)
    text = _with_years(text, shift)
    return Told(re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text), tuple(stayed))


def years_left(before: str, after: str, shift: Shift) -> tuple[str, ...]:
    """Years in a text that a reader may take for the wrong one: the old one still there, or the new one there before."""
    if not shift.years:
        return ()
    old, new = (re.compile(rf"(?<!\d){year}(?!\d)") for year in (shift.from_year, shift.year))
    left = [str(shift.from_year)] if old.search(after) else []
    return (*left, str(shift.year)) if new.search(before) else tuple(left)


def _with_years(text: str, shift: Shift) -> str:
    # a year behind a dash ends a period (2021—2023年) and is not the season's
    own = re.compile(rf"(?<![\d—–\-~～至到]){shift.from_year}(?=\s*年)")
    if not shift.years or re.search(rf"(?<!\d){shift.year}\s*年", text):
        return text  # both years at once: "2023年至2024年" would become one and the same
    return own.sub(str(shift.year), text)


def _in_chinese(found: re.Match[str], shift: Shift, days: Days) -> str | None:
    """The words for a day or a range after the move; None where they must stay."""
    if found["d"]:
        day = _new(found["y"], found["m"], found["d"], shift, days)
        return None if day is None else f"{_year(found['y'], day)}{day.month}月{day.day}日"
    first = _new(found["y1"], found["m1"], found["d1"], shift, days)
    last = _new(found["y2"] or found["y1"], found["m2"] or found["m1"], found["d2"], shift, days)
    if first is None or last is None:
        return None
    redundant = found["m2"] is not None and int(found["m2"]) == int(found["m1"])
    month = f"{last.month}月" if redundant or (first.month, first.year) != (last.month, last.year) else ""
    year = _year(found["y2"] or (found["y1"] if last.year != first.year else None), last)
    mark = "日" if "日" in found[0][: found.start("to") - found.start()] else ""
    return (
        f"{_year(found['y1'], first)}{first.month}月{first.day}{mark}{found['to']}{year}{month}{last.day}日"
    )


def _in_english(found: re.Match[str], shift: Shift, days: Days) -> str | None:
    if found["d"]:
        day = _new(found["y"], found["m"], found["d"], shift, days)
        return None if day is None else f"{day.day} {_MONTHS[day.month - 1]}{_year_behind(found['y'], day)}"
    first = _new(found["y2"], found["m1"] or found["m2"], found["d1"], shift, days)
    last = _new(found["y2"], found["m2"], found["d2"], shift, days)
    if first is None or last is None:
        return None
    redundant = found["m1"] is not None and found["m1"] == found["m2"]
    month = f" {_MONTHS[first.month - 1]}" if redundant or first.month != last.month else ""
    to = f" {found['to'].strip()} " if month else found["to"]
    return f"{first.day}{month}{to}{last.day} {_MONTHS[last.month - 1]}{_year_behind(found['y2'], last)}"


def _new(year: str | None, month: str, day: str, shift: Shift, days: Days) -> date | None:
    """What a written day becomes, None where it stays: no day of the clause, or not to be said without a year."""
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    try:
        old = date(int(year or shift.from_year), number, int(day))
        new = days.get(old) or (shift.day(old) if year and old.year == shift.from_year else None)
    except (ValueError, OverflowError):
        return None
    if new is None or new.year - old.year != shift.years:
        return None
    return new


def _year(written: str | None, day: date) -> str:
    return f"{day.year}年" if written else ""


def _year_behind(written: str | None, day: date) -> str:
    return f" {day.year}" if written else ""
