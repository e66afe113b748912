"""What every act is made of: the row moves only from where the caller saw it, what it counts for follows, a trace stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.content import with_digest
from kepu.activities.models import PERSONAL, Activity, Decision, ReviewNote
from kepu.activities.records import unfit
from kepu.activities.tallying import IN_HOUSE, counted, spot_of
from kepu.activities.workflow import TRANSITIONS, Event, State
from kepu.core import audit, public, tallies
from kepu.core.db import in_transaction
from kepu.core.refusals import StaleState
from kepu.notices.inheritance import Rules
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit

# what belonged to the turn that ends
NEW_TURN = {"claimed_by_id": None, "claimed_at": None, "escalated_at": None, "publish_at": None}


@in_transaction
def move(
    activity: Activity, to: State, event: Event, values: Mapping[str, Any] | None = None, *,
    by: Actor, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    """Move the row to another state with ``values``, if it is still where the caller saw it; count it and trace it.

    Raises :class:`StaleState` when somebody was faster. The object in hand shows the row as it then is; no query more.
    """
    if to not in TRANSITIONS[State(activity.state)]:
        raise StaleState()
    _write(
        activity,
        event,
        {**NEW_TURN, **(values or {}), "state": to, "turn_since": at},
        by=by,
        at=at,
        detail=detail,
    )


@in_transaction
def touch(
    activity: Activity,
    event: Event | None,
    values: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    at: datetime,
    **detail: Any,
) -> None:
    """Write ``values`` where the row stays in its state; otherwise like :func:`move`.

    No ``event`` only where a trace that is there already speaks of this as well.
    """
    _write(activity, event, dict(values or {}), by=by, at=at, detail=detail)


@in_transaction
def mark(
    activity: Activity, event: Event, values: Mapping[str, Any], *, by: Actor, at: datetime, **detail: Any
) -> None:  # fmt: skip
    """Write what belongs to the turn alone, such as who has it in hand: the version stays, so no open page is older for it.

    Raises :class:`StaleState` when the row has moved on, or somebody was faster with the same columns.
    """
    same = Activity.objects.filter(pk=activity.pk, state=activity.state, version=activity.version)
    for name in values:
        seen = getattr(activity, name)
        same = same.filter(**({f"{name}__isnull": True} if seen is None else {name: seen}))
    if not same.update(**values):
        raise StaleState()
    for name, value in values.items():
        setattr(activity, name, value)
    audit.record(event, activity, by=by, at=at, **detail)


def _write(
    activity: Activity,
    event: Event | None,
    values: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    detail: dict[str, Any],
) -> None:
    before, state = counted(activity), activity.state
    values["version"] = activity.version + 1
    same = Activity.objects.filter(pk=activity.pk, state=state, version=activity.version)
    values = with_digest(values)
    if not same.update(**values):
        raise StaleState()
    for name, value in values.items():
        setattr(activity, name, value)
    _count(spot_of(activity), before, counted(activity), at)
    if activity.state != state:
        detail["before"] = str(state)
    if event is not None:
        audit.record(event, activity, by=by, at=at, **detail)


def _count(spot: tallies.Spot, before: Mapping[str, int], after: Mapping[str, int], at: datetime) -> None:
    differing = [m for m in {**before, **after} if before.get(m, 0) != after.get(m, 0)]
    for measure in differing:
        tallies.add(spot, measure, after.get(measure, 0) - before.get(measure, 0))
    if not IN_HOUSE.issuperset(differing):
        public.changed(public.of_places([spot.place]), at=at)


@in_transaction
def note(
    activity: Activity, decision: Decision, *, by: Actor, at: datetime, words: str = "", reasons: list[str] | None = None,
    waivers: Mapping[str, str] | None = None, proposed: Mapping[str, Any] | None = None,
    checked: list[dict[str, Any]] | None = None,
) -> None:  # fmt: skip
    """Keep what a reviewer decided, and of a change what it was, but nobody's phone."""
    kept = None if proposed is None else {k: v for k, v in proposed.items() if k not in PERSONAL}
    assert by.unit_id is not None  # a check has let only a unit's reviewer through
    assert by.person_id is not None
    ReviewNote.objects.create(
        activity_id=activity.pk, round=activity.round, step=activity.review_step, decision=decision,
        reasons=reasons or [], words=words, waivers=dict(waivers or {}), proposed=kept, checked=checked or [],
        unit_id=by.unit_id, person_id=by.person_id, at=at,
    )  # fmt: skip


def check_seen(activity: Activity, version: int | None) -> None:
    """The caller has seen this version, and no older one."""
    if version is not None and version != activity.version:
        raise StaleState()


LONGEST_REASON = 500


def check_said(words: str, sentence: str, field: str = "reason") -> None:
    """Something was said. Raises :class:`Incomplete` with the sentence."""
    if not words.strip():
        raise unfit(sentence, field)


def check_length(words: str, field: str = "reason") -> None:
    """What was said can be kept whole. Raises :class:`Incomplete`: nothing is ever cut off."""
    if len(words) > LONGEST_REASON:
        raise unfit(
            _("说明最多%(most)s个字，现在有%(now)s个字。") % {"most": LONGEST_REASON, "now": len(words)},
            field,
        )


def host_of(activity: Activity, by: Actor) -> Unit:
    """The host, without a query where the host itself acts."""
    return by.unit if by.unit is not None and by.acts_for(activity.unit_id) else activity.unit


def rules_for(activity: Activity, by: Actor, at: datetime) -> Rules:
    """The rules in force for the host."""
    return rules_in_force(host_of(activity, by), activity.season, at=at)
