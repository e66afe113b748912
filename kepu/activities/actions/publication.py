"""Before the public: publish, change, postpone, cancel. The public reads copies; each of these acts makes or marks one."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.filing import handing_in
from kepu.activities.actions.freezing import freeze, mark
from kepu.activities.actions.review import Waivers, checked_waivers
from kepu.activities.actions.steps import check_seen, host_of, move, note, rules_for, touch
from kepu.activities.content import apply, as_plain, changed_only, check_order, cleaned, from_plain
from kepu.activities.facts import facts_of
from kepu.activities.gates import at_change, check_codes, check_form, check_gates, check_link
from kepu.activities.models import MATERIAL, Activity, Decision, PublicationStatus
from kepu.activities.records import unfit
from kepu.activities.workflow import Event, State
from kepu.core.db import transaction
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
    check_link(activity)
    facts = facts_of(activity, host=host_of(activity, by), at=at, stage=Stage.PUBLICATION)
    found = check_gates(rules_for(activity, by, at), facts, Stage.PUBLICATION, waivers=activity.waivers)
    if closed := (*found.refusals, *found.warnings):
        raise GateClosed(reasons=closed)
    values = {"published_at": at, "public_version": 1}
    move(activity, State.PUBLISHED, Event.PUBLISHED, values, by=by, at=at)
    freeze(activity, PublicationStatus.ON, by=by, at=at)
    return activity


@transaction
def change_activity(
    activity: Activity, *, changes: Mapping[str, Any], reason: str = "", expected_version: int | None = None,
    by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Change an approved or published activity.

    What the public relies on (:data:`MATERIAL`) goes back to review; until it is decided the public reads the old copy
    and the row keeps the old values. Anything else is published at once. Before publication a material change is a new
    filing. Writing what already stands there does nothing.
    """
    rules.check_change(by, activity)
    check_seen(activity, expected_version)
    values = changed_only(activity, cleaned(changes))
    if not values:
        return activity
    check_order(values, activity)
    names = sorted(name.removesuffix("_id") for name in values)
    material = bool(MATERIAL & set(names))
    shown = _as_if(activity, values)
    in_force = rules_for(activity, by, at)
    if material and activity.state == State.APPROVED:
        columns = {**values, **handing_in(shown, in_force, by=by, at=at)}
        move(activity, State.FILED, Event.FILED, columns, by=by, at=at, fields=names, reason=reason[:500])
        messages.filed(activity, host_of(activity, by).name, at=at)
        return activity
    check_form(shown)
    check_codes(shown, in_force)
    found = at_change(shown, in_force, values, host=host_of(activity, by), at=at)
    if found.refusals:
        raise GateClosed(reasons=found.refusals)
    if material:
        unmet = list(dict.fromkeys([*activity.unmet, *found.unmet]))
        columns = {"proposed": as_plain(values), "unmet": unmet}
        move(
            activity,
            State.CHANGED,
            Event.CHANGE_PROPOSED,
            columns,
            by=by,
            at=at,
            fields=names,
            reason=reason[:500],
        )
        messages.change_proposed(activity, reason, at=at)
        return activity
    if activity.state != State.APPROVED:
        values["public_version"] = activity.public_version + 1
    touch(activity, Event.CHANGED, values, by=by, at=at, fields=names, reason=reason[:500])
    if activity.public_version:
        freeze(activity, _standing(activity), moved=False, by=by, at=at)
    return activity


