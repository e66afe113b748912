"""Where a filing stands on its way from its host through each reviewing unit back to its host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.models import Activity, Decision, ReviewNote
from kepu.activities.workflow import WITH_AUTHOR, State
from kepu.core.calendar import day_of
from kepu.web.workspace.activities.showing import day, moment

PASSED = (Decision.PASSED, Decision.APPROVED)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way of a filing: whose it is, what is done there, and where it stands ("past", "now" or "")."""

    name: str
    what: str
    state: str = ""
    when: str = ""  # when it was done, or since when it waits
    until: str = ""
    late: bool = False
    told: bool = False  # those above know that it is late


def route_of(
    activity: Activity, names: Mapping[int, str], notes: Sequence[ReviewNote], *, at: datetime
) -> list[Stop]:
    """Where a filing stands on its way: from its host through each reviewing unit back to its host. No query.

    Empty for what was never handed in.
    """
    units = activity.route.get("units", [])
    if not units or activity.filed_at is None:
        return []
    state = State(activity.state)
    with_host = state in WITH_AUTHOR or state == State.WITHDRAWN
    host = activity.unit.name
    stops = [_filing(activity, host, state)]
    passed = {
        note.step: note.at for note in notes if note.round == activity.round and note.decision in PASSED
    }
    for number, pk in enumerate(units, start=1):
        name, last = names.get(pk, ""), number == len(units)
        if (state == State.FILED and number == activity.review_step) or (state == State.CHANGED and last):
            stops.append(_waiting(activity, name, at))
        elif not with_host and (number in passed or number < activity.review_step or state != State.FILED):
            when = passed.get(number)
            stops.append(Stop(name, _("审核通过"), "past", moment(when) if when else ""))
        else:
            stops.append(Stop(name, _("审核"), until=_allowed(activity.route)))
    stops.append(_publication(activity, host, state))
    return stops


def _filing(activity: Activity, host: str, state: State) -> Stop:
    if state in WITH_AUTHOR:
        return Stop(host, _("修改后再填报"), "now", _("%(when)s起") % {"when": moment(activity.turn_since)})
    if state == State.WITHDRAWN:
        return Stop(host, _("已撤回"), "past", moment(activity.withdrawn_at) if activity.withdrawn_at else "")
    filed = activity.filed_at
    what = _("第%(n)s次填报") % {"n": activity.round} if activity.round > 1 else _("填报")
    return Stop(host, what, "past", moment(filed) if filed else "")


def _waiting(activity: Activity, name: str, at: datetime) -> Stop:
    due = activity.review_due_at
    what = _("正在审核变更") if activity.state == State.CHANGED else _("正在审核")
    return Stop(
        name, what, "now", _("%(when)s起") % {"when": moment(activity.turn_since)}, _("%(day)s前") % {"day": day(day_of(due))} if due else "",
        due is not None and due < at, activity.escalated_at is not None,
    )  # fmt: skip


def _publication(activity: Activity, host: str, state: State) -> Stop:
    if activity.published_at:
        return Stop(host, _("已发布"), "past", moment(activity.published_at))
    if state == State.APPROVED:
        return Stop(host, _("等发布"), "now", _("%(when)s起") % {"when": moment(activity.turn_since)})
    return Stop(host, _("发布"))


def _allowed(route: Mapping[str, Any]) -> str:
    """How long a step that is still to come will have."""
    if route.get("working_days"):
        return _("轮到后%(n)s个工作日内") % {"n": route["working_days"]}
    return _("轮到后%(n)s天内") % {"n": route["days"]} if route.get("days") else ""
