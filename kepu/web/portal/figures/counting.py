"""Reading the counts of a season for a place. Each function says its number of queries; none walks over activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kepu.activities import lists
from kepu.core import tallies
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities.finding import Inside

PUBLISHED, ONLINE, HELD = "activity.published", "activity.online", "activity.held"
COMPLETED, SUMMARISED, CANCELLED = "activity.completed", "activity.summarised", "activity.cancelled"
ON_SITE, FROM_AFAR = "participants.actual", "participants.online"
MOST_DAYS = 62


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in the subtree of a place: ``{(measure, facet): n}``, a facet such as ``fields:health``."""

    found: Mapping[tuple[str, str], int]

    def of(self, measure: str) -> int:
        return self.found.get((measure, ""), 0)

    def split(self, measure: str, kind: str) -> dict[str, int]:
        """A measure by the codes of a list; nothing where it is not counted by that list."""
        begins = f"{kind}:"
        return {
            facet.removeprefix(begins): n
            for (counted, facet), n in self.found.items()
            if counted == measure and facet.startswith(begins) and n
        }


def totals_in(season: Season, place: Place | None) -> Counts:
    """Everything counted for a place, not by kinds. One query."""
    return Counts(tallies.in_place(season.pk, _path(place)))


def kinds_in(season: Season, place: Place | None) -> Counts:
    """What is published in a place, by its kinds alone. One query."""
    found = lists.by_kind(season, _path(place))
    return Counts({(PUBLISHED, facet): n for facet, n in found.items() if facet})


def counts_in(season: Season, place: Place | None) -> Counts:
    """Everything counted for a place, and what is published by its kinds. Two queries."""
    return Counts({**totals_in(season, place).found, **kinds_in(season, place).found})


def _path(place: Place | None) -> str:
    return place.path if place else "/"


def counts_inside(season: Season, places: Sequence[Inside]) -> dict[str, dict[str, int]]:
    """Some measures for each of a few places, by path; zero included. One query, none where there is no place."""
    if not places:
        return {}
    measures = (PUBLISHED, ONLINE, HELD, ON_SITE, FROM_AFAR)
    return tallies.in_places(season.pk, measures, [place.path for place in places])


def days_around(season: Season, first: date, last: date) -> tuple[date, date]:
    """The days that are looked at: all of the season, or of a long one :data:`MOST_DAYS` around its main days."""
    if (season.last_day - season.first_day).days < MOST_DAYS:
        return season.first_day, season.last_day
    before = max((MOST_DAYS - (last - first).days - 1) // 2, 0)
    begin = max(season.first_day, first - timedelta(days=before))
    return begin, min(season.last_day, begin + timedelta(days=MOST_DAYS - 1))


def by_day(season: Season, place: Place | None, first: date, last: date) -> dict[date, int]:
    """How many activities are on on each day between the first and the last that has any, both within two days. One query."""
    found = lists.by_day(season, first, last, place=place)
    if not found:
        return {}
    begin, end = min(found), max(found)
    return {
        day: found.get(day, 0)
        for day in (begin + timedelta(days=n) for n in range((end - begin).days + 1))
    }  # fmt: skip
