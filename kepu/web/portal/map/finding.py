"""What the map reads. Each function says its number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat, Length, Substr

from kepu.activities.models import PublicationStatus
from kepu.core import tallies
from kepu.core.geo import Position
from kepu.notices.models import Season
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities import finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.finding import MOST_PLACES, Line

PUBLISHED, ONLINE, HELD = "activity.published", "activity.online", "activity.held"
MOST = 300  # activities whose positions are drawn


@dataclass(frozen=True, slots=True)
class Counted:
    """A place with what is counted in it. Without ``joined`` no unit there files, and nothing is known of it."""

    place: Place
    published: int
    online: int
    held: int
    joined: bool

    @property
    def is_known(self) -> bool:
        return self.joined or self.published > 0


def counted_inside(season: Season, place: Place | None) -> list[Counted]:
    """The places one level down, of the nation without one, with their counts, in the order of their codes. Two queries."""
    inside = Place.objects.filter(parent=place) if place else Place.objects.filter(parent__path="/")
    end = Concat(Substr("path", 1, Length("path") - 1), Value("0"))
    here = Unit.objects.filter(place_path__gte=OuterRef("path"), place_path__lt=OuterRef("end"))
    found = list(inside.annotate(end=end).annotate(joined=Exists(here)).order_by("code")[:MOST_PLACES])
    counts = tallies.in_places(season.pk, [PUBLISHED, ONLINE, HELD], [one.path for one in found])
    return [_counted(one, counts[one.path]) for one in found]


def _counted(place: Any, n: Mapping[str, int]) -> Counted:
    return Counted(place, n[PUBLISHED], n[ONLINE], n[HELD], place.joined)


@dataclass(frozen=True, slots=True)
class Placed:
    """What is on, and where on the map; ``position`` is None where the host has given none."""

    line: Line
    position: Position | None


@dataclass(frozen=True, slots=True)
class Positions:
    """At most :data:`MOST` activities that go ahead, each once, in the order of time; ``more`` where there are others."""

    items: Sequence[Placed]
    more: bool


def positions(asked: Asked, season: Season, place: Place, *, at: datetime) -> Positions:
    """Where what is asked for is held. Three queries at most, of at most :data:`MOST` rows."""
    found = finding.find(asked, season, place, at=at, size=MOST)
    lines: dict[int, Line] = {}
    for line in found.items:
        if line.publication.status != PublicationStatus.CANCELLED:
            lines.setdefault(line.publication.pk, line)
    return Positions([Placed(line, _where(line)) for line in lines.values()], bool(found.next))


def _where(line: Line) -> Position | None:
    return position_in(line.publication.latitude, line.publication.longitude)


def position_in(latitude: object, longitude: object) -> Position | None:
    """A position as a copy holds it; None for none, and for what is none."""
    try:
        pair = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None
    on_earth = all(map(isfinite, pair)) and abs(pair[0]) <= 90 and abs(pair[1]) <= 180
    return pair if on_earth else None
