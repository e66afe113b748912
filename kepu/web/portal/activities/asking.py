"""What an address asks of the list of activities: a value that is read from a query and written back as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kepu.activities.models import Access, Mode
from kepu.core.calendar import ONE_DAY, day_of
from kepu.core.search import phrases

SATURDAY = 5
LONGEST_TEXT = 60
WHENS = {"today": _("今天"), "tomorrow": _("明天"), "weekend": _("本周末"), "past": _("办过的")}
SORTS = {"relevance": _("按相关程度"), "new": _("新发布的在前"), "near": _("离我近的在前")}
# the parts that ask for a kind, and what the lists call it
KINDS = {
    "mode": "mode", "field": "fields", "format": "formats", "audience": "audiences", "entry": "entries", "track": "tracks",
    "topic": "topics", "key": "key_activity", "venue": "main_venue", "vacant": "vacant", "access": "access",
}  # fmt: skip
ACCESS = {"any": _("有无障碍安排"), **dict(Access.choices)}
CODE = re.compile(r"^[a-z0-9][a-z0-9_.-]{0,59}$")
PLACE = re.compile(r"^[A-Za-z0-9_-]{1,20}$")
_SEASON = re.compile(r"^[a-zA-Z0-9_-]{1,40}$")
_NUMBER = re.compile(r"^[1-9][0-9]{0,17}$")
_POSITION = re.compile(r"^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. Each part is "" where it is not asked; ``day`` stands before ``when``, and ``near`` before ``sort``."""

    text: str = ""
    when: str = ""
    day: str = ""
    place: str = ""
    mode: str = ""
    field: str = ""
    format: str = ""
    audience: str = ""
    entry: str = ""
    track: str = ""
    topic: str = ""
    key: str = ""
    venue: str = ""
    vacant: str = ""
    access: str = ""
    unit: str = ""
    near: str = ""
    sort: str = ""
    season: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """What a query asks for; what cannot be meant is left out."""
        day, near = day_in(query.get("day", "")), like(query.get("near", ""), _POSITION)
        codes = {name: like(query.get(name, ""), CODE) for name in KINDS}
        text = " ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_TEXT].strip()
        when = _one_of(query.get("when", ""), WHENS) if not day else ""
        orders = (*(() if when == "past" else ("new",)), *(("relevance",) if text else ()))
        return cls(**codes | {
            "text": text, "when": when, "day": day,
            "place": like(query.get("place", ""), PLACE), "mode": _one_of(codes["mode"], Mode.values),
            "unit": like(query.get("unit", ""), _NUMBER), "key": "1" if codes["key"] == "1" else "",
            "venue": "1" if codes["venue"] == "1" else "", "near": near,
            "vacant": "1" if codes["vacant"] == "1" else "", "access": _one_of(codes["access"], ACCESS),
            "sort": "" if near else _one_of(query.get("sort", ""), orders),
            "season": like(query.get("season", ""), _SEASON), "cursor": query.get("cursor", "") if not near else "",
        })  # fmt: skip

    def query(self) -> str:
        """The one way to write this question; "" where nothing is asked."""
        return urlencode(list(self.pairs()))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Names and values of a query, of what is asked."""
        for name, written in _WRITTEN:
            if value := getattr(self, name):
                yield written, value

    def but(self, **changes: Any) -> Self:
        """The same question with parts of it changed, from the first page on. Without words nothing is relevant to them, and
        nothing that is over is new."""
        changed = replace(self, cursor="", **changes)
        unfit = (changed.sort == "relevance" and not changed.text) or (
            changed.sort == "new" and changed.when == "past"
        )
        return replace(changed, sort="") if unfit else changed

    @property
    def narrows(self) -> bool:
        """Whether anything but the season and the page is asked."""
        return bool(replace(self, season="", cursor="").query())

    @property
    def senseless(self) -> bool:
        """A text in which there is nothing to look for."""
        return bool(self.text) and not phrases(self.text)

    @property
    def kinds(self) -> dict[str, str]:
        """The codes asked for, by what the lists call their kind."""
        return {kind: value for name, kind in KINDS.items() if (value := getattr(self, name))}

    @property
    def position(self) -> tuple[float, float] | None:
        """The position asked for, in degrees."""
        found = _POSITION.match(self.near)
        return (float(found[1]), float(found[2])) if found else None

    def days(self, at: datetime) -> tuple[date, date] | None:
        """First and last day asked for; None where it is not about days."""
        today = day_of(at)
        if self.day:
            day = date.fromisoformat(self.day)
            return day, day
        if self.when == "weekend":
            return weekend(today)
        named = {"today": today, "tomorrow": today + ONE_DAY}.get(self.when)
        return (named, named) if named else None


_NAMES = {"text": "q"}
_WRITTEN = [(part.name, _NAMES.get(part.name, part.name)) for part in fields(Asked)]
ORDER = [written for _name, written in _WRITTEN if written != "cursor"]


def weekend(today: date) -> tuple[date, date]:
    """What is left of the present weekend, else the next one."""
    saturday = today + timedelta(days=SATURDAY - today.weekday())
    return max(saturday, today), saturday + ONE_DAY


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""


def like(value: str, pattern: re.Pattern[str]) -> str:
    return value if pattern.match(value) else ""


def day_in(value: str) -> str:
    """A day as a query writes it; "" for none, and for one of another age, on which no calendar agrees."""
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        return ""
    return day.isoformat() if 1900 < day.year < 2200 else ""
