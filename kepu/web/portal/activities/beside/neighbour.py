"""Another activity as it is kept beside one, and as it is read. Instants are seconds: they are compared more than shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

COLUMNS = (
    "activity_id", "digest", "title", "host_name", "place_words", "mode", "next_at", "ends_at", "turns_at", "city", "county",
    "town",
)  # fmt: skip
_CUT = 12  # of a digest


class Neighbour(NamedTuple):
    """One copy of another activity, as far as it is told, and the words of each kind that both have."""

    pk: int
    digest: str
    title: str
    host: str
    place: str
    mode: str
    next_at: int
    ends_at: int
    turns_at: int | None
    city: str
    county: str
    town: str
    shared: Mapping[str, str]

    def is_still(self, digest: str, at: int) -> bool:
        """Whether it is as it was kept: the same copy, with the same session next."""
        return digest.startswith(self.digest) and (self.turns_at is None or self.turns_at > at)


def kept_of(row: Mapping[str, Any], shared: Mapping[str, str]) -> list[Any]:
    """The columns of a copy as plain JSON."""
    return list(neighbour_of([row[name] for name in COLUMNS], shared))


def neighbour_of(values: list[Any], shared: Mapping[str, str]) -> Neighbour:
    """From the columns as a database gives them."""
    plain: list[Any] = [_seconds(value) if isinstance(value, datetime) else value for value in values]
    plain[1] = plain[1][:_CUT]
    return Neighbour._make([*plain, dict(shared)])


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
