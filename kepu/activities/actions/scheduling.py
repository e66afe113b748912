"""Publication at a time that its host chose: laid down, called off, and carried out when the time has come.

The system carries it out, not the person who chose the time: the decision was the unit's and was made by somebody who
held the post then. If it fell with that person's post, an activity would silently stay hidden because a teacher had
moved; whoever now files for the unit sees the time on the page and can call it off. The trace names both: who chose the
time, and that the system kept it.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.publication import check_public, put_before_public
from kepu.activities.actions.steps import check_seen, touch
from kepu.activities.models import Activity
from kepu.activities.records import unfit
from kepu.activities.workflow import Event
from kepu.core.db import transaction
from kepu.core.refusals import GateClosed, Incomplete, StaleState
from kepu.orgs.actor import Actor


@transaction
def schedule_publication(
    activity: Activity, *, publish_at: datetime, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """Let an approved activity be published at a time to come. Another time takes the place of the first.

    The gates of publication are asked as they will stand at that instant, by the rules known now; they are asked again
    when it has come. A change that goes back to review, or a withdrawal, calls it off.
    """
    rules.check_schedule(by, activity)
    check_seen(activity, expected_version)
    if publish_at <= at:
        raise unfit(_("发布时间要在现在以后。要马上发布，请用“发布”。"), "publish_at")
    if activity.starts_at is not None and publish_at >= activity.starts_at:
        raise unfit(_("发布时间要在活动开始以前，公众才来得及参加。"), "publish_at")
    check_public(activity, by=by, at=publish_at)
    if activity.publish_at != publish_at:
        values = {"publish_at": publish_at}
        touch(activity, Event.SCHEDULED, values, by=by, at=at, publish_at=publish_at.isoformat())
    return activity


@transaction
def unschedule_publication(
    activity: Activity, *, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """Call the scheduled publication off: the activity stays approved. Without one it does nothing."""
    rules.check_unschedule(by, activity)
    check_seen(activity, expected_version)
    if activity.publish_at is not None:
        touch(activity, Event.UNSCHEDULED, {"publish_at": None}, by=by, at=at)
    return activity


@transaction
def publish_scheduled(activity: Activity, *, by: Actor, at: datetime) -> Activity:
    """Publish what is due; where a gate has closed meanwhile, call it off and tell the host by which clause.

    For the system. Raises :class:`StaleState` where it is not due, or not any more.
    """
    rules.check_publish_scheduled(by, activity)
    if activity.publish_at is None or activity.publish_at > at:
        raise StaleState()
    try:
        check_public(activity, by=by, at=at)
    except (GateClosed, Incomplete) as refusal:
        said = [str(reason.sentence) for reason in refusal.reasons]
        touch(activity, Event.UNSCHEDULED, {"publish_at": None}, by=by, at=at, closed=said)
        messages.not_published(activity, refusal.reasons, at=at)
        return activity
    put_before_public(activity, by=by, at=at, scheduled=True)
    return activity
