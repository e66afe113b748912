"""How far, and in which direction, in numbers and in words. Positions are WGS-84. Pure."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.geo import Position

RADIUS = 6_371_008.8  # metres, the mean of the earth's
NAMED = 50  # metres below which a direction says nothing
DIRECTIONS = (
    lazy("正北"), lazy("东北"), lazy("正东"), lazy("东南"), lazy("正南"), lazy("西南"), lazy("正西"), lazy("西北"),
)  # fmt: skip


def metres(one: Position, other: Position) -> float:
    """The length of the great circle between two positions (haversine)."""
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    half = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))


def bearing(one: Position, other: Position) -> float:
    """In which direction the other lies, in degrees from north over east."""
    east = radians(other[1] - one[1])
    here, there = radians(one[0]), radians(other[0])
    x = sin(east) * cos(there)
    y = cos(here) * sin(there) - sin(here) * cos(there) * cos(east)
    return degrees(atan2(x, y)) % 360


def distance_words(length: float) -> str:
    """不到50米, 350米, 1.2公里, 12公里"""
    if length < NAMED:
        return _("不到50米")
    if length < 950:
        return _("%(n)s米") % {"n": round(length / 50) * 50}
    n = length / 1000
    return _("%(n)s公里") % {"n": f"{n:.1f}".removesuffix(".0") if n < 9.95 else f"{round(n):,}"}


def way_words(one: Position, other: Position) -> str:
    """东北 约1.2公里; without a direction where it is next door."""
    length = metres(one, other)
    said = distance_words(length)
    if length < NAMED:
        return said
    towards = DIRECTIONS[round(bearing(one, other) / 45) % 8]
    return _("%(direction)s 约%(distance)s") % {"direction": towards, "distance": said}


def degrees_words(position: Position) -> str:
    """北纬23.0205° 东经113.7518°"""
    latitude, longitude = position
    return _("%(north)s%(latitude)s° %(east)s%(longitude)s°") % {
        "north": _("北纬") if latitude >= 0 else _("南纬"), "latitude": f"{abs(latitude):.4f}",
        "east": _("东经") if longitude >= 0 else _("西经"), "longitude": f"{abs(longitude):.4f}",
    }  # fmt: skip
