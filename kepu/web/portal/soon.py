"""What the front page shows of a place: each activity in the first list it belongs to. Each function says its queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kepu.activities import lists
from kepu.activities.lines import Line
from kepu.activities.models import PublicationStatus
from kepu.activities.questions import Question
from kepu.core.calendar import ONE_DAY, day_of
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities.asking import weekend

ON_HOME = 5
LOOKED_AT = 3 * ON_HOME  # what was cancelled is left out
SHOWN_KEY = 4
KEY = ({"main_venue": "1"}, {"key_activity": "1"})  # main venues stand before other key activities


@dataclass(frozen=True, slots=True)
class Soon:
    """The lists of the front page; ``past`` only where nothing is left to come."""

    today: Sequence[Line] = ()
    weekend: Sequence[Line] = ()
    key: Sequence[Line] = ()
    later: Sequence[Line] = ()
    past: Sequence[Line] = ()


def soon(season: Season, place: Place | None = None, *, at: datetime) -> Soon:
    """What is on today, on what is left of the weekend after today, the next key activities, and what is next at all; when
    nothing is left, what was last. At most eight queries.
    """
    today = day_of(at)
    tomorrow = today + ONE_DAY
    seen: set[int] = set()
    on_today = _on_days(season, place, at, today, today, seen)
    first, last = weekend(today)
    at_weekend = _on_days(season, place, at, max(first, tomorrow), last, seen) if last >= tomorrow else []
    key = _key_activities(season, place, at, seen)
    upcoming = Question(season, at, first=tomorrow, place=place)
    later = _unseen(lists.page_of(upcoming, size=LOOKED_AT).items, seen)
    past: Sequence[Line] = ()
    if not seen:
        held = lists.page_of(Question(season, at, when="past", place=place), size=LOOKED_AT).items
        past = _going_ahead(held)[:ON_HOME]
    return Soon(on_today, at_weekend, key, later, past)


def _key_activities(season: Season, place: Place | None, at: datetime, seen: set[int]) -> list[Line]:
    """The next few main venues, and other key activities where they are fewer, in their order of time. Four queries at most."""
    chosen: list[Line] = []
    for facets in KEY:
        asked = Question(season, at, place=place, facets=facets)
        chosen += _unseen(lists.page_of(asked, size=LOOKED_AT).items, seen, most=SHOWN_KEY - len(chosen))
        if len(chosen) >= SHOWN_KEY:
            break
    return sorted(chosen, key=lambda line: (line.starts_at, line.publication.pk))


def _on_days(
    season: Season, place: Place | None, at: datetime, first: date, last: date, seen: set[int]
) -> list[Line]:
    """The first few that go ahead between two days."""
    days = Question(season, at, when="days", first=first, last=last, place=place)
    return _unseen(lists.page_of(days, size=LOOKED_AT).items, seen)


def _going_ahead(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.publication.status != PublicationStatus.CANCELLED]


def _unseen(lines: Iterable[Line], seen: set[int], *, most: int = ON_HOME) -> list[Line]:
    """The first few that go ahead and stand in no list yet; they are added to ``seen``."""
    chosen: list[Line] = []
    for line in _going_ahead(lines):
        if line.publication.pk not in seen and len(chosen) < most:
            chosen.append(line)
            seen.add(line.publication.pk)
    return chosen
