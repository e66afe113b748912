"""Which season, place and unit a question names: what the pages beside the list share with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities import finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.facets import Choice
from kepu.web.portal.addresses import path_to


@dataclass(frozen=True, slots=True)
class Within:
    """A question without what names nothing, and the things it names. ``season`` is None while there is none."""

    asked: Asked
    season: Season | None
    place: Place | None
    unit: Unit | None


def within(query: QueryDict) -> Within:
    """One query for the season, one more each for a place and a unit that are asked for."""
    asked = Asked.of(query).but()  # these pages have no second page
    season = Season.objects.filter(code=asked.season).first() if asked.season else None
    if season is None:
        asked, season = asked.but(season=""), shown_season()
    place = finding.place_named(asked.place) if asked.place else None
    unit = finding.unit_named(asked.unit) if asked.unit else None
    if place is None:
        asked = asked.but(place="")
    if unit is None:
        asked = asked.but(unit="")
    return Within(asked, season, place, unit)


def query_of(asked: Asked, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """The one way to write a question and what a page asks beside it; "" where nothing is asked."""
    more = urlencode([(name, value) for name, value in pairs if value])
    return "&".join(part for part in (asked.query(), more) if part)


def address(route: str, asked: Asked, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """Where a page answers a question."""
    query = query_of(asked, pairs)
    return path_to(route) + (f"?{query}" if query else "")


def ways(asked: Asked, current: str) -> list[Choice]:
    """The ways to look at what a question finds; ``current`` is the route of the one that is shown."""
    of_a_place = Asked(place=asked.place, season=asked.season, day=asked.day)
    named: list[tuple[str, Any, Asked]] = [
        ("portal:activities", _("列表"), asked),
        ("portal:calendar", _("日历"), of_a_place),
        ("portal:map", _("地图"), asked),
        ("portal:compilation", _("汇编"), asked),
    ]
    return [Choice(str(label), address(route, meant), route == current) for route, label, meant in named]
