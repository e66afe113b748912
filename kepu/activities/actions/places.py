"""Whether places are left: one word of the host, before the public at once and without a review."""

from __future__ import annotations

from datetime import datetime

from kepu.activities import rules
from kepu.activities.actions.freezing import show_marks
from kepu.activities.actions.steps import touch
from kepu.activities.models import Activity
from kepu.activities.workflow import Event
from kepu.core.db import transaction
from kepu.orgs.actor import Actor


@transaction
def tell_places(activity: Activity, *, full: bool, by: Actor, at: datetime) -> Activity:
    """Say that an announced activity is full, or that it has places again. Saying what stands there already does nothing.

    The public reads it at once, lists and their numbers follow in the same transaction.
    """
    rules.check_tell_places(by, activity)
    if activity.full == full:
        return activity
    touch(activity, Event.FULL if full else Event.PLACES_LEFT, {"full": full}, by=by, at=at)
    show_marks(activity, by=by, at=at)
    return activity