@transaction
def approve_change(
    activity: Activity, *, waivers: Waivers | None = None, words: str = "", expected_version: int | None = None,
    by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Agree to a proposed change: it becomes the activity, and a new copy goes before the public."""
    rules.check_review_change(by, activity)
    check_seen(activity, expected_version)
    given = checked_waivers(activity, waivers or {}, by, at)
    proposed = activity.proposed
    values = from_plain(proposed or {})
    columns = {
        **values, "proposed": None, "waivers": {**activity.waivers, **given},
        "public_version": activity.public_version + 1,
    }  # fmt: skip
    if "starts_at" in values:
        columns["time_pending"] = False
    names = sorted(name.removesuffix("_id") for name in values)
    move(activity, activity.resting_state, Event.CHANGED, columns, by=by, at=at, fields=names)
    note(activity, Decision.CHANGE_APPROVED, by=by, at=at, words=words, waivers=given, proposed=proposed)
    freeze(activity, PublicationStatus.CHANGED, by=by, at=at)
    messages.change_decided(activity, True, words, at=at)
    return activity


@transaction
def return_change(
    activity: Activity, *, words: str, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """Refuse a proposed change, saying why. The proposal stays on the row for the host to take up again."""
    rules.check_review_change(by, activity)
    check_seen(activity, expected_version)
    _check_said(words, _("请说明为什么不同意变更。"), "words")
    move(activity, activity.resting_state, Event.CHANGE_RETURNED, by=by, at=at)
    note(activity, Decision.CHANGE_RETURNED, by=by, at=at, words=words, proposed=activity.proposed)
    messages.change_decided(activity, False, words, at=at)
    return activity


@transaction
def take_back_change(activity: Activity, *, by: Actor, at: datetime) -> Activity:
    """The host takes a proposed change back before it is decided."""
    rules.check_take_back_change(by, activity)
    move(activity, activity.resting_state, Event.CHANGE_TAKEN_BACK, {"proposed": None}, by=by, at=at)
    return activity


@transaction
def postpone_activity(
    activity: Activity, *, reason: str, starts_at: datetime | None = None, ends_at: datetime | None = None,
    expected_version: int | None = None, by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Postpone at once, without review: heat and flood do not wait. Without a new time it is yet to be told.

    Gates do not close this way; a proposed change that waited for review is kept with its trace and falls.
    """
    rules.check_postpone(by, activity)
    check_seen(activity, expected_version)
    _check_said(reason, _("请写明延期的原因，公众会看到。"))
    values: dict[str, Any] = {"time_pending": starts_at is None}
    if starts_at is not None:
        values |= cleaned({"starts_at": starts_at, "ends_at": ends_at or _same_length(activity, starts_at)})
        check_order(values, activity)
        if starts_at <= at:
            raise unfit(_("新的开始时间要在现在以后。"), "starts_at")
    values |= {"postponed_at": at, "proposed": None, "public_version": activity.public_version + 1}
    detail = {
        "reason": reason[:500],
        **({"dropped": activity.proposed} if activity.state == State.CHANGED else {}),
    }
    if activity.state == State.POSTPONED:
        touch(activity, Event.POSTPONED, values, by=by, at=at, **detail)
    else:
        move(activity, State.POSTPONED, Event.POSTPONED, values, by=by, at=at, **detail)
    freeze(activity, PublicationStatus.POSTPONED, reason[:500], by=by, at=at)
    messages.postponed(activity, reason, by=by, at=at)
    return activity


@transaction
def cancel_activity(
    activity: Activity, *, reason: str, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """Cancel at once. The public still finds it, with the reason above everything else."""
    rules.check_cancel(by, activity)
    check_seen(activity, expected_version)
    _check_said(reason, _("请写明取消的原因，公众会看到。"))
    values = {"cancelled_at": at, "proposed": None}
    move(activity, State.CANCELLED, Event.CANCELLED, values, by=by, at=at, reason=reason[:500])
    mark(activity, PublicationStatus.CANCELLED, reason[:500], at=at)
    messages.cancelled(activity, reason, by=by, at=at)
    return activity


def _as_if(activity: Activity, values: Mapping[str, Any]) -> Activity:
    """The activity as the change would make it; nothing is written."""
    shown = copy(activity)
    apply(shown, values)
    return shown


def _standing(activity: Activity) -> PublicationStatus:
    return PublicationStatus.POSTPONED if activity.state == State.POSTPONED else PublicationStatus.CHANGED


def _same_length(activity: Activity, starts_at: datetime) -> datetime | None:
    if activity.starts_at is None or activity.ends_at is None:
        return None
    return starts_at + (activity.ends_at - activity.starts_at)


def _check_said(words: str, sentence: str, field: str = "reason") -> None:
    if not words.strip():
        raise unfit(sentence, field)
