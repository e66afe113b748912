"""One session of several is cancelled or moved, at once: the others go ahead, and the public reads which one and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.freezing import freeze
from kepu.activities.actions.steps import check_length, check_said, check_seen, move, touch
from kepu.activities.concerned import concerned_by
from kepu.activities.models import Activity, PublicationStatus
from kepu.activities.records import unfit
from kepu.activities.sessions import LENGTHS, NAMES, Session, Standing, sessions_of, span_of_sessions
from kepu.activities.workflow import Event, State
from kepu.core.db import in_transaction, transaction
from kepu.orgs.actor import Actor

_BY_SESSIONS = {"sessions", "starts_at", "ends_at", "arrangement"}


@transaction
def cancel_sessions(
    activity: Activity, *, codes: Collection[str], reason: str, expected_version: int | None = None,
    by: Actor, at: datetime, **detail: Any,
) -> Activity:  # fmt: skip
    """Cancel some sessions at once, by their codes; at least one must be left, else the activity itself is cancelled.

    Those already cancelled stay as they are. ``detail`` goes into the trace.
    """
    rules.check_session(by, activity)
    check_seen(activity, expected_version)
    check_said(reason, _("请写明取消的原因，公众会看到。"))
    check_length(reason)
    sessions = _by_code(activity)
    wanted = [_found(sessions, code) for code in dict.fromkeys(codes)]
    ended = [session for session in wanted if not session.is_cancelled]
    if not ended:
        return activity
    for session in ended:
        sessions[session.code] = replace(session, status=Standing.CANCELLED, words=reason)
    if span_of_sessions(sessions.values()) is None:
        raise unfit(_("这样就一场也不剩了。全部不办的，请用“取消活动”。"), "session")
    _write(activity, sessions, Event.SESSIONS_CANCELLED, [s.code for s in ended], reason, by, at, detail)
    messages.sessions_cancelled(activity, ended, reason, concerned_by(activity, by=by), at=at)
    return activity


@transaction
def move_session(
    activity: Activity, *, code: str, reason: str, starts_at: datetime, ends_at: datetime | None = None,
    venue: str | None = None, address: str | None = None, expected_version: int | None = None,
    by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Move one session to another time, or to another venue, at once. Without an end it lasts as long as before.

    A cancelled session that is moved takes place again.
    """
    rules.check_session(by, activity)
    check_seen(activity, expected_version)
    check_said(reason, _("请写明改期的原因，公众会看到。"))
    check_length(reason)
    sessions = _by_code(activity)
    before = _found(sessions, code)
    if starts_at <= at:
        raise unfit(_("新的开始时间要在现在以后。"), "starts_at")
    ends_at = ends_at or _same_length(before, starts_at)
    if ends_at is None or ends_at <= starts_at:
        raise unfit(_("结束时间要晚于开始时间。"), "ends_at")
    where = {
        name: text.strip() for name, text in (("venue", venue), ("address", address)) if text is not None
    }
    _check_where(where)
    after = replace(
        before,
        starts_at=starts_at,
        ends_at=ends_at,
        status=Standing.MOVED,
        words=reason,
        **where,  # type: ignore[arg-type]
    )
    sessions[code] = after
    _write(activity, sessions, Event.SESSION_MOVED, [code], reason, by, at, {})
    messages.session_moved(activity, before, after, reason, concerned_by(activity, by=by), at=at)
    return activity


@in_transaction
def _write(
    activity: Activity, sessions: Mapping[str, Session], event: Event, codes: list[str], reason: str,
    by: Actor, at: datetime, detail: Mapping[str, Any],
) -> None:  # fmt: skip
    """The sessions as they now are, and the new copy.

    A change that waits for review and speaks of the sessions falls, and stays for the host to take up again: agreed to
    later, it would undo what was told to the public.
    """
    span = span_of_sessions(sessions.values())
    assert span is not None  # both acts have seen to it
    order = [kept["code"] for kept in activity.sessions]
    values = {
        "sessions": [sessions[code].as_plain() for code in order], "starts_at": span[0], "ends_at": span[1],
        "public_version": activity.public_version + 1,
    }  # fmt: skip
    said = {"sessions": codes, "reason": reason, **detail}
    if activity.state == State.CHANGED and _BY_SESSIONS & set(activity.proposed or {}):
        move(activity, activity.resting_state, event, {**values, "unmet": []}, by=by, at=at, **said)
    else:
        touch(activity, event, values, by=by, at=at, **said)
    # what was postponed as a whole goes on saying so
    status = None if activity.postponed_at else PublicationStatus.CHANGED
    freeze(activity, status, reason, by=by, at=at)


def _by_code(activity: Activity) -> dict[str, Session]:
    return {session.code: session for session in sessions_of(activity)}


def _found(sessions: Mapping[str, Session], code: str) -> Session:
    if code not in sessions:
        raise unfit(_("没有这一场。请刷新后再选。"), "session")
    return sessions[code]


def _same_length(session: Session, starts_at: datetime) -> datetime | None:
    if session.starts_at is None or session.ends_at is None:
        return None
    return starts_at + (session.ends_at - session.starts_at)


def _check_where(where: Mapping[str, str]) -> None:
    """The venue and the address fit into a session."""
    for name, text in where.items():
        if len(text) > LENGTHS[name] or "\0" in text:
            raise unfit(
                _("“%(name)s”最多%(most)s个字。") % {"name": NAMES[name], "most": LENGTHS[name]}, name
            )
