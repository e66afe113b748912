"""Who sees an incident and who may carry it on: whoever sees the activity sees it, the public never."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.activities.models import Incident, IncidentQuerySet
from kepu.activities.rules import REVIEWING, check_report_incident
from kepu.core.fields import under
from kepu.core.refusals import NotAllowed, refused
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Role

__all__ = ["can_go_on", "check_close", "check_report_incident", "check_update", "visible_to"]


def visible_to(actor: Actor) -> IncidentQuerySet:
    """The incidents an actor sees: of its own activities, of what it reviews, of what is held or hosted in what it
    oversees. Unordered."""
    whole = Incident.objects.select_related("activity__unit", "activity__season", "activity__reviewing_unit")
    if actor.is_system:
        return whole
    if actor.only_helps:
        return whole.none()
    scope = Q(activity__unit_id=actor.unit_id)
    if actor.holds(*REVIEWING):
        scope |= Q(activity__reviewing_unit_id=actor.unit_id)
    for path in actor.places_as(*OVERSEEING):
        scope |= under("place_path", path) | under("activity__place_path", path)
    for path in actor.lines_as(*OVERSEEING):
        scope |= under("activity__line_path", path)
    return whole.filter(scope)


def check_update(by: Actor, incident: Incident) -> None:
    """The host, or a coordinator of the place, while it is open."""
    activity = incident.activity
    host = by.acts_for(activity.unit_id) and by.holds(Role.FILER)
    there = by.reaches(Role.COORDINATOR, place=incident.place_path)
    above = by.reaches(Role.COORDINATOR, place=activity.place_path, line=activity.line_path)
    if not (host or there or above):
        raise NotAllowed(_("只有举办单位的填报岗位，或所在地区、系统的统筹岗位才能这样做。"))
    if not incident.is_open:
        raise NotAllowed(_("这件突发情况已经了结。又有新情况的，请另报一件。"))


check_close = check_update


def can_go_on(by: Actor, incident: Incident) -> bool:
    return not refused(check_update, by, incident)
