"""From a request to an Actor: the person signed in, acting for the unit chosen in this session."""

from __future__ import annotations

from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.orgs.queries import actor_for, units_to_act_for
from kepu.web.request import Request

CHOSEN = "acting_for"


def units_of(request: Request) -> list[Unit]:
    """The units the person signed in may act for at this instant. One query per request."""
    if not hasattr(request, "_units_to_act_for"):
        found = list(units_to_act_for(request.user, at=request.at)) if request.user.is_authenticated else []
        request._units_to_act_for = found  # type: ignore[attr-defined]
    return request._units_to_act_for  # type: ignore[attr-defined]


def actor_of(request: Request) -> Actor | None:
    """The actor, or None: nobody is signed in, no unit is left to act for, or several are and none is chosen yet."""
    if not request.user.is_authenticated:
        return None
    chosen = request.session.get(CHOSEN)
    if chosen is None:
        own = [unit for unit in units_of(request) if unit.is_own]  # type: ignore[attr-defined]  # annotated
        chosen = own[0].pk if len(own) == 1 else None
    if chosen is None:
        return None
    try:
        return actor_for(request.user, chosen, at=request.at)
    except NotAllowed:  # the post has ended since; the person chooses again
        return None


def person_of(request: Request) -> Actor:
    """The person signed in as the doer of what concerns only themselves, whatever unit they act for."""
    return Actor(person_id=request.user.pk, person_name=str(request.user), unit=None)


def choose_unit(request: Request, unit_id: int) -> Unit | None:
    """Act for one of the person's units from now on, in this session; None when it is not theirs."""
    unit = next((unit for unit in units_of(request) if unit.pk == unit_id), None)
    if unit is not None:
        request.session[CHOSEN] = unit.pk
    return unit
