"""Changing what was approved: what the public relies on goes back to review, anything else is published at once.

A change that is partly material goes to review as one, because its texts speak of one another ("the new venue …"): the
public must not read half of it. Its host may have the rest published at once (``apart``). See :mod:`kepu.activities.weighing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.filing import handing_in, keep_filed
from kepu.activities.actions.freezing import freeze
from kepu.activities.actions.looking import LOOKED_AT, look_again
from kepu.activities.actions.review import Waivers, check_not_claimed, checked_waivers, said_own
from kepu.activities.actions.steps import (
    check_length,
    check_said,
    check_seen,
    host_of,
    move,
    note,
    rules_for,
    touch,
)
from kepu.activities.checklist import UNCHECKED, Checked, check_points
from kepu.activities.content import (
    apply,
    as_plain,
    changed_only,
    check_order,
    check_position,
    cleaned,
    from_plain,
)
from kepu.activities.four_eyes import check_four_eyes
from kepu.activities.gates import at_change, check_codes, check_form, check_link
from kepu.activities.models import Activity, Decision, PublicationStatus
from kepu.activities.queries import texts_approved
from kepu.activities.routing import Chain
from kepu.activities.sessions import spanned, with_standing
from kepu.activities.weighing import Weighed, check_weighed, names_of, weigh
from kepu.activities.workflow import Event, State
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import GateClosed
from kepu.notices.inheritance import Rules
from kepu.orgs.actor import Actor


@transaction
def change_activity(
    activity: Activity, *, changes: Mapping[str, Any], reason: str = "", typing_errors: bool = False,
    apart: bool = False, expected_version: int | None = None, by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Change an approved or published activity.

    What the public relies on (:data:`~kepu.activities.models.MATERIAL`) goes back to review; until it is decided the public reads the old copy
    and the row keeps the old values. Anything else is published at once. Before publication a material change is a new
    filing, of the whole. With ``typing_errors`` small edits of material texts hold at once, with their before and after
    in the trace, and the reviewer is told. Writing what already stands there does nothing.
    """
    rules.check_change(by, activity)
    check_seen(activity, expected_version)
    check_length(reason)
    values = spanned(with_standing(cleaned(changes), activity), activity)
    values = changed_only(activity, values)
    if not values:
        return activity
    check_order(values, activity)
    check_position(values, activity)
    approved = texts_approved(activity) if typing_errors else {}
    weighed = weigh(activity, values, typing_errors=typing_errors, apart=apart, approved=approved)
    check_weighed(weighed)
    in_force = rules_for(activity, by, at)
    if weighed.material and activity.state == State.APPROVED:
        _file_anew(activity, values, in_force, reason, by=by, at=at)
        return activity
    unmet = _unmet(_with(activity, values), in_force, values, by, at)
    if weighed.at_once:
        _hold_at_once(activity, weighed, in_force, reason, by=by, at=at)
    if weighed.material:
        due = Chain.from_plain(activity.route).due(at)
        columns = {"proposed": as_plain(weighed.material), "unmet": unmet, "review_due_at": due}
        detail = {"fields": names_of(weighed.material), "reason": reason}
        move(activity, State.CHANGED, Event.CHANGE_PROPOSED, columns, by=by, at=at, **detail)
        messages.change_proposed(activity, reason, at=at)
    return activity


@in_transaction
def _file_anew(
    activity: Activity, values: dict[str, Any], in_force: Rules, reason: str, *, by: Actor, at: datetime
) -> None:
    """What nobody has read yet goes through its review again, as a whole."""
    columns = values | handing_in(_with(activity, values), in_force, by=by, at=at)
    move(activity, State.FILED, Event.FILED, columns, by=by, at=at, fields=names_of(values), reason=reason)
    keep_filed(activity, at=at)
    if LOOKED_AT.intersection(names_of(values)):
        look_again(activity.pk, at=at)
    messages.filed(activity, host_of(activity, by).name, in_force, at=at)


