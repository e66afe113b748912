"""What an address asks of the cloud hall: a value that is read from a query and written back as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from kepu.web.portal.activities.asking import CODE, PLACE, day_in, like


@dataclass(frozen=True, slots=True)
class Asked:
    """Where, on which day, of which kind; each "" where it is not asked. A kind without a day is about today."""

    place: str = ""
    day: str = ""
    kind: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """What a query asks for; what cannot be meant is left out."""
        return cls(
            place=like(query.get("place", ""), PLACE), day=day_in(query.get("day", "")),
            kind=like(query.get("kind", ""), CODE), cursor=query.get("cursor", ""),
        )  # fmt: skip

    def query(self) -> str:
        """The one way to write this question; "" where nothing is asked."""
        pairs = {"place": self.place, "day": self.day, "kind": self.kind, "cursor": self.cursor}
        return urlencode({name: value for name, value in pairs.items() if value})

    def but(self, **changes: Any) -> Self:
        """The same question with parts of it changed, from the first page on."""
        return replace(self, cursor="", **changes)

    @property
    def is_of_a_day(self) -> bool:
        """Whether it is about one day as a whole, and not about now."""
        return bool(self.day or self.kind)

    def the_day(self, today: date) -> date:
        return date.fromisoformat(self.day) if self.day else today


def address(asked: Asked, part: str = "") -> str:
    """Where a question is answered: the hall, or one of its lists."""
    path = reverse("portal:cloud-part", args=[part]) if part else reverse("portal:cloud")
    query = asked.query()
    return f"{path}?{query}" if query else path


def matrix_address(asked: Asked) -> str:
    query = Asked(place=asked.place, cursor=asked.cursor).query()
    return reverse("portal:cloud-matrix") + (f"?{query}" if query else "")
