"""What the front page shows of a place: each activity in the first list it belongs to. Each function says its queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kepu.activities.models import Publication, PublicationStatus
from kepu.activities.queries import DAYS_ORDER, PAST_ORDER, UPCOMING_ORDER, on_day, published
from kepu.core.calendar import ONE_DAY, day_of, start_of_day
from kepu.core.paging import page
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities.asking import weekend
from kepu.web.portal.activities.finding import Line

ON_HOME = 5
MAIN_VENUE = " tracks:main_venue "  # as a publication's labels have it
MOST_KEY, SHOWN_KEY = 40, 4


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
    nothing is left, what was last. At most five queries.
    """
    today = day_of(at)
    tomorrow = today + ONE_DAY
    seen: set[int] = set()
    on_today = _on_days(season, place, today, today, seen)
    first, last = weekend(today)
    at_weekend = _on_days(season, place, max(first, tomorrow), last, seen) if last >= tomorrow else []
    key = _key_activities(season, place, at, seen)
    after = _going_ahead(published(season, at=at, place=place)).filter(starts_at__gte=start_of_day(tomorrow))
    later = _unseen(map(Line.of, page(after, order=UPCOMING_ORDER, size=3 * ON_HOME).items), seen)
    past: Sequence[Line] = ()
    if not seen:
        held = _going_ahead(published(season, at=at, when="past", place=place))
        past = [Line.of(row) for row in page(held, order=PAST_ORDER, size=ON_HOME).items]
    return Soon(on_today, at_weekend, key, later, past)


def _key_activities(season: Season, place: Place | None, at: datetime, seen: set[int]) -> list[Line]:
    """The next few key activities, main venues before others, in their order of time.

    Looked for among the next forty key activities: as many as the index of key activities gives at once.
    """
    rows = _going_ahead(published(season, at=at, place=place, key=True))
    found = [row for row in page(rows, order=UPCOMING_ORDER, size=MOST_KEY).items if row.pk not in seen]
    chosen = sorted(found, key=lambda row: MAIN_VENUE not in row.labels)[:SHOWN_KEY]
    return _unseen(map(Line.of, sorted(chosen, key=lambda row: (row.starts_at, row.pk))), seen)


def _going_ahead(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    return rows.exclude(status=PublicationStatus.CANCELLED)


def _on_days(season: Season, place: Place | None, first: date, last: date, seen: set[int]) -> list[Line]:
    """The first few that go ahead between two days."""
    rows = on_day(season, first, until=last, place=place).exclude(
        publication__status=PublicationStatus.CANCELLED
    )
    return _unseen(map(Line.of, page(rows, order=DAYS_ORDER, size=2 * ON_HOME).items), seen)


def _unseen(lines: Iterable[Line], seen: set[int]) -> list[Line]:
    """The first few that stand in no list yet; they are added to ``seen``."""
    chosen: list[Line] = []
    for line in lines:
        if line.publication.pk not in seen and len(chosen) < ON_HOME:
            chosen.append(line)
            seen.add(line.publication.pk)
    return chosen
