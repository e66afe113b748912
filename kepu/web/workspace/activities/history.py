"""The trace of an activity as sentences: who did what, when, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from kepu.accounts.looks import SHOWN
from kepu.accounts.models import Person
from kepu.activities.models import Activity, Decision, ReviewNote
from kepu.activities.workflow import Event, ReturnReason
from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.notices.inheritance import Rules
from kepu.orgs.actor import Actor
from kepu.web.shared.sources import Source, source_of
from kepu.web.workspace.activities.showing import moment

MOST = 60  # the newest acts; a page does not grow with the number of edits

SAYS: dict[str, Any] = {
    Event.DRAFTED: lazy("起草"), Event.EDITED: lazy("修改草稿"), Event.FILED: pgettext_lazy("done", "填报"),
    Event.WITHDRAWN: pgettext_lazy("done", "撤回"), Event.RETURNED: pgettext_lazy("done", "退回修改"),
    Event.PASSED: lazy("审核通过，转下一步"), Event.APPROVED: lazy("审核通过"), Event.WAIVED: pgettext_lazy("done", "同意例外"),
    Event.KEY_CONFIRMED: pgettext_lazy("done", "确认为重点活动"), Event.PUBLISHED: lazy("向公众发布"),
    Event.CHANGE_PROPOSED: lazy("提出变更，交审核"), Event.CHANGED: lazy("变更，已向公众更新"),
    Event.CHANGE_RETURNED: pgettext_lazy("done", "不同意变更"), Event.CHANGE_TAKEN_BACK: pgettext_lazy("done", "收回变更"),
    Event.SCHEDULED: lazy("定了发布时间"), Event.UNSCHEDULED: lazy("取消定时发布"),
    Event.CORRECTED: lazy("改错字，已生效"), Event.SESSIONS_CANCELLED: lazy("取消部分场次"), Event.SESSION_MOVED: lazy("一场改期"),
    Event.FULL: lazy("标明名额已满"), Event.PLACES_LEFT: lazy("标明还有名额"),
    Event.INCIDENT_REPORTED: lazy("报告突发情况"), Event.INCIDENT_UPDATED: lazy("补充突发情况"), Event.INCIDENT_CLOSED: lazy("突发情况了结"),
    Event.POSTPONED: pgettext_lazy("done", "延期"), Event.CANCELLED: pgettext_lazy("done", "取消"),
    Event.HELD: pgettext_lazy("done", "确认已经举办"), Event.COMPLETED: pgettext_lazy("done", "完善活动信息"),
    Event.SUMMARISED: pgettext_lazy("done", "提交总结"), Event.ARCHIVED: lazy("归档"), Event.CLAIMED: pgettext_lazy("done", "认领审核"),
    Event.RELEASED: pgettext_lazy("done", "放下审核"), Event.ESCALATED: lazy("过了审核期限，已告诉上级"), Event.HANDED_OVER: lazy("单位变更，转交办理"),
    Event.PICTURES_ADDED: lazy("传了图片"), Event.PICTURE_DESCRIBED: lazy("改了图片的说明"),
    Event.PICTURE_MOVED: lazy("调整了图片的先后"), Event.PICTURE_REMOVED: lazy("移除了图片"),
    Event.DOUBLE_FOUND: lazy("可能和别的活动重复，请审核单位看"), Event.LINKED: lazy("和另一项合计，只算一次"),
    Event.COUNTS_FOR: lazy("另一项算在这一项里"), Event.UNLINKED: lazy("不再合计，重新单独计数"),
    Event.MERGED: lazy("并入另一项"), Event.TOLD_APART: lazy("和另一项不是同一项"),
    SHOWN: pgettext_lazy("done", "看了联系人"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A line of ``components/timeline.html``."""

    when: str
    what: str
    text: str = ""
    state: str = "past"
    url: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What a filing was held against for one clause: points that were ticked, and who did each step."""

    clause: str
    points: tuple[str, ...]
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """What a reviewer decided, in words."""

    when: str
    unit: str
    decision: str
    reasons: str
    words: str
    waivers: tuple[str, ...]
    checked: tuple[Held, ...] = ()


def entries_of(activity: Activity) -> list[AuditEntry]:
    """The newest acts, oldest first. One query."""
    return list(audit.of(activity).order_by("-id")[:MOST])[::-1]


def units_in(entries: Iterable[AuditEntry]) -> set[int]:
    return {entry.unit_id for entry in entries if entry.unit_id is not None}


def sentences(
    entries: Iterable[AuditEntry], activity: Activity, units: Mapping[int, str], actor: Actor, rules: Rules
) -> list[Item]:  # fmt: skip
    """The acts as lines of a timeline. Colleagues are named; of other units only the unit. One query for names."""
    seen = list(entries)
    own = {e.person_id for e in seen if e.unit_id == actor.unit_id and e.person_id is not None}
    people = dict(Person.objects.filter(pk__in=own).order_by("pk").values_list("pk", "name")) if own else {}
    items = []
    for entry in seen:
        who = units.get(entry.unit_id or 0, "")
        if entry.unit_id == actor.unit_id and entry.person_id in people:
            who = _("%(unit)s %(person)s") % {"unit": who, "person": people[entry.person_id]}
        items.append(
            Item(
                f"{moment(entry.at)} {who}".strip(),
                _what(entry),
                _detail(entry, rules),
                sources=_sources(entry, rules),
            )
        )
    return items


def changed_since_return(entries: Iterable[AuditEntry]) -> set[str]:
    """The fields that were written since the filing last came back, or with the filing itself."""
    changed: set[str] = set()
    for entry in entries:
        if entry.event == Event.RETURNED:
            changed = set()
        elif entry.event in (Event.EDITED, Event.FILED):
            changed |= {name.removesuffix("_id") for name in entry.detail.get("fields", ())}
    returned = any(entry.event == Event.RETURNED for entry in entries)
    refiled = any(entry.event == Event.FILED and entry.detail.get("fields") for entry in entries)
    return changed if returned or refiled else set()


def notes(found: Sequence[ReviewNote]) -> list[Note]:
    """Reviewers' decisions, the newest first."""
    return [
        Note(
            moment(note.at), note.unit.name, str(Decision(note.decision).label), reasons_in_words(note.reasons), note.words,
            tuple(note.waivers.values()), tuple(Held(**one) for one in note.checked),
        )
        for note in reversed(found)
    ]  # fmt: skip


