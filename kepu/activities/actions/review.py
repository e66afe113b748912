"""The reviewing unit's side: return, approve step by step, let an "in principle" pass, confirm a key activity."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.activities import messages, rules
from kepu.activities.actions.freezing import show_marks
from kepu.activities.actions.steps import NEW_TURN, check_seen, move, note, rules_for, touch
from kepu.activities.checklist import UNCHECKED, Checked, check_points
from kepu.activities.claims import held_by_another
from kepu.activities.four_eyes import check_four_eyes
from kepu.activities.gates import reason_of
from kepu.activities.models import Activity, Decision
from kepu.activities.records import unfit
from kepu.activities.routing import Chain
from kepu.activities.workflow import Event, ReturnReason, State
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import GateClosed, NotAllowed, Reason
from kepu.notices.inheritance import InForce
from kepu.orgs.actor import Actor
from kepu.orgs.coming_queries import kept_id

Waivers = Mapping[str, str]  # key of the gate → why it may pass


@transaction
def return_activity(
    activity: Activity, *, reasons: Sequence[str] = (), words: str = "", despite_claim: bool = False,
    expected_version: int | None = None, by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Send a filing back to its host, saying why: codes of :class:`ReturnReason`, and words.

    What a colleague has in hand is decided only ``despite_claim``.
    """
    returning(
        activity, reasons=reasons, words=words, despite_claim=despite_claim, expected_version=expected_version, by=by, at=at
    )  # fmt: skip
    return activity


