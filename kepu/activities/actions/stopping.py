"""A coordinator stops many activities for one cause: an act for each, so that one that is refused holds up no other.

Nothing is kept of the whole but what each act leaves. Where it breaks off in the middle, doing it again goes on: what is
already stopped is not found any more (:mod:`kepu.activities.stoppable`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.activities.actions.publication import cancel_activity, postpone_activity
from kepu.activities.actions.sessions import cancel_sessions
from kepu.activities.actions.steps import LONGEST_REASON, check_said
from kepu.activities.models import Activity
from kepu.activities.records import unfit
from kepu.activities.stoppable import Days, sessions_to_stop
from kepu.activities.workflow import Cause
from kepu.core.refusals import Refused
from kepu.orgs.actor import Actor


def stop_each(
    activities: Iterable[Activity], *, cause: Cause, words: str, days: Days, postpone: bool = False,
    by: Actor, at: datetime,
) -> list[tuple[Activity, Refused | None]]:  # fmt: skip
    """Cancel each, or with ``postpone`` put it off until its host tells a new time; says of each what became of it.

    Of what has other sessions too, only those on these days are cancelled. The public reads cause and words. Raises
    :class:`~kepu.core.refusals.Incomplete` before anything is done where nothing, or too much, is said.
    """
    reason = reason_for(cause, words)
    outcomes: list[tuple[Activity, Refused | None]] = []
    for activity in activities:
        try:
            _stop(activity, reason, cause, days, postpone, by=by, at=at)
        except Refused as refusal:
            outcomes.append((activity, refusal))
        else:
            outcomes.append((activity, None))
    return outcomes


def reason_for(cause: Cause, words: str) -> str:
    """What the public reads: the cause and the words. Raises :class:`~kepu.core.refusals.Incomplete`."""
    said = words.strip()
    check_said(said, _("请写明停办的原因和后面的安排，公众会看到。"), "words")
    with override(settings.LANGUAGE_CODE):
        reason = (
            said
            if cause == Cause.OTHER
            else _("因%(cause)s停办：%(words)s") % {"cause": cause.label, "words": said}
        )
    if len(reason) > LONGEST_REASON:
        most = LONGEST_REASON - (len(reason) - len(said))
        raise unfit(
            _("说明最多%(most)s个字，现在有%(now)s个字。") % {"most": most, "now": len(said)}, "words"
        )
    return reason


def _stop(
    activity: Activity, reason: str, cause: Cause, days: Days, postpone: bool, *, by: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"reason": reason, "cause": cause.value, "by": by, "at": at}
    sessions = sessions_to_stop(activity, days)
    if sessions:
        cancel_sessions(activity, codes=[session.code for session in sessions], **given)
    elif postpone:
        postpone_activity(activity, **given)
    else:
        cancel_activity(activity, **given)