def reasons_in_words(codes: Iterable[str]) -> str:
    return _("、").join(str(ReturnReason(code).label) for code in codes if code in ReturnReason.values)


def _what(entry: AuditEntry) -> str:
    if entry.event == Event.FILED and int(entry.detail.get("round", 1)) > 1:
        return _("再次填报（第%(n)s次）") % {"n": entry.detail["round"]}
    if entry.event == Event.KEY_CONFIRMED and not entry.detail.get("confirmed", True):
        return _("取消重点活动")
    if entry.event == Event.COMPLETED and "before" not in entry.detail:
        return _("补充活动信息")
    if entry.event == Event.PUBLISHED and entry.detail.get("scheduled"):
        return _("到时自动向公众发布")
    if entry.event == Event.SUMMARISED:
        if entry.detail.get("amended"):
            return _("修改总结")
        if entry.detail.get("late"):
            return _("提交总结（迟交）")
    return str(SAYS.get(entry.event, entry.event))


def _detail(entry: AuditEntry, rules: Rules) -> str:
    detail = entry.detail
    said = []
    if (names := detail.get("fields")) and entry.event != SHOWN:
        said.append(_("改了：%(fields)s") % {"fields": _("、").join(field_label(name) for name in names)})
    for name, (before, after) in (detail.get("corrections") or {}).items():
        said.append(
            _("%(name)s：“%(before)s”改为“%(after)s”")
            % {"name": field_label(name), "before": before, "after": after}
        )
    if when := detail.get("publish_at"):
        said.append(_("到%(when)s发布") % {"when": moment(datetime.fromisoformat(when))})
    said += [str(one).rstrip("。") for one in detail.get("closed") or ()]
    if codes := detail.get("reasons"):
        said.append(_("原因：%(reasons)s") % {"reasons": reasons_in_words(codes)})
    if reason := detail.get("reason"):
        said.append(str(reason))
    if waivers := detail.get("waivers"):
        for key, why in waivers.items():
            rule = rules.get(key)
            said.append(
                _("例外：%(gate)s理由：%(why)s") % {"gate": rule.sentence() if rule else key, "why": why}
            )
    if entry.event == Event.HELD and "participants" in detail:
        said.append(_("实际参与%(n)s人") % {"n": detail["participants"]})
    return _("；").join(said)


def _sources(entry: AuditEntry, rules: Rules) -> tuple[Source, ...]:
    """Where the rules come from that a line speaks of: those that were let pass."""
    found = (rules.get(key) for key in entry.detail.get("waivers") or ())
    return tuple(source_of(rule) for rule in found if rule)


def field_label(name: str) -> str:
    field: Any = Activity._meta.get_field(name.removesuffix("_id"))
    return str(field.verbose_name)
