"""Whom it concerns when an activity does not take place as announced, each unit once. Reads only.

The host, every unit of its review, the coordinators of the place where it is held and of the host's up to the city, and
the co-hosts, undertakers and supporters that are registered under the very name that the host wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from kepu.activities.models import Activity
from kepu.core.fields import ancestors
from kepu.orgs.actor import Actor
from kepu.orgs.models import Coordination, Level, Place, Unit

UP_TO_CITY = (Level.TOWN, Level.COUNTY, Level.CITY)
UP_TO_PROVINCE = (*UP_TO_CITY, Level.PROVINCE)


@dataclass(frozen=True, slots=True)
class Concerned:
    """Ids of units: ``inside`` sees the activity in the workspace, ``partners`` only read what the public reads.

    Who coordinates the place where it is held, but not its host's, is a partner in this.
    """

    inside: tuple[int, ...]
    partners: tuple[int, ...] = ()


def concerned_by(activity: Activity, *, by: Actor) -> Concerned:
    """Everybody whom it concerns but the unit that acts. Three queries, two where it is held at the host's place."""
    inside = dict.fromkeys([activity.unit_id, *reviewers_of(activity), *coordinators_of(activity)])
    partners = [unit for unit in _partners(activity) if unit not in inside]
    return Concerned(
        tuple(unit for unit in inside if unit != by.unit_id),
        tuple(unit for unit in partners if unit != by.unit_id),
    )


def reviewers_of(activity: Activity) -> list[int]:
    """The units of its whole route, and the one whose turn it is. No query."""
    units = [*activity.route.get("units", ())]
    if activity.reviewing_unit_id is not None and activity.reviewing_unit_id not in units:
        units.append(activity.reviewing_unit_id)
    return units


def coordinators_of(activity: Activity, levels: Iterable[str] = UP_TO_CITY) -> list[int]:
    """Who coordinates the places of these levels at or above where it is held or where its host is, the nearest first."""
    return list(dict.fromkeys(unit for unit, _path in _coordinations(activity, levels)))


def path_of_place(activity: Activity) -> str:
    """The path of the place where it is held. One query, none where that is the host's own."""
    if activity.place_id == activity.unit.place_id:
        return activity.unit.place_path
    path: str = Place.objects.values_list("path", flat=True).get(pk=activity.place_id)
    return path


def _coordinations(activity: Activity, levels: Iterable[str]) -> list[tuple[int, str]]:
    """Units with the place that they coordinate, the nearest first."""
    paths = {*ancestors(activity.place_path), *ancestors(path_of_place(activity))}
    rows = Coordination.objects.filter(
        place__path__in=paths, place__level__in=[str(level) for level in levels]
    )
    return list(rows.order_by("-place__path", "pk").values_list("unit_id", "place__path"))


def _partners(activity: Activity) -> list[int]:
    names = [name.strip() for name in (*activity.co_hosts, *activity.undertakers, *activity.supporters)]
    if not names:
        return []
    going_on = Unit.objects.filter(Q(name__in=names), closed_on=None)
    return list(going_on.order_by("pk").values_list("pk", flat=True))
