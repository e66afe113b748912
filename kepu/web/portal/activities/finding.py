"""Fetching what was asked for. Each function says its number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, QuerySet

from kepu.activities.models import Activity, Publication, PublicationDay, PublicationStatus
from kepu.activities.queries import (
    DAY_ORDER,
    DAYS_ORDER,
    PAST_ORDER,
    UPCOMING_ORDER,
    on_day,
    published,
    published_detail,
)
from kepu.core.calendar import ONE_DAY, day_of, start_of_day
from kepu.core.fields import ancestors
from kepu.core.paging import page
from kepu.notices.models import Season
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities.asking import Asked, weekend

PER_PAGE = 20
ON_HOME = 5
MOST_PLACES = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A publication as a list names it: with the times of the session that the list is about."""

    publication: Publication
    starts_at: datetime
    ends_at: datetime
    sessions: int = 1

    @classmethod
    def of(cls, row: Publication | PublicationDay) -> Line:
        if isinstance(row, Publication):
            return cls(row, row.starts_at, row.ends_at)
        return cls(row.publication, row.starts_at, row.ends_at or row.publication.ends_at, row.sessions)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and the cursors of its neighbours."""

    items: Sequence[Line] = ()
    next: str = ""
    previous: str = ""


def find(asked: Asked, season: Season, place: Place | None, *, at: datetime, size: int = PER_PAGE) -> Found:
    """The page of activities that is asked for. One query."""
    if asked.senseless:
        return Found()
    labels = {"fields": asked.field} if asked.field else {}
    host = int(asked.unit) if asked.unit else None
    if days := asked.days(at):
        first, last = days
        rows = on_day(
            season, first, until=last, place=place, mode=asked.mode, labels=labels, text=asked.text, host=host
        )
        if asked.key:
            rows = rows.filter(publication__key_activity=True)
        order = DAY_ORDER if first == last else DAYS_ORDER
        found = page(rows, order=order, cursor=asked.cursor, size=size)
        return Found([Line.of(row) for row in found.items], found.next, found.previous)
    past = asked.when == "past"
    publications = published(
        season, at=at, when="past" if past else "upcoming", place=place, mode=asked.mode, labels=labels,
        key=bool(asked.key), text=asked.text, host=host,
    )  # fmt: skip
    listed = page(publications, order=PAST_ORDER if past else UPCOMING_ORDER, cursor=asked.cursor, size=size)
    return Found([Line.of(row) for row in listed.items], listed.next, listed.previous)


@dataclass(frozen=True, slots=True)
class Soon:
    """What the front page shows: each activity in the first of its lists that it belongs to."""

    today: Sequence[Line] = ()
    weekend: Sequence[Line] = ()
    later: Sequence[Line] = ()
    past: Sequence[Line] = ()


def soon(season: Season, *, at: datetime) -> Soon:
    """What is on today, on what is left of the weekend after today, and next; when nothing is left, what was last.

    At most four queries.
    """
    today = day_of(at)
    tomorrow = today + ONE_DAY
    seen: set[int] = set()
    on_today = _on_days(season, today, today, seen)
    first, last = weekend(today)
    at_weekend = _on_days(season, max(first, tomorrow), last, seen) if last >= tomorrow else []
    after = _going_ahead(published(season, at=at)).filter(starts_at__gte=start_of_day(tomorrow))
    later = _unseen(map(Line.of, page(after, order=UPCOMING_ORDER, size=3 * ON_HOME).items), seen)
    past: Sequence[Line] = ()
    if not seen:
        last_held = page(_going_ahead(published(season, at=at, when="past")), order=PAST_ORDER, size=ON_HOME)
        past = [Line.of(row) for row in last_held.items]
    return Soon(on_today, at_weekend, later, past)


def _going_ahead(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    return rows.exclude(status=PublicationStatus.CANCELLED)


def _on_days(season: Season, first: date, last: date, seen: set[int]) -> list[Line]:
    """The first few that go ahead between two days."""
    rows = on_day(season, first, until=last).exclude(publication__status=PublicationStatus.CANCELLED)
    listed = page(rows, order=DAYS_ORDER, size=2 * ON_HOME).items
    return _unseen(map(Line.of, listed), seen)


def publication_of(pk: int) -> Publication | None:
    """The copy of one activity; None where there is none, also for a number that no database can hold. One query."""
    return published_detail(pk) if pk <= BigIntegerField.MAX_BIGINT else None


def instead_of(publication: Publication) -> Publication | None:
    """The one that a cancelled activity was merged into, where the public sees it. One query, where it is cancelled."""
    if publication.status != PublicationStatus.CANCELLED:
        return None
    merged = Publication.objects.filter(activity__doubles=publication.pk)
    return merged.exclude(status=PublicationStatus.CANCELLED).only("title", "host_name").first()


def trail_of(place: Place) -> list[Place]:
    """The places above, the nation first, and the place itself. One query."""
    return list(Place.objects.filter(path__in=ancestors(place.path)).order_by("path"))


def children_of(place: Place | None) -> list[Place]:
    """The places one level down; of the nation without one. One query."""
    inside = Place.objects.filter(parent=place) if place else Place.objects.filter(parent__path="/")
    return list(inside.order_by("code")[:MOST_PLACES])


def places_of(publication: Publication) -> list[Place]:
    """The places in which it is held, from the province down. One query."""
    return list(Place.objects.filter(path__in=ancestors(publication.place_path)[1:]).order_by("path"))


def unit_named(pk: str) -> Unit | None:
    return Unit.objects.filter(pk=int(pk)).first()


def people_behind(publication: Publication) -> Activity:
    """The units that filed and reviewed it; nothing else of the activity is loaded. One query."""
    rows = Activity.objects.select_related("unit", "reviewing_unit", "responsible_unit")
    return rows.only("unit__name", "reviewing_unit__name", "responsible_unit__name").get(pk=publication.pk)


def _unseen(lines: Iterable[Line], seen: set[int]) -> list[Line]:
    """The first few that stand in no list yet; they are added to ``seen``."""
    chosen: list[Line] = []
    for line in lines:
        if line.publication.pk not in seen and len(chosen) < ON_HOME:
            chosen.append(line)
            seen.add(line.publication.pk)
    return chosen
