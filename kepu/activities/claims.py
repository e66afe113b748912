"""Claims (认领): a reviewer says which filing they have in hand, so that no two read the same one.

A claim holds for the day on which it was made, in China's time; after that it means nothing, and no job has to end it.
It blocks nobody: who decides what a colleague has in hand is asked once more.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from kepu.activities.models import Activity
from kepu.core.calendar import day_of, start_of_day
from kepu.orgs.actor import Actor


def held_by(activity: Activity, at: datetime) -> int | None:
    """The person who has it in hand now; None for nobody."""
    if activity.claimed_at is None or day_of(activity.claimed_at) != day_of(at):
        return None
    return activity.claimed_by_id


def held_by_another(activity: Activity, by: Actor, at: datetime) -> int | None:
    """The colleague who has it in hand, where that is neither the actor nor the one they stand in for."""
    holder = held_by(activity, at)
    return holder if holder is not None and holder not in by.persons else None


def in_hands_of(by: Actor, at: datetime) -> Q:
    """What the actor, or the one they stand in for, has claimed today."""
    return Q(claimed_by_id__in=by.persons, claimed_at__gte=start_of_day(day_of(at)))
