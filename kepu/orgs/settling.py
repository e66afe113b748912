"""What other modules keep for a unit, when it is merged, moved or closed: the seam by which they are asked.

A module registers a :class:`Keeper` in its ``ready``. Nothing here knows what an activity or a duty is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit


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
