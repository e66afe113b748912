"""Positions on the earth in the three systems that maps of China use, and how one becomes another. Pure.

Degrees throughout, latitude first. **WGS-84** (EPSG:4326) is what satellites, phones and 天地图 give (CGCS2000 differs from it
by centimetres). **GCJ-02** is WGS-84 with the offset that maps on sale in China carry (高德, 腾讯); **BD-09** is GCJ-02 with
Baidu's own offset on top. Neither offset is published; the formulae here are the family that has gone round among
cartographers since 2010 (a sum of sines on the Krasovsky 1940 ellipsoid; in Baidu's case a small turn and stretch about the
origin), which agree with the maps to a few metres. There is none outside China. The ways back have no closed form and
are found by iteration, to less than a centimetre of the way there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt

Position = tuple[float, float]  # latitude, longitude

# a box around the country, as generous as the formulae are: south, north, west, east
BOUNDS = (0.8293, 55.8271, 72.004, 137.8347)
# where a number can only be the one or the other: what people mean when they write a pair
_LATITUDES, _LONGITUDES = (3.0, 54.0), (73.0, 136.0)
MEAN_RADIUS = 6_371_008.8  # of the earth, in metres
_AXIS, _FLATTENING = (
    6_378_245.0,
    0.00669342162296594323,
)  # Krasovsky 1940: half axis in metres, eccentricity squared
_CLOSE = 1e-9  # degrees, about a tenth of a millimetre
_MOST_STEPS = 30
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:\.\d+)?")
_MARKED = re.compile(r"(纬|latitude|lat|[ns])|(经|longitude|long|lng|lon|[ew])", re.IGNORECASE)


class System(StrEnum):
    """Which system a pair of degrees is written in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(position: Position, system: System) -> Position:
    """A position as satellites give it, from what another system says."""
    match system:
        case System.WGS84:
            return position
        case System.GCJ02:
            return _undone(gcj02, position)
        case System.BD09:
            return _undone(gcj02, _undone(_bd09_of_gcj02, position))


def from_wgs84(position: Position, system: System) -> Position:
    """The way back of :func:`to_wgs84`."""
    match system:
        case System.WGS84:
            return position
        case System.GCJ02:
            return gcj02(position)
        case System.BD09:
            return _bd09_of_gcj02(gcj02(position))


def is_near_china(position: Position) -> bool:
    """Whether the offsets apply there at all."""
    latitude, longitude = position
    south, north, west, east = BOUNDS
    return south <= latitude <= north and west <= longitude <= east


def metres_between(one: Position, other: Position) -> float:
    """The great-circle distance of two WGS 84 positions, in metres on a sphere of the mean radius (haversine)."""
    north, south = radians(one[0]), radians(other[0])
    across, along = north - south, radians(one[1] - other[1])
    half = sin(across / 2) ** 2 + cos(north) * cos(south) * sin(along / 2) ** 2
    return 2 * MEAN_RADIUS * asin(min(1.0, sqrt(half)))


def gcj02(position: Position) -> Position:
    """WGS-84 with the offset of maps on sale in China; outside China unchanged."""
    if not is_near_china(position):
        return position
    latitude, longitude = position
    x, y = longitude - 105.0, latitude - 35.0
    root = sqrt(abs(x))
    waves = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (
        (waves + 20 * sin(pi * y) + 40 * sin(pi * y / 3) + 160 * sin(pi * y / 12) + 320 * sin(pi * y / 30))
        * 2
        / 3
    )
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (
        (waves + 20 * sin(pi * x) + 40 * sin(pi * x / 3) + 150 * sin(pi * x / 12) + 300 * sin(pi * x / 30))
        * 2
        / 3
    )
    # metres along the meridian and the parallel, as degrees on the ellipsoid
    turn = 1 - _FLATTENING * sin(radians(latitude)) ** 2
    meridian = _AXIS * (1 - _FLATTENING) / turn**1.5
    parallel = _AXIS / sqrt(turn) * cos(radians(latitude))
    return latitude + north * 180 / (meridian * pi), longitude + east * 180 / (parallel * pi)


def _bd09_of_gcj02(position: Position) -> Position:
    """GCJ-02 with Baidu's own offset."""
    if not is_near_china(position):
        return position
    latitude, longitude = position
    far = hypot(longitude, latitude) + 0.00002 * sin(latitude * pi * 3000 / 180)
    angle = atan2(latitude, longitude) + 0.000003 * cos(longitude * pi * 3000 / 180)
    return far * sin(angle) + 0.006, far * cos(angle) + 0.0065


def _undone(shift: Callable[[Position], Position], shifted: Position) -> Position:
    """The position that ``shift`` takes to ``shifted``: the guess is moved by what it misses until it misses nothing."""
    if not is_near_china(shifted):
        return shifted
    latitude, longitude = shifted
    for _step in range(_MOST_STEPS):
        there = shift((latitude, longitude))
        short = shifted[0] - there[0], shifted[1] - there[1]
        latitude, longitude = latitude + short[0], longitude + short[1]
        if max(map(abs, short)) < _CLOSE:
            break
    return latitude, longitude


def pair_in(text: str) -> Position | None:
    """The position that somebody wrote or pasted in decimal degrees, in either order; None where it is not clear.

    ``23.0205, 113.7518`` and ``113.7518,23.0205`` mean the same place: in China no latitude is a longitude. Marks
    (北纬, E, lng=…) are heeded. Anything but exactly two numbers is unclear.
    """
    plain = text.replace("．", ".").replace("。", ".").replace("－", "-")
    found = list(_NUMBER.finditer(plain))
    if len(found) != 2:
        return None
    first, second = (float(number.group()) for number in found)
    kinds = [_kind(plain, found, n) for n in (0, 1)]
    if kinds in (["lat", "lon"], ["lat", ""], ["", "lon"]):
        return _signed(plain, first, second)
    if kinds in (["lon", "lat"], ["lon", ""], ["", "lat"]):
        return _signed(plain, second, first)
    if kinds != ["", ""]:
        return None
    fits = [
        (latitude, longitude)
        for latitude, longitude in ((first, second), (second, first))
        if _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    ]
    return fits[0] if len(fits) == 1 else None


def _kind(text: str, found: list[re.Match[str]], n: int) -> str:
    """ "lat", "lon" or "": what stands before the first number or, where nothing does, right behind each."""
    leads = bool(_MARKED.search(text[: found[0].start()]))
    if leads:
        before = text[found[n - 1].end() if n else 0 : found[n].start()]
        marks = list(_MARKED.finditer(before))
        mark = marks[-1] if marks else None
    else:
        behind = text[found[n].end() : found[n + 1].start() if n + 1 < len(found) else len(text)]
        mark = _MARKED.search(behind)
    return "" if mark is None else "lat" if mark.group(1) else "lon"


def _signed(text: str, latitude: float, longitude: float) -> Position | None:
    """South and west are below zero, where they are named in words or letters."""
    if re.search(r"南纬|\bS\b|\d\s*°?\s*S\b", text):
        latitude = -abs(latitude)
    if re.search(r"西经|\bW\b|\d\s*°?\s*W\b", text):
        longitude = -abs(longitude)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
