"""Fetching what was asked for. Each function says its number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import BigIntegerField

from kepu.activities import lists
from kepu.activities.lines import Columns, Line
from kepu.activities.lists import Counts, Total
from kepu.activities.models import Activity, Publication, PublicationStatus
from kepu.activities.queries import published_detail
from kepu.activities.questions import Question, Sort, When
from kepu.core.db import rows_of
from kepu.core.fields import ancestors
from kepu.core.paging import Page
from kepu.core.rows import columns_of, instance, instances
from kepu.notices.models import Season
from kepu.notices.queries import shown_season_and
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities.asking import Asked

PER_PAGE = 20
MOST_PLACES = 120
Found = Page[Line]


def question_of(asked: Asked, season: Season, place: Place | None, *, at: datetime) -> Question:
    """What an address asks, as the lists understand it."""
    days, sort = asked.days(at), _sort_of(asked)
    when: When = "days" if days else "past" if asked.when == "past" else "upcoming"
    if sort == "new" and when == "upcoming":
        when = "all"  # what is new comes at whatever time it lies, and is counted so
    return Question(
        season, at, when=when,
        first=days[0] if days else None, last=days[1] if days else None, place=place, facets=asked.kinds, text=asked.text,
        host=int(asked.unit) if asked.unit else None, near=asked.position,
        sort=sort,
    )  # fmt: skip


def _sort_of(asked: Asked) -> Sort:
    if asked.near:
        return "near"
    if asked.sort == "relevance" and not asked.senseless:
        return "relevance"
    return "new" if asked.sort == "new" else "time"


def find(
    asked: Asked, season: Season, place: Place | None, *, at: datetime, size: int = PER_PAGE
) -> Found:  # fmt: skip
    """The page of activities that is asked for. At most three queries; five of the nearest."""
    if asked.senseless:
        return Page([])
    return lists.page_of(question_of(asked, season, place, at=at), cursor=asked.cursor, size=size)


def find_and_count(
    asked: Asked, question: Question, places: Sequence[Inside], *, columns: Columns
) -> tuple[Found, Counts]:  # fmt: skip
    """The page that is asked for, and how many there are. Two queries where only place and time are asked, else four at most;
    eight of the nearest. ``places`` are those one level below that of the question.
    """
    if asked.senseless:
        return Page([]), Counts(Total(0))
    paths = {inside.code: inside.path for inside in places}
    first = lists.first_of(question, paths, size=PER_PAGE)
    page = lists.page_of(question, cursor=asked.cursor, size=PER_PAGE, columns=columns, first=first)
    return page, lists.counted(question, paths, first=first)


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
    return trail_to(place.code)


def trail_to(code: str) -> list[Place]:
    """The place of a code at the end of those above it; none where no place has it. One query."""
    return instances(Place, _OF_PLACES, _TRAIL, [code])


def around(code: str) -> tuple[list[Place], list[Inside]]:
    """Both :func:`trail_to` and :func:`children_of` the place of a code. One query."""
    return _around(rows_of(_AROUND, [code, code]))


def shown_around(code: str) -> tuple[Season | None, list[Place], list[Inside]]:
    """The season that a reader sees, and :func:`around` the place of a code. One query."""
    season, rows = shown_season_and(_AROUND, [code, code], columns=1 + len(_OF_PLACES))
    return season, *_around(rows)


def _around(rows: Iterable[Sequence[Any]]) -> tuple[list[Place], list[Inside]]:
    trail, inside = [], []
    for below, *values in sorted(rows, key=_BY_PATH):
        if below:
            inside.append(Inside(*(values[n] for n in _AS_INSIDE)))
        else:
            trail.append(instance(Place, _OF_PLACES, values))
    return trail, inside[:MOST_PLACES]


def place_named(code: str) -> Place | None:
    """The place of a code; None for the nation, which nobody has to ask for. One query."""
    trail = trail_to(code)
    return trail[-1] if len(trail) > 1 else None


_OF_PLACES = ("id", "code", "name", "kind", "level", "parent_id", "path")
_OWN, _ABOVE = (columns_of(Place, _OF_PLACES, table) for table in ("t", "a"))
_TRAIL = (
    f"WITH RECURSIVE up ({', '.join(_OF_PLACES)}) AS (SELECT {_OWN} FROM {Place._meta.db_table} t WHERE t.code = %s "
    f"UNION ALL SELECT {_ABOVE} FROM {Place._meta.db_table} a JOIN up ON a.id = up.parent_id) "
    f"SELECT {', '.join(_OF_PLACES)} FROM up ORDER BY path"
)


class Inside(NamedTuple):
    """A place one level down."""

    code: str
    name: str
    path: str


_BELOW = ", ".join(f"b.{name}" if name in Inside._fields else "NULL" for name in _OF_PLACES)
_AROUND = (
    f"SELECT 0 AS below, u.* FROM ({_TRAIL}) u UNION ALL SELECT 1, {_BELOW} FROM {Place._meta.db_table} b WHERE b.parent_id = "
    f"(SELECT id FROM {Place._meta.db_table} WHERE code = %s)"
)
_BY_PATH = itemgetter(0, 1 + _OF_PLACES.index("path"))
_AS_INSIDE = [_OF_PLACES.index(name) for name in Inside._fields]


def children_of(place: Place | None) -> list[Inside]:
    """The places one level down; of the nation without one. One query."""
    parent = "p.parent_id = %s" if place else "p.parent_id = (SELECT id FROM orgs_place WHERE path = %s)"
    sql = (
        f"SELECT p.code, p.name, p.path FROM orgs_place p WHERE {parent} ORDER BY p.code LIMIT {MOST_PLACES}"
    )
    return [Inside(*row) for row in rows_of(sql, [place.pk if place else "/"])]


def places_of(publication: Publication) -> list[Place]:
    """The places in which it is held, from the province down. One query."""
    return list(Place.objects.filter(path__in=ancestors(publication.place_path)[1:]).order_by("path"))


def unit_named(pk: str) -> Unit | None:
    return Unit.objects.filter(pk=int(pk)).first()


def people_behind(publication: Publication) -> Activity:
    """The units that filed and reviewed it; nothing else of the activity is loaded. One query."""
    rows = Activity.objects.select_related("unit", "reviewing_unit", "responsible_unit")
    return rows.only("unit__name", "reviewing_unit__name", "responsible_unit__name").get(pk=publication.pk)
