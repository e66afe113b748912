"""A review that is late: the unit it waits for and the coordinator above it are told, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.steps import mark
from kepu.activities.four_eyes import has_another_reviewer
from kepu.activities.models import Activity
from kepu.activities.queries import above, late_at
from kepu.activities.workflow import AWAITING_REVIEW, Event
from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import transaction
from kepu.core.refusals import NotAllowed, StaleState
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit


@transaction
def escalate_reviews(unit: Unit, activities: Sequence[Activity], *, by: Actor, at: datetime) -> int:
    """Mark the late filings of one reviewing unit, and tell it and the coordinator above; returns how many were marked.

    What has been decided, handed on or marked meanwhile is passed over: run twice, it tells once.
    """
    late = 0
    for activity in activities:
        if not _is_late(activity, unit, at):
            continue
        try:
            mark(activity, Event.ESCALATED, {"escalated_at": at}, by=by, at=at, due=activity.review_due_at)
        except StaleState:  # somebody was faster
            continue
        late += 1
    if late:
        staffed = has_another_reviewer(unit.pk, (), at)
        messages.reviews_late(unit, late, above(unit), staffed=staffed, at=at)
    return late


@transaction
def remind_reviewers(unit: Unit, season: Season, *, by: Actor, at: datetime) -> int:
    """A coordinator above reminds a unit of the reviews that are late with it, once a day; returns how many are late."""
    rules.check_remind(by, unit)
    n = late_at(unit, season)
    if not n:
        raise NotAllowed(_("“%(unit)s”现在没有超期的审核。") % {"unit": unit.name})
    if audit.of(unit).filter(event=Event.REMINDED, day=day_of(at)).exists():
        raise NotAllowed(_("今天已经提醒过“%(unit)s”了。") % {"unit": unit.name})
    audit.record(Event.REMINDED, unit, by=by, at=at, n=n)
    messages.reviews_reminded(unit, n, by.unit.name if by.unit else "", at=at)
    return n


def _is_late(activity: Activity, unit: Unit, at: datetime) -> bool:
    waits = activity.state in AWAITING_REVIEW and activity.reviewing_unit_id == unit.pk
    due = activity.review_due_at
    return waits and activity.escalated_at is None and due is not None and due < at
