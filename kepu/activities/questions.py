"""What is asked of the lists that the public reads: a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from kepu.activities import listing
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core.calendar import ONE_DAY, day_of, start_of_day
from kepu.core.geo import Position
from kepu.core.search import label, phrases
from kepu.core.searching import Search
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

When = Literal["upcoming", "past", "all", "days"]
Sort = Literal["time", "new", "near", "relevance"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the lists of a season. ``facets`` names one code each, such as ``{"fields": "health"}``.

    ``when`` is "upcoming" (begins today or later, or on the ``first`` day or later), "past" (began before today), "all", or
    "days" from ``first`` to ``last``.
    ``near`` is the position by which ``sort`` "near" ranks.
    """

    season: Season
    at: datetime
    when: When = "upcoming"
    first: date | None = None
    last: date | None = None
    place: Place | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    host: int | None = None
    sort: Sort = "time"
    near: Position | None = None

    @property
    def is_of_place(self) -> bool:
        """Whether nothing but place and time is asked."""
        return not self.facets and not phrases(self.text) and self.host is None and self.sort == "time"

    @property
    def days(self) -> list[date]:
        if self.when != "days" or self.first is None or self.last is None:
            return []
        return [self.first + ONE_DAY * n for n in range((self.last - self.first).days + 1)]

    @property
    def today(self) -> datetime:
        return start_of_day(day_of(self.at))

    @property
    def since(self) -> datetime:
        """From when on, where it asks what is to come."""
        return start_of_day(self.first) if self.first else self.today

    def search(self) -> Search:
        """The same question to the search table."""
        labels: list[tuple[str, ...]] = [(label(name, code),) for name, code in self.facets.items()]
        if self.place and self.place.level != Level.NATION:
            labels.append((listing.in_place(self.place.code),))
        if self.host is not None:
            labels.append((listing.by_host(self.host),))
        if days := self.days:
            labels.append(tuple(listing.on_day(day) for day in days))
        words = phrases(self.text)
        if not words and not labels:
            labels.append((listing.EVERYWHERE,))
        return Search(
            SEARCH_TABLE, words, labels, since=self.since if self.when == "upcoming" else None,
            before=self.today if self.when == "past" else None, partition=listing.partition_of(self.season.pk),
        )  # fmt: skip
