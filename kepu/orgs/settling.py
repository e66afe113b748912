"""What other modules keep for a unit, when it is merged, moved or closed: the seam by which they are asked.

A module registers a :class:`Keeper` in its ``ready``. Nothing here knows what an activity or a duty is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import in_transaction
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit

NAMED = 3  # how many titles a sentence names


class Keeper:
    """What a module keeps for units. Every method joins the act under way."""

    def in_the_way(self, unit: Unit) -> Iterator[str]:
        """Sentences that name what must be settled before the unit closes for good, with nobody to go on with it."""
        return iter(())

    def hand_over(self, unit: Unit, to: Unit, *, by: Actor, at: datetime) -> None:
        """The unit is merged into another: what is open goes there, what has been counted stays where it is."""

    def moved(self, unit: Unit, *, by: Actor, at: datetime) -> None:
        """The unit has another place or line: what has not been counted yet goes the new way."""

    def closed(self, unit: Unit, *, by: Actor, at: datetime) -> None:
        """The unit is closed and nothing stood in the way: what nobody has seen yet is put away."""


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Ask this keeper from now on, after those that were registered before."""
    _keepers.append(keeper)


def keepers() -> tuple[Keeper, ...]:
    return tuple(_keepers)


@in_transaction
def hand_on(rows: QuerySet[Any], values: dict[str, Any], event: str, *, by: Actor, at: datetime) -> None:
    """Write columns that count for nothing to rows with a ``version``; whoever has one open is told that it moved on."""
    found = list(rows.order_by("id").only("pk"))
    rows.model._default_manager.filter(pk__in=[row.pk for row in found]).update(
        **values, version=F("version") + 1
    )
    named = {name: getattr(value, "pk", value) for name, value in values.items()}
    for row in found:
        audit.record(event, row, by=by, at=at, **named)


def named_in_short(titles: list[str]) -> str:
    """The first few titles, and how many there are."""
    shown = _("、").join(f"“{title}”" for title in titles[:NAMED])
    return shown if len(titles) <= NAMED else _("%(shown)s等 %(n)d 项") % {"shown": shown, "n": len(titles)}
