"""Before the public: publish, postpone, cancel. The public reads copies; each of these acts makes or marks one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.freezing import freeze, mark
from kepu.activities.actions.looking import look_again
from kepu.activities.actions.steps import (
    check_length,
    check_said,
    check_seen,
    host_of,
    move,
    rules_for,
    touch,
)
from kepu.activities.actions.together import let_go
from kepu.activities.concerned import concerned_by
from kepu.activities.content import check_order, cleaned
from kepu.activities.facts import facts_of
from kepu.activities.gates import check_gates, check_link
from kepu.activities.messages import when_of
from kepu.activities.models import Activity, Arrangement, PublicationStatus
from kepu.activities.records import unfit
from kepu.activities.sessions import shifted, spanned
from kepu.activities.workflow import Event, State
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import GateClosed
from kepu.notices.kinds.gate import Stage
from kepu.orgs.actor import Actor


@transaction
def publish_activity(
    activity: Activity, *, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """Put an approved activity before the public, under the rules in force at that instant."""
    rules.check_publish(by, activity)
    check_seen(activity, expected_version)
    check_public(activity, by=by, at=at)
    put_before_public(activity, by=by, at=at)
    return activity


@in_transaction
def check_public(activity: Activity, *, by: Actor, at: datetime) -> None:
    """What must hold at the instant at which the public first reads it; nothing is written.

    Raises :class:`Incomplete` without the address of something online, :class:`GateClosed` with the clauses.
    """
    check_link(activity)
    facts = facts_of(activity, host=host_of(activity, by), at=at, stage=Stage.PUBLICATION)
    found = check_gates(rules_for(activity, by, at), facts, Stage.PUBLICATION, waivers=activity.waivers)
    if closed := (*found.refusals, *found.warnings):
        raise GateClosed(reasons=closed)


@in_transaction
def put_before_public(activity: Activity, *, by: Actor, at: datetime, **detail: Any) -> None:
    """Move to published, and freeze the first copy. Whoever calls has checked."""
    values = {"published_at": at, "public_version": 1}
    move(activity, State.PUBLISHED, Event.PUBLISHED, values, by=by, at=at, **detail)
    freeze(activity, PublicationStatus.ON, by=by, at=at)


@transaction
def postpone_activity(
    activity: Activity, *, reason: str, starts_at: datetime | None = None, ends_at: datetime | None = None,
    expected_version: int | None = None, by: Actor, at: datetime, **detail: Any,
) -> Activity:  # fmt: skip
    """Postpone at once, without review: heat and flood do not wait. Without a new time it is yet to be told.

    Of several sessions all move by as much as the first; ``ends_at`` is asked only of an activity that is held once.

    Gates do not close this way. A proposed change that waited for review falls, and stays for the host to take up again.
    All concerned are told; ``detail`` goes into the trace.
    """
    rules.check_postpone(by, activity)
    check_seen(activity, expected_version)
    check_said(reason, _("请写明延期的原因，公众会看到。"))
    check_length(reason)
    values: dict[str, Any] = {"time_pending": starts_at is None}
    before = when_of(activity)
    if starts_at is not None:
        values |= _moved_to(activity, starts_at, ends_at)
        check_order(values, activity)
        if starts_at <= at:
            raise unfit(_("新的开始时间要在现在以后。"), "starts_at")
    values |= {"postponed_at": at, "unmet": [], "public_version": activity.public_version + 1}
    if activity.state == State.POSTPONED:
        touch(activity, Event.POSTPONED, values, by=by, at=at, reason=reason, **detail)
    else:
        move(activity, State.POSTPONED, Event.POSTPONED, values, by=by, at=at, reason=reason, **detail)
    freeze(activity, PublicationStatus.POSTPONED, reason, by=by, at=at)
    if starts_at is not None:
        look_again(activity.pk, at=at)
    messages.postponed(activity, reason, before, concerned_by(activity, by=by), at=at)
    return activity


@transaction
def cancel_activity(
    activity: Activity,
    *,
    reason: str,
    expected_version: int | None = None,
    by: Actor,
    at: datetime,
    **detail: Any,
) -> Activity:
    """Cancel at once. The public still finds it, with the reason above everything else; all concerned are told.

    What counted with it counts again itself. ``detail`` goes into the trace.
    """
    rules.check_cancel(by, activity)
    check_seen(activity, expected_version)
    check_said(reason, _("请写明取消的原因，公众会看到。"))
    check_length(reason)
    for pk in let_go(activity, by=by, at=at):
        look_again(pk, at=at)
    move(
        activity,
        State.CANCELLED,
        Event.CANCELLED,
        {"cancelled_at": at},
        by=by,
        at=at,
        reason=reason,
        **detail,
    )
    mark(activity, PublicationStatus.CANCELLED, reason, at=at)
    messages.cancelled(activity, reason, concerned_by(activity, by=by), at=at)
    return activity


def _moved_to(activity: Activity, starts_at: datetime, ends_at: datetime | None) -> dict[str, Any]:
    """The columns of a new time; all sessions move with the first."""
    if activity.arrangement != Arrangement.ONCE and activity.sessions and activity.starts_at:
        moved = cleaned({"sessions": shifted(activity.sessions, starts_at - activity.starts_at)})
        return spanned(moved, activity)
    return cleaned({"starts_at": starts_at, "ends_at": ends_at or _same_length(activity, starts_at)})


def _same_length(activity: Activity, starts_at: datetime) -> datetime | None:
    if activity.starts_at is None or activity.ends_at is None:
        return None
    return starts_at + (activity.ends_at - activity.starts_at)
