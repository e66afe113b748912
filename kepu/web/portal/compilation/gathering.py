"""Which activities a compilation holds. Each function says its number of queries."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from kepu.activities.models import Publication
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities import finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.finding import Line
from kepu.web.portal.within import query_of

MOST = 2000  # what one compilation holds; more is asked for by county or by day
ON_THE_PAGE = 200  # what its page shows; the files have all of it


@dataclass(frozen=True, slots=True)
class Gathered:
    """The lines of a compilation in the order of time, at most :data:`MOST`; ``more`` where there are others."""

    lines: Sequence[Line]
    more: bool

    def version(self, season: Season, asked: Asked, at: datetime) -> str:
        """Changes whenever what the compilation says does."""
        seen = [f"{season.pk} {season.edition} {query_of(asked)} {at.date()}"]
        seen += [
            f"{line.publication.pk} {line.publication.digest} {line.starts_at.timestamp()}"
            for line in self.lines
        ]
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def gather(asked: Asked, season: Season, place: Place | None, *, whole: bool, at: datetime) -> Gathered:
    """What the list would give for a question, all its pages at once; with ``whole`` also what is past.

    As many queries as the list has; twice as many where the whole season is asked for.
    """
    past: Sequence[Line] = ()
    more = False
    if whole and not asked.days(at):
        before = finding.find(asked.but(when="past"), season, place, at=at, size=MOST)
        past, more = list(reversed(before.items)), bool(before.next)
    ahead = finding.find(
        asked.but(when="") if whole and not asked.day else asked, season, place, at=at, size=MOST
    )
    lines = _each_once([*past, *ahead.items])
    return Gathered(lines[:MOST], more or bool(ahead.next) or len(lines) > MOST)


def copies_of(lines: Sequence[Line]) -> dict[int, Publication]:
    """The whole copies behind some lines. One query."""
    return Publication.objects.in_bulk([line.publication.pk for line in lines])


def areas_of(lines: Sequence[Line]) -> dict[int, str]:
    """The place by which each line is found, by the id of its activity; of one without a place nothing. One query.

    It is the county in which it is held; the town where no county lies above it; else the next place above.
    """
    code = Coalesce(*(NullIf(level, Value("")) for level in ("county", "town", "city", "province")))
    name = Place.objects.filter(code=OuterRef("area")).values("name")[:1]
    rows = Publication.objects.filter(pk__in=[line.publication.pk for line in lines]).order_by()
    found = rows.annotate(area=code).annotate(area_name=Subquery(name)).values_list("pk", "area_name")
    return {pk: said for pk, said in found if said}


def _each_once(lines: Sequence[Line]) -> list[Line]:
    """An activity with sessions on several days comes once, on the first of them."""
    found: dict[int, Line] = {}
    for line in lines:
        found.setdefault(line.publication.pk, line)
    return list(found.values())
