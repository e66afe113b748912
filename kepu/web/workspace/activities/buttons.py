"""What can be done with an activity, as buttons: the next act first; one that is closed says why, with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kepu.activities import rules as may
from kepu.activities.facts import facts_of
from kepu.activities.gates import check_gates
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.refusals import Verdict, verdict
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.gate import Stage
from kepu.orgs.actor import Actor


@dataclass(frozen=True, slots=True)
class Button:
    """A way to an act: where it leads, how it looks, and the verdict of its check."""

    noun: str
    label: Any
    url: str
    may: Verdict
    kind: str = ""  # "", quiet, plain, danger
    icon: str = ""


# the act that moves an activity on, by where it stands
NEXT: dict[State, tuple[str, ...]] = {
    State.DRAFT: ("submission",), State.RETURNED: ("submission",), State.FILED: ("publication",),
    State.APPROVED: ("publication",), State.PUBLISHED: ("holding",), State.POSTPONED: ("holding",),
    State.CHANGED: ("change-withdrawal",), State.HELD: ("completion",), State.COMPLETED: ("summary",),
}  # fmt: skip
# noun: label, check, look, sign
HOST_ACTS: dict[str, tuple[Any, Any, str, str]] = {
    "edit": (_("修改"), may.check_edit, "quiet", ""),
    "submission": (_("填报，交审核"), may.check_file, "", "hand-up"),
    "publication": (_("发布"), may.check_publish, "", "notice"),
    "schedule": (_("定时发布"), may.check_schedule, "quiet", "clock"),
    "schedule-removal": (_("取消定时发布"), may.check_unschedule, "plain", ""),
    "change": (_("变更"), may.check_change, "quiet", ""),
    "change-withdrawal": (_("收回变更"), may.check_take_back_change, "quiet", ""),
    "holding": (_("确认已经举办"), may.check_hold, "", "check"),
    "completion": (_("完善活动信息"), may.check_complete, "", "file"),
    "summary": (_("写总结"), may.check_summarise, "", "file"),
    "results": (_("公开成果"), may.check_show_results, "quiet", "notice"),
    "postponement": (_("延期"), may.check_postpone, "plain", "clock"),
    "cancellation": (_("取消活动"), may.check_cancel, "danger", ""),
    "incident": (_("报告突发情况"), may.check_report_incident, "plain", "alert"),
    "withdrawal": (_("撤回"), may.check_withdraw, "plain", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Buttons:
    first: list[Button]
    others: list[Button]

    def __bool__(self) -> bool:
        return bool(self.first or self.others)


def for_activity(actor: Actor, activity: Activity, in_force: Rules, *, at: datetime) -> Buttons:
    """The acts open to an actor, and the next one even where it is closed. No query."""
    first: list[Button] = []
    others: list[Button] = []
    state = State(activity.state)
    host = actor.acts_for(activity.unit_id)
    if may.can_review(actor, activity) or may.can_review_change(actor, activity):
        url = reverse("workspace:review", args=[activity.pk])
        first.append(Button("review", _("去审核"), url, Verdict(), "", "review"))
    for button in _host_buttons(actor, activity, in_force, at):
        following = button.noun in NEXT.get(state, ()) and not (
            button.noun == "holding" and _is_to_come(activity, at)
        )
        if following and host:
            first.append(button)
        elif button.may:
            others.append(button)
    if may.can_confirm_key(actor, activity) and (activity.key_activity or activity.key_confirmed):
        label = _("取消重点活动") if activity.key_confirmed else _("确认为重点活动")
        others.append(
            Button(
                "key-mark",
                label,
                reverse("workspace:activity-key-mark", args=[activity.pk]),
                Verdict(),
                "quiet",
                "medal",
            )
        )
    return Buttons(first, [_quieter(button) for button in others])


def _host_buttons(actor: Actor, activity: Activity, in_force: Rules, at: datetime) -> Iterator[Button]:
    for noun, (label, check, kind, icon) in HOST_ACTS.items():
        allowed = verdict(check, actor, activity)
        if noun == "publication" and allowed:
            allowed = publication_gates(activity, in_force, at=at)
        yield Button(
            noun, label, reverse(f"workspace:activity-{noun}", args=[activity.pk]), allowed, kind, icon
        )


def _is_to_come(activity: Activity, at: datetime) -> bool:
    """Whether it is not over yet by its plan: then nothing presses."""
    return activity.time_pending or activity.ends_at is None or at < activity.ends_at


def publication_gates(activity: Activity, in_force: Rules, *, at: datetime) -> Verdict:
    """What the notices would say to publishing now."""
    facts = facts_of(activity, host=activity.unit, at=at, stage=Stage.PUBLICATION)
    found = check_gates(in_force, facts, Stage.PUBLICATION, waivers=activity.waivers)
    return Verdict((*found.refusals, *found.warnings))


def _quieter(button: Button) -> Button:
    """Beside the next act every other one steps back."""
    kind = button.kind or "quiet"
    return Button(
        button.noun, button.label, button.url, button.may, "plain" if kind == "danger" else kind, button.icon
    )
