"""Fetching what was asked for. Each function says its number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField

from kepu.activities import lists
from kepu.activities.lists import Line, Question, Total
from kepu.activities.models import Activity, Publication, PublicationStatus
from kepu.activities.queries import published_detail
from kepu.core.calendar import ONE_DAY, day_of
from kepu.core.fields import ancestors
from kepu.core.paging import Page
from kepu.notices.models import Season
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities.asking import Asked, weekend

PER_PAGE = 20
ON_HOME = 5
LOOKED_AT = 3 * ON_HOME  # for the front page, which leaves out what was cancelled
MOST_PLACES = 120
Found = Page[Line]


def question_of(asked: Asked, season: Season, place: Place | None, *, at: datetime) -> Question:
    """What an address asks, as the lists understand it."""
    days = asked.days(at)
    return Question(
        season, at, when="days" if days else "past" if asked.when == "past" else "upcoming",
        first=days[0] if days else None, last=days[1] if days else None, place=place, facets=asked.kinds, text=asked.text,
        host=int(asked.unit) if asked.unit else None, near=asked.position,
        sort="near" if asked.near else "new" if asked.sort == "new" else "time",
    )  # fmt: skip


def find(asked: Asked, season: Season, place: Place | None, *, at: datetime, size: int = PER_PAGE) -> Found:
    """The page of activities that is asked for. At most three queries."""
    if asked.senseless:
        return Page([])
    return lists.page_of(question_of(asked, season, place, at=at), cursor=asked.cursor, size=size)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of what is asked, of each kind and in each place one level down; None where nobody counted."""

    total: Total = Total(0)
    kinds: Mapping[str, int] | None = None
    places: Sequence[Place] = ()
    in_places: Mapping[str, int] | None = None


def counts_of(question: Question, place: Place | None) -> Counts:
    """At most five queries."""
    kinds = lists.kinds_of(question)
    total = Total(kinds.get("", 0)) if kinds is not None else lists.total_of(question)
    places = children_of(place)
    in_places = lists.in_places(question, places)
    if in_places is None and kinds is not None:
        in_places = {place.code: kinds.get(f"in:{place.code}", 0) for place in places}
    return Counts(total, kinds, places, in_places)


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
    on_today = _on_days(season, at, today, today, seen)
    first, last = weekend(today)
    at_weekend = _on_days(season, at, max(first, tomorrow), last, seen) if last >= tomorrow else []
    later = _unseen(lists.page_of(Question(season, at, first=tomorrow), size=LOOKED_AT).items, seen)
    past: Sequence[Line] = ()
    if not seen:
        past = _going_ahead(lists.page_of(Question(season, at, when="past"), size=LOOKED_AT).items)[:ON_HOME]
    return Soon(on_today, at_weekend, later, past)


def _going_ahead(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.publication.status != PublicationStatus.CANCELLED]


def _on_days(season: Season, at: datetime, first: date, last: date, seen: set[int]) -> list[Line]:
    """The first few that go ahead between two days."""
    days = Question(season, at, when="days", first=first, last=last)
    return _unseen(lists.page_of(days, size=LOOKED_AT).items, seen)


def publication_of(pk: int) -> Publication | None:
    """The copy of one activity; None where there is none, also for a number that no database can hold. One query."""
    return published_detail(pk) if pk <= BigIntegerField.MAX_BIGINT else None


def shown_publication(pk: int) -> Publication | None:
    """The same without its content, with the edition of its season's rules. One query."""
    if pk > BigIntegerField.MAX_BIGINT:
        return None
    rows = Publication.objects.select_related("season").only(*_SHOWN, "season__edition")
    return rows.filter(pk=pk).first()


_SHOWN = (
    "version", "digest", "status", "status_words", "starts_at", "ends_at", "time_pending", "updated_at", "mode",
)  # fmt: skip


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
    for line in _going_ahead(lines):
        if line.publication.pk not in seen and len(chosen) < ON_HOME:
            chosen.append(line)
            seen.add(line.publication.pk)
    return chosen