@transaction
def approve_activity(
    activity: Activity, *, waivers: Waivers | None = None, words: str = "", confirm_key: bool | None = None,
    checked: Checked = UNCHECKED, despite_claim: bool = False, expected_version: int | None = None, by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Approve a filing, or hand it on to the next step of its route; the last approval approves.

    Whatever falls short of an "in principle" needs a waiver with a reason. A hard gate cannot be waived. Points that must
    hold must be among those ``checked``; what a colleague has in hand is decided only ``despite_claim``.
    """
    approving(
        activity, waivers=waivers, words=words, confirm_key=confirm_key, checked=checked, despite_claim=despite_claim,
        expected_version=expected_version, by=by, at=at,
    )  # fmt: skip
    return activity


@in_transaction
def returning(
    activity: Activity, *, reasons: Sequence[str], words: str, despite_claim: bool, expected_version: int | None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """:func:`return_activity` as a part of an act."""
    rules.check_return(by, activity)
    check_seen(activity, expected_version)
    check_not_claimed(activity, despite_claim, by, at)
    codes = checked_reasons(reasons, words)
    move(activity, State.RETURNED, Event.RETURNED, by=by, at=at, reasons=codes)
    note(activity, Decision.RETURNED, by=by, at=at, words=words, reasons=codes)
    messages.returned(activity, codes, words, at=at)


@in_transaction
def approving(
    activity: Activity, *, waivers: Waivers | None = None, words: str, confirm_key: bool | None = None, checked: Checked,
    despite_claim: bool, expected_version: int | None, authors: Collection[int] | None = None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """:func:`approve_activity` as a part of an act. ``authors`` may be known already, for the version that is expected."""
    rules.check_approve(by, activity)
    check_seen(activity, expected_version)
    check_not_claimed(activity, despite_claim, by, at)
    in_force = rules_for(activity, by, at)
    own = check_four_eyes(activity, in_force, by=by, at=at, authors=authors)
    kept = check_points(activity, in_force, checked)
    given = checked_waivers(activity, waivers or {}, by, at)
    detail: dict[str, Any] = {
        "step": activity.review_step,
        **({"waivers": given} if given else {}),
        **said_own(own),
    }
    values: dict[str, Any] = {"waivers": {**activity.waivers, **given}}
    if confirm_key is not None:
        values["key_confirmed"] = confirm_key
    chain = Chain.from_plain(activity.route)
    if activity.review_step < len(chain.units):
        note(activity, Decision.PASSED, by=by, at=at, words=words, waivers=given, checked=kept)
        _pass_on(activity, chain, values, detail, by=by, at=at)
        return
    move(activity, State.APPROVED, Event.APPROVED, {**values, "approved_at": at}, by=by, at=at, **detail)
    note(activity, Decision.APPROVED, by=by, at=at, words=words, waivers=given, checked=kept)
    messages.approved(activity, words, at=at)


@transaction
def waive_gate(activity: Activity, *, key: str, reason: str, by: Actor, at: datetime) -> Activity:
    """Let one "in principle" pass after the approval, such as a lead time that ran out while it waited."""
    rules.check_waive(by, activity)
    own = check_four_eyes(activity, rules_for(activity, by, at), by=by, at=at)
    given = checked_waivers(activity, {key: reason}, by, at, all_needed=False)
    columns = {"waivers": {**activity.waivers, **given}}
    touch(activity, Event.WAIVED, columns, by=by, at=at, waivers=given, **said_own(own))
    note(activity, Decision.WAIVED, by=by, at=at, waivers=given)
    messages.waived(activity, at=at)
    return activity


@transaction
def confirm_key(
    activity: Activity,
    *,
    confirmed: bool = True,
    expected_version: int | None = None,
    by: Actor,
    at: datetime,
) -> Activity:
    """Give an activity the mark 重点活动, or take it back. Giving what it has does nothing."""
    rules.check_confirm_key(by, activity)
    check_seen(activity, expected_version)
    if activity.key_confirmed != confirmed:
        own = confirmed and check_four_eyes(activity, rules_for(activity, by, at), by=by, at=at)
        columns = {"key_confirmed": confirmed}
        touch(activity, Event.KEY_CONFIRMED, columns, by=by, at=at, confirmed=confirmed, **said_own(own))
        if activity.public_version:
            show_marks(activity, by=by, at=at)
    return activity


def checked_reasons(reasons: Sequence[str], words: str) -> list[str]:
    """Codes known and something said. Raises :class:`Incomplete`."""
    known = set(ReturnReason.values)
    codes = list(dict.fromkeys(str(code) for code in reasons))
    if not codes and not words.strip():
        raise unfit(_("请说明退回的原因，举办单位才知道怎么改。"), "words")
    if bad := [code for code in codes if code not in known]:
        raise unfit(_("没有“%(code)s”这个退回原因。") % {"code": bad[0]}, "reasons")
    return codes


def checked_waivers(
    activity: Activity, waivers: Waivers, by: Actor, at: datetime, *, all_needed: bool = True
) -> dict[str, str]:
    """Waivers with their reasons: for gates "in principle" only and, where ``all_needed``, for all that are unmet."""
    given = {key: reason.strip() for key, reason in waivers.items()}
    missing = [key for key in activity.unwaived if key not in given] if all_needed else []
    strange = [key for key in given if key not in activity.unmet]
    if not (missing or strange or not all(given.values())):
        return given
    in_force = rules_for(activity, by, at)
    faults = []
    for key in [*missing, *(key for key in given if not given[key])]:
        rule = in_force.get(key)
        name = rule.sentence() if rule else key
        sentence = _("没有达到“原则上”的要求：%(gate)s同意例外的，请写明理由；不同意的，请退回。") % {
            "gate": name
        }
        faults.append(_fault(rule, key, sentence, waivable=True))
    for key in strange:
        rule = in_force.get(key)
        if rule is None or rule.kind != "gate" or rule.strictness != "in_principle":
            name = rule.sentence() if rule else key
            faults.append(_fault(rule, key, _("这一条必须做到，不能例外：%(gate)s") % {"gate": name}))
    if faults:
        raise GateClosed(reasons=faults)
    return given


def _fault(rule: InForce | None, key: str, sentence: str, *, waivable: bool = False) -> Reason:
    if rule is None:  # no notice sets it any more
        return Reason(sentence, field="waivers", code=key, waivable=waivable)
    return reason_of(rule, sentence, "waivers", waivable=waivable)


def check_not_claimed(activity: Activity, despite_claim: bool, by: Actor, at: datetime) -> None:
    """No colleague has it in hand, or the actor knows so and decides all the same. One query where it is refused."""
    holder = held_by_another(activity, by, at)
    if holder is None or despite_claim:
        return
    name = Person.objects.filter(pk=holder).values_list("name", flat=True).first() or _("另一位审核人")
    sentence = _("%(name)s正在看这项活动。确定由您来办的，请再按一次。") % {"name": name}
    raise NotAllowed(reasons=[Reason(sentence, field="sure", code="claimed")])


def _pass_on(
    activity: Activity, chain: Chain, values: dict[str, Any], detail: dict[str, Any], *, by: Actor, at: datetime
) -> None:  # fmt: skip
    following = {
        "reviewing_unit_id": kept_id(chain.units[activity.review_step]), "review_step": activity.review_step + 1,
        "review_due_at": chain.due(at), "turn_since": at, **NEW_TURN,
    }  # fmt: skip
    touch(activity, Event.PASSED, {**values, **following}, by=by, at=at, **detail)
    messages.passed(activity, at=at)


def said_own(own: bool) -> dict[str, bool]:
    """What the trace says where somebody passed their own, because the unit has nobody else."""
    return {"own": True} if own else {}