@in_transaction
def _hold_at_once(
    activity: Activity, weighed: Weighed, in_force: Rules, reason: str, *, by: Actor, at: datetime
) -> None:
    """Write what nobody has to decide on, and let the public read it; of a mended typing error the reviewer is told."""
    values = dict(weighed.at_once)
    if weighed.material:  # the rest must also hold without what is only proposed
        _unmet(_with(activity, values), in_force, values, by, at)
    detail: dict[str, Any] = {"fields": names_of(values), "reason": reason}
    if weighed.corrections:
        detail["corrections"] = {name: list(pair) for name, pair in weighed.corrections.items()}
    if activity.public_version:
        values["public_version"] = activity.public_version + 1
    event = Event.CORRECTED if weighed.corrections else Event.CHANGED
    touch(activity, event, values, by=by, at=at, **detail)
    if LOOKED_AT.intersection(names_of(values)):
        look_again(activity.pk, at=at)
    if activity.public_version:
        freeze(activity, None, moved=False, by=by, at=at)
    if weighed.corrections:
        messages.corrected(activity, weighed.corrections, at=at)


@transaction
def approve_change(
    activity: Activity, *, waivers: Waivers | None = None, words: str = "", checked: Checked = UNCHECKED,
    despite_claim: bool = False, expected_version: int | None = None, by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Agree to a proposed change: it becomes the activity, and a new copy goes before the public.

    What the new values fall short of needs a waiver of its own, whatever was waived for the old ones.
    """
    rules.check_review_change(by, activity)
    check_seen(activity, expected_version)
    check_not_claimed(activity, despite_claim, by, at)
    in_force = rules_for(activity, by, at)
    own = check_four_eyes(activity, in_force, by=by, at=at)
    kept = check_points(activity, in_force, checked)
    given = checked_waivers(activity, waivers or {}, by, at)
    proposed = activity.proposed or {}
    values = with_standing(from_plain(proposed), activity)
    columns = {
        **values, "proposed": None, "unmet": [], "waivers": {**activity.waivers, **given},
        "public_version": activity.public_version + 1,
    }  # fmt: skip
    if "starts_at" in values:
        columns["time_pending"] = False
    names = sorted(name.removesuffix("_id") for name in values)
    move(
        activity, activity.resting_state, Event.CHANGED, columns, by=by, at=at, fields=names, **said_own(own)
    )
    note(
        activity, Decision.CHANGE_APPROVED, by=by, at=at, words=words, waivers=given, proposed=proposed, checked=kept
    )  # fmt: skip
    # of what was postponed the public goes on reading why
    freeze(activity, None if activity.postponed_at else PublicationStatus.CHANGED, by=by, at=at)
    if LOOKED_AT.intersection(names):
        look_again(activity.pk, at=at)
    messages.change_decided(activity, True, words, at=at)
    return activity


@transaction
def return_change(
    activity: Activity, *, words: str, despite_claim: bool = False, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:  # fmt: skip
    """Refuse a proposed change, saying why. The proposal stays on the row for the host to take up again."""
    rules.check_review_change(by, activity)
    check_seen(activity, expected_version)
    check_not_claimed(activity, despite_claim, by, at)
    check_said(words, _("请说明为什么不同意变更。"), "words")
    move(activity, activity.resting_state, Event.CHANGE_RETURNED, {"unmet": []}, by=by, at=at)
    note(activity, Decision.CHANGE_RETURNED, by=by, at=at, words=words, proposed=activity.proposed)
    messages.change_decided(activity, False, words, at=at)
    return activity


@transaction
def take_back_change(
    activity: Activity, *, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """The host takes a proposed change back before it is decided."""
    rules.check_take_back_change(by, activity)
    check_seen(activity, expected_version)
    values: dict[str, Any] = {"proposed": None, "unmet": []}
    move(activity, activity.resting_state, Event.CHANGE_TAKEN_BACK, values, by=by, at=at)
    return activity


@in_transaction
def _unmet(shown: Activity, in_force: Rules, values: Mapping[str, Any], by: Actor, at: datetime) -> list[str]:
    """Check what must hold of the activity as changed; gives the in-principle gates that need a waiver."""
    check_form(shown)
    if shown.public_version:
        check_link(shown)
    check_codes(shown, in_force)
    found = at_change(shown, in_force, values, host=host_of(shown, by), at=at)
    if found.refusals:
        raise GateClosed(reasons=found.refusals)
    return found.unmet


def _with(activity: Activity, values: Mapping[str, Any]) -> Activity:
    """The activity as it would be; nothing is written."""
    shown = copy(activity)
    apply(shown, values)
    return shown
