"""Fetching what is online. Each function says its number of queries: one for a place, two for the nation, whose index lies
in two parts; and one more to find where a list begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from kepu.activities.models import PublicationDay
from kepu.activities.online import Days, begins_within, ends_within, online_days
from kepu.core.calendar import ONE_DAY, day_of, start_of_day
from kepu.core.paging import Page, page_of_all
from kepu.notices.models import Season
from kepu.orgs.models import Place

ON_HALL, PER_PAGE = 6, 20
WEEK = timedelta(days=6)
# as the index by mode has them, to the last column: an order that it gives whole is never sorted for
BY_TIME = ("starts_at", "publication_id", "ends_at", "id")
LATEST = ("-starts_at", "-publication_id", "-ends_at", "-id")
BY_DAY = ("day", *BY_TIME)
LAST_DAY = ("-day", *LATEST)


@dataclass(frozen=True, slots=True)
class Hall:
    """What is asked of: a season, a place (None: the nation), an instant, a day and a kind ("" for all)."""

    season: Season
    place: Place | None
    at: datetime
    day: date
    kind: str = ""

    def rows(self) -> list[Days]:
        found = online_days(self.season, self.place)
        link = KeyTextTransform("online_link", "publication__content")
        if self.kind:
            found = [rows.filter(publication__labels__contains=f":{self.kind} ") for rows in found]
        return [
            rows.select_related("publication").defer("publication__content").annotate(link=link)
            for rows in found
        ]


def live(hall: Hall, *, cursor: str = "", size: int = PER_PAGE) -> Page[PublicationDay]:
    """What began today, is over today and runs now, the latest first. One query, two for the nation."""
    today = day_of(hall.at)
    now = Q(day=today, starts_at__lte=hall.at, ends_at__gt=hall.at)
    return _page(hall, now & _within_the_day(today), LATEST, cursor, size)


def open_all_day(hall: Hall, *, cursor: str = "", size: int = PER_PAGE) -> Page[PublicationDay]:
    """What goes on over the ends of the day: exhibitions, VR. One query, two for the nation.

    Today it is what is open at this instant.
    """
    asked = Q(day=hall.day) & ~_within_the_day(hall.day)
    if hall.day == day_of(hall.at):
        asked &= Q(starts_at__lte=hall.at, ends_at__gt=hall.at)
    return _page(hall, asked, BY_TIME, cursor, size)


def of_the_day(hall: Hall, *, cursor: str = "", size: int = PER_PAGE) -> Page[PublicationDay]:
    """What has its hours on one day, hour by hour. One query, two for the nation."""
    return _page(hall, Q(day=hall.day) & _within_the_day(hall.day), BY_TIME, cursor, size)


def coming(hall: Hall, *, cursor: str = "", size: int = PER_PAGE) -> Page[PublicationDay]:
    """What begins next, within a week of the first. Two queries, four for the nation."""
    ahead = Q(day__gte=day_of(hall.at), starts_at__gt=hall.at)
    first = _day_of_first(hall, ahead, BY_DAY)
    if first is None:
        return Page([])
    within = Q(day__gte=first, day__lte=first + WEEK, starts_at__gt=hall.at) & begins_within(
        first, first + WEEK
    )
    return _page(hall, within, BY_DAY, cursor, size)


def replay(hall: Hall, *, cursor: str = "", size: int = PER_PAGE) -> Page[PublicationDay]:
    """What ended last, within a week of the last. Two queries, four for the nation."""
    over = Q(day__lte=day_of(hall.at), ends_at__lte=hall.at)
    last = _day_of_first(hall, over, LAST_DAY)
    if last is None:
        return Page([])
    within = Q(day__gte=last - WEEK, day__lte=last, ends_at__lte=hall.at) & ends_within(last - WEEK, last)
    return _page(hall, within, LAST_DAY, cursor, size)


PARTS: dict[str, Callable[..., Page[PublicationDay]]] = {
    "live": live, "next": coming, "open": open_all_day, "replay": replay, "day": of_the_day
}  # fmt: skip


def _within_the_day(day: date) -> Q:
    return Q(starts_at__gte=start_of_day(day), ends_at__lte=start_of_day(day + ONE_DAY))


def _page(hall: Hall, asked: Q, order: Sequence[str], cursor: str, size: int) -> Page[PublicationDay]:
    rows = [part.filter(asked) for part in hall.rows()]
    return page_of_all(rows, order=tuple(order), cursor=cursor, size=size)


def _day_of_first(hall: Hall, asked: Q, order: Sequence[str]) -> date | None:
    """The day of the first of some rows in their order."""
    rows = [part.filter(asked).order_by(*order) for part in online_days(hall.season, hall.place)]
    days = [day for part in rows for day in part.values_list("day", flat=True)[:1]]
    if not days:
        return None
    return max(days) if order[0].startswith("-") else min(days)
