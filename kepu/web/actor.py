"""From a request to an Actor: the person signed in, acting for the unit chosen in this session."""

from __future__ import annotations

from typing import Any

from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import Actor
from kepu.orgs.queries import Standing, actor_for, only_way_to_act, standings
from kepu.web.request import Request

CHOSEN = "acting_for"
IN_STEAD = "acting_for_in_stead_of"
LATELY = "acted_for_lately"  # keys of standings, the newest first
REMEMBERED = 5


def standings_of(request: Request) -> list[Standing]:
    """Every way in which the person signed in may act at this instant. Three queries per request."""
    if not hasattr(request, "_standings"):
        found = standings(request.user, at=request.at) if request.user.is_authenticated else []
        request._standings = found  # type: ignore[attr-defined]
    return request._standings  # type: ignore[attr-defined]


def actor_of(request: Request) -> Actor | None:
    """The actor, or None: nobody is signed in, no unit is left to act for, or several are and none is chosen yet."""
    if not request.user.is_authenticated:
        return None
    way: tuple[int, int | None] | None = None
    if (chosen := request.session.get(CHOSEN)) is not None:
        way = chosen, request.session.get(IN_STEAD)
    else:
        way = only_way_to_act(request.user, at=request.at)
    if way is None:
        return None
    try:
        return actor_for(request.user, way[0], at=request.at, deputy_for=way[1])
    except NotAllowed:  # the post has ended since; the person chooses again
        return None


def person_of(request: Request) -> Actor:
    """The person signed in as the doer of what concerns only themselves, whatever unit they act for."""
    return Actor(person_id=request.user.pk, person_name=str(request.user), unit=None)


def choose(request: Request, key: str) -> Standing | None:
    """Act in one of the person's standings from now on, in this session; None when it is not theirs."""
    found = next((way for way in standings_of(request) if way.key == key), None)
    if found is not None:
        request.session[CHOSEN] = found.unit.pk
        request.session[IN_STEAD] = found.deputy_for.pk if found.deputy_for else None
        request.session[LATELY] = [key, *(one for one in lately(request) if one != key)][:REMEMBERED]
    return found


def lately(request: Request) -> list[str]:
    """The standings chosen last in this session, by their keys, the newest first."""
    kept: Any = request.session.get(LATELY, [])
    return [str(key) for key in kept]
