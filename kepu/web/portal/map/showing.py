"""Tiles, the drawing and the list beside it, as pages show them. Values only; no query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.models import Publication
from kepu.core.calendar import day_of
from kepu.core.geo import Position, is_near_china, pair_in
from kepu.orgs.models import Place
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.showing import Row, row_of
from kepu.web.portal.map import apps, measuring, plotting, steps
from kepu.web.portal.map.finding import Counted, Placed, position_in
from kepu.web.portal.map.scheme import COUNTRY, Spot
from kepu.web.portal.within import address
from kepu.web.portal.wording import day_words

LONGEST_TYPED = 60
WITH_LINKS = 20  # lines that bring links to other maps; each activity's own page has them too


@dataclass(frozen=True, slots=True)
class Tile:
    """One place. ``url`` is "" where nothing is known of it; ``step`` is its shade, 0 for none."""

    name: Any
    full_name: str
    url: str
    list_url: str
    counted: Counted | None
    step: int
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles in the order in which they are read, the same places in the order of their codes, and what shades mean."""

    tiles: Sequence[Tile]
    rows: Sequence[Tile]
    legend: Sequence[tuple[int, str]]
    has_zero: bool
    has_unknown: bool
    is_country: bool


def tiles(counted: Sequence[Counted], asked: Asked, pairs: Sequence[tuple[str, str]]) -> Tiles:
    """The tiles of the places inside one; of the country where these are its provinces."""
    least = steps.bounds(one.published for one in counted)
    country = all(one.place.code in COUNTRY for one in counted) and bool(counted)

    def tile(one: Counted) -> Tile:
        spot = COUNTRY[one.place.code] if country else Spot(0, 0, one.place.name)
        there = asked.but(place=one.place.code)
        url = address("portal:map", there, pairs) if one.is_known else ""
        return Tile(
            spot.name, one.place.name, url, address("portal:activities", there), one, steps.step_of(one.published, least),
            spot.row, spot.column,
        )  # fmt: skip

    rows = [tile(one) for one in counted]
    ordered = _in_scheme(rows) if country else rows
    known = [one for one in counted if one.is_known]
    return Tiles(
        ordered, rows, _legend(least), any(one.published == 0 for one in known),
        len(known) < len(ordered), country,
    )  # fmt: skip


def _in_scheme(rows: Iterable[Tile]) -> list[Tile]:
    """Every field of the scheme, also of a province that this installation does not know."""
    there = {(tile.row, tile.column): tile for tile in rows}
    return [
        there.get((spot.row, spot.column))
        or Tile(spot.name, str(spot.name), "", "", None, 0, spot.row, spot.column)
        for spot in COUNTRY.values()
    ]


def _legend(least: Sequence[int]) -> list[tuple[int, str]]:
    return [(step, steps.words(*span)) for step, span in enumerate(steps.spans(least), start=1)]


@dataclass(frozen=True, slots=True)
class Here:
    """Where the visitor says to be: "" and no fault where nothing is said."""

    position: Position | None = None
    text: str = ""  # as an address keeps it: a thousandth of a degree, about a hundred metres
    fault: str = ""


def here_in(text: str) -> Here:
    """What ``?at=`` or the field beside the map says."""
    typed = " ".join(text.replace("\0", "").split())[:LONGEST_TYPED]
    if not typed:
        return Here()
    found = pair_in(typed)
    if found is None:
        return Here(
            None,
            typed,
            _("看不出“%(text)s”是哪里。请写成 23.0205, 113.7518 这样，两个数中间用逗号分开。")
            % {"text": typed},
        )
    if not is_near_china(found):
        return Here(
            None, typed, _("“%(text)s”不在中国附近。请看看纬度和经度是不是写反了。") % {"text": typed}
        )
    position = round(found[0], 3), round(found[1], 3)
    return Here(position, f"{position[0]:.3f},{position[1]:.3f}")


@dataclass(frozen=True, slots=True)
class NearRow:
    """One activity beside the drawing: the number of its mark, when, and how far it is from the visitor."""

    row: Row
    day: str
    number: int | None
    way: str
    links: list[apps.MapLink]


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing, the activities in it, and those that cannot be drawn."""

    drawing: plotting.Drawing | None
    rows: list[NearRow]
    elsewhere: list[NearRow]  # without a position of their own
    coordinates: str
    here_words: str = ""
    more: bool = False
    numbers: dict[int, int] = field(default_factory=dict)


def plot(placed: Sequence[Placed], here: Here, *, more: bool, at: datetime) -> Plot:
    """The nearest first where it is known where the visitor is, else the soonest first."""
    known = [one for one in placed if one.position is not None]
    me = here.position
    if me is not None:
        known.sort(key=lambda one: measuring.metres(me, one.position or me))
    drawing = plotting.drawn([one.position for one in known if one.position], me)
    numbers = drawing.numbers if drawing else {}
    rows = [_row(one, numbers.get(i), me, at, with_links=i < WITH_LINKS) for i, one in enumerate(known)]
    said = ""
    if me is not None and drawing is not None and drawing.here is None:
        said = _("您离这里太远，图上没有画出您的位置。")
    first = known[0].position if known else None
    return Plot(
        drawing, rows, [_row(one, None, None, at) for one in placed if one.position is None],
        measuring.degrees_words(first) if first else "", said, more,
    )  # fmt: skip


def _row(
    one: Placed, number: int | None, me: Position | None, at: datetime, *, with_links: bool = False
) -> NearRow:
    publication, day = one.line.publication, day_of(max(one.line.starts_at, min(at, one.line.ends_at)))
    way = measuring.way_words(me, one.position) if me and one.position else ""
    links = (
        apps.links_to(one.position, publication.title, publication.place_words)
        if with_links and one.position
        else []
    )
    return NearRow(row_of(one.line, day, at), day_words(day), number, way, links)


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """The position of one activity for its own page (``portal/map/_position.html``)."""

    coordinates: str
    links: list[apps.MapLink]
    near_url: str  # the map of the place around it
    bar: str


def position_of(publication: Publication, place: Place | None) -> ShownPosition | None:
    """From a whole copy; None where the host has given no position. ``place`` is the nearest place around it."""
    content: dict[str, Any] = publication.content
    found = position_in(content.get("latitude"), content.get("longitude"))
    if found is None:
        return None
    name = content.get("venue") or publication.title
    address_words = "".join(filter(None, (publication.place_words, content.get("address") or "")))
    return ShownPosition(
        measuring.degrees_words(found), apps.links_to(found, name, address_words),
        address("portal:map", Asked(place=place.code)) if place else "", measuring.distance_words(500),
    )  # fmt: skip
