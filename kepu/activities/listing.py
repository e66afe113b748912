"""By which labels a published activity is found in lists, and what lists count it for. Pure.

A label is a token of the search table (:func:`kepu.core.search.label`): each place in which anything of it is held, each code
of its lists, its mode, its days, its host, its position. A season is a part of that table by itself, so that a search costs no
more where there were many seasons. Counts lie by the day on which it begins next, so that what is still to come is a range of
days; and by each day on which it is on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from math import floor
from typing import Any

from kepu.activities.frozen import Day, Site, Where
from kepu.core.calendar import day_of
from kepu.core.fields import ancestors
from kepu.core.search import label
from kepu.core.tallies import OF_DAYS, OF_LISTS, Spot

BEGINS, ON = "begins:", "on:"  # measures: on which day it begins next; on which days it is on
CELLS = {"near": 10, "far": 1}  # positions by tenths of a degree (some 11 km), and by degrees
MOST_DAYS = 62  # of one activity that are labelled and counted, from its first


EVERYWHERE = label("in", "all")  # what every publication has: for a question that names nothing else


def partition_of(season_id: int) -> str:
    """The part of the search table that is a season's."""
    return str(season_id)


def in_place(code: str) -> str:
    """The label of a place in which something is held."""
    return label("in", code)


def on_day(day: date) -> str:
    return label("on", day.isoformat())


def by_host(unit_id: int) -> str:
    return label("host", str(unit_id))


def cell(name: str, latitude: float, longitude: float, *, north: int = 0, east: int = 0) -> str:
    """The label of the cell that holds a position, or of one so many cells north and east of it."""
    parts = CELLS[name]
    return label(name, f"{floor(latitude * parts) + north}_{floor(longitude * parts) + east}")


def labels_of(columns: Mapping[str, Any], *, unit_id: int, site: Site, days: Iterable[Day]) -> list[str]:
    """All labels of a publication with these columns."""
    places = {code for where in _places(site) for code in where.codes.values()}
    found = [EVERYWHERE, *(in_place(code) for code in sorted(places))]
    found += [label("mode", columns["mode"]), by_host(unit_id)]
    found += [label(*_parted(code)) for code in columns["labels"].split()]
    found += [on_day(day) for day in sorted({day.day for day in days})[:MOST_DAYS]]
    found += [label(name, "1") for name in ("key_activity", "main_venue") if columns[name]]
    if columns["latitude"] is not None:
        found += [cell(name, columns["latitude"], columns["longitude"]) for name in CELLS]
    return list(dict.fromkeys(found))


def listed_of(columns: Mapping[str, Any], *, site: Site, days: Iterable[Day]) -> dict[str, Any]:
    """What lists count a publication for, as plain JSON: paths of places, the day it begins, the facets, its days."""
    on: dict[str, set[str]] = {}
    for day in days:
        on.setdefault(day.day.isoformat(), set()).add(day.where.path)
    first_days = sorted(on)[:MOST_DAYS]
    return {
        "paths": sorted({where.path for where in _places(site)}), "begins": begins(columns["next_at"]),
        "facets": facets_of(columns), "on": {day: sorted(on[day]) for day in first_days},
    }  # fmt: skip


def begins(next_at: datetime) -> str:
    return day_of(next_at).isoformat()


def facets_of(columns: Mapping[str, Any]) -> list[str]:
    """The facets under which it is counted; the first, the empty one, counts it as such."""
    codes = [code for code in columns["labels"].split() if len(code) <= _LONGEST]
    marked = [f"{name}:1" for name in ("key_activity", "main_venue") if columns[name]]
    return ["", f"mode:{columns['mode']}", *codes, *marked]


def counts_of(season_id: int, listed: Mapping[str, Any]) -> Iterator[tuple[Spot, str, str, int]]:
    """The counts behind what :func:`listed_of` made; none of an empty one."""
    for path, n in spread(listed.get("paths", ())):
        for facet in listed["facets"]:
            yield Spot(season_id, OF_LISTS, path), f"{BEGINS}{listed['begins']}", facet, n
    for day, paths in listed.get("on", {}).items():
        for path, n in spread(paths):
            for facet in listed["facets"]:
                yield Spot(season_id, OF_DAYS, path), f"{ON}{day}", facet, n


def spread(paths: Iterable[str]) -> list[tuple[str, int]]:
    """Counts at places that, rolled up, come to one at each of the paths and at each place above any of them.

    Where two lie below the same place, that place would count two: one is taken from it again.
    """
    found: list[tuple[str, int]] = []
    covered: set[str] = set()
    for path in paths:
        chain = ancestors(path)
        shared = [above for above in chain if above in covered]
        if len(shared) < len(chain):
            found.append((path, 1))
            if shared:
                found.append((shared[-1], -1))
            covered.update(chain)
    return found


_LONGEST = 130  # of a facet


def _places(site: Site) -> list[Where]:
    return [site.own, *site.others.values()]


def _parted(code: str) -> tuple[str, str]:
    name, _colon, rest = code.partition(":")
    return name, rest
