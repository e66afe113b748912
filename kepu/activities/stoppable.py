"""What a cause such as heat would stop in an area on some days, and what it has stopped already. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kepu.activities.models import Activity, ActivityQuerySet, Mode
from kepu.activities.sessions import Session, on_days, sessions_of
from kepu.activities.workflow import IN_PUBLIC, Cause, State
from kepu.core.calendar import ONE_DAY, start_of_day
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Role

STOPPABLE_ORDER = ("place_path", "id")


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days of China, both included."""

    first: date
    last: date

    def touching(self) -> Q:
        """What runs on one of these days by its plan."""
        return Q(starts_at__lt=start_of_day(self.last + ONE_DAY), ends_at__gt=start_of_day(self.first))


def stoppable(actor: Actor, season: Season, place_path: str, days: Days, cause: str) -> ActivityQuerySet:
    """Announced activities of an area on these days that the actor may stop; page by :data:`STOPPABLE_ORDER`. One query.

    What is postponed without a new time, or cancelled, is left out: so doing it again goes on where it ended. Weather
    does not stop what is only online.
    """
    rows = _of_area(actor, season, place_path).filter(
        days.touching(), state__in=sorted(IN_PUBLIC), time_pending=False
    )
    return rows if cause == Cause.OTHER else rows.exclude(mode=Mode.ONLINE)


def stopped(actor: Actor, season: Season, place_path: str, days: Days) -> ActivityQuerySet:
    """What is cancelled, or postponed without a new time, in the area on these days; in the same order."""
    over = Q(state=State.CANCELLED) | Q(state=State.POSTPONED, time_pending=True)
    return _of_area(actor, season, place_path).filter(over, days.touching())


def sessions_to_stop(activity: Activity, days: Days) -> list[Session]:
    """The sessions on these days where others go ahead; none where the whole activity is to be stopped."""
    sessions = [session for session in sessions_of(activity) if not session.is_cancelled]
    found = [session for session in sessions if on_days(session, days.first, days.last)]
    return found if len(found) < len(sessions) else []


def is_touched(activity: Activity, days: Days) -> bool:
    """Whether something of it takes place on these days: a tour may pause just then."""
    sessions = sessions_of(activity)
    return not sessions or any(on_days(session, days.first, days.last) for session in sessions)


def _of_area(actor: Actor, season: Season, place_path: str) -> ActivityQuerySet:
    """Within the coordinator's reach the area is a range of the index; elsewhere nothing is found."""
    if not any(place_path.startswith(path) for path in actor.places_as(Role.COORDINATOR)):
        return Activity.objects.none()
    return Activity.objects.whole().filter(season=season).under(place_path)
