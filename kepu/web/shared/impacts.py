"""What a notice would touch, in plain sentences, as ``workspace/desk/_impact.html`` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.notices.difference import ValueChange
from kepu.oversight.impact import (
    ActivitiesTouched,
    Due,
    DutyImpact,
    DutyTurn,
    Impact,
    QuotaImpact,
    UnitsTouched,
)
from kepu.web.shared.differences import Change, Shown, rule_change

GROUPS = 12  # sorts of units that are listed
RULES = 40  # changes of rules that are listed
DUTY_WORDS = {
    DutyTurn.NEW: (lazy("新增"), "malachite"), DutyTurn.GONE: (lazy("不再要报"), "ochre"),
    DutyTurn.EARLIER: (lazy("提前"), "cinnabar"), DutyTurn.LATER: (lazy("推后"), "azurite"),
    DutyTurn.CHANGED: (lazy("改变"), "gamboge"), DutyTurn.SAME: (lazy("不变"), "plain"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Touched:
    """A duty or a quota: what it is, what becomes of it, its values before and after, and sentences about whom."""

    title: str
    who: str
    word: str
    tone: str
    cite: str
    values: Sequence[ValueChange]
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownImpact:
    """What ``workspace/desk/_impact.html`` draws; ``nobody`` where no unit, duty or quota is touched."""

    nobody: bool
    lead: Sequence[str]
    units: Sequence[str]
    rules: Shown
    duties: Sequence[Touched]
    quotas: Sequence[Touched]
    activities: Sequence[str]
    gates: Sequence[tuple[str, str, str]]  # sentence, clause, how many
    notes: Sequence[str]


def shown_impact(impact: Impact) -> ShownImpact:
    """The impact in words."""
    rules = [_rule(effect.change, effect.whom, impact.names) for effect in impact.rules[:RULES]]
    return ShownImpact(
        impact.is_empty, _lead(impact), _units(impact.units), Shown((), rules, max(0, len(impact.rules) - RULES)),
        [_duty(d) for d in impact.duties], [_quota(q) for q in impact.quotas], _activities(impact.activities),
        _gates(impact.activities), _notes(impact),
    )  # fmt: skip


def _lead(impact: Impact) -> list[str]:
    when = date_format(localtime(impact.begins), "DATETIME_FORMAT")
    said = {"notice": impact.notice.strip("《》"), "when": when, "place": impact.place}
    if impact.is_withdrawal:
        return [_("《%(notice)s》撤回以后，%(place)s会有下面这些变化。") % said]
    lead = [_("《%(notice)s》从%(when)s起适用，%(place)s会有下面这些变化。") % said]
    for title in impact.replaces:
        lead.append(_("它代替《%(title)s》：那一份从同一时刻起不再适用。") % {"title": title.strip("《》")})
    for title in impact.amends:
        lead.append(
            _("它补充或更正《%(title)s》：那一份仍然适用，本通知说到的以本通知为准。")
            % {"title": title.strip("《》")}
        )
    return lead


def _units(units: UnitsTouched) -> list[str]:
    lines = []
    for group in units.groups[:GROUPS]:
        said: dict[str, Any] = {
            "sort": f"{group.level_name}{group.kind_name}", "n": group.count, "example": group.example,
        }  # fmt: skip
        line = ngettext("%(sort)s%(n)s家", "%(sort)s%(n)s家", group.count) % said
        if group.example:
            line += _("，如%(example)s") % said if group.count > 1 else _("：%(example)s") % said
        if group.changes:
            line += ngettext("，有%(n)s条规定变化", "，有%(n)s条规定变化", group.changes) % {
                "n": group.changes
            }
        elif group.changes == 0:
            line += _("，规定的内容不变")
        lines.append(_("%(line)s。") % {"line": line})
    rest = units.groups[GROUPS:]
    if rest:
        n = sum(group.count for group in rest)
        lines.append(ngettext("还有其他单位%(n)s家。", "还有其他单位%(n)s家。", n) % {"n": n})
    return lines


def _rule(change: Any, whom: Sequence[str], names: Any) -> Change:
    shown = list(dict.fromkeys(whom))
    listed = _("、").join(shown[:4]) + (_("等") if len(shown) > 4 else "")
    return rule_change(change, names, note=_("对%(whom)s") % {"whom": listed})


def _duty(duty: DutyImpact) -> Touched:
    word, tone = DUTY_WORDS[duty.what]
    values = list(duty.values)
    dated = {_due(duty.before), _due(duty.after)} - {""}
    if duty.what in (DutyTurn.NEW, DutyTurn.GONE) and dated:
        values.insert(0, ValueChange(_("期限"), _due(duty.before), _due(duty.after)))
    return Touched(duty.title, duty.who, str(word), tone, duty.cite, values, _duty_sentences(duty))


def _due(due: Due | None) -> str:
    return due.words if due is not None else ""


def _duty_sentences(duty: DutyImpact) -> list[str]:
    if duty.bound is None:
        return [_("这一项不是每个单位报一份，或者不是必须报的，没有逐家数。")]
    n, handed, left = duty.bound, duty.handed_in or 0, duty.open or 0
    said = [ngettext("管到%(n)s家。", "管到%(n)s家。", n) % {"n": n}]
    if handed:
        words = {"n": handed, "accepted": duty.accepted}
        sentence = ngettext(
            "%(n)s家已经报过（其中%(accepted)s家已接收），按原来的期限算，不用重报。",
            "%(n)s家已经报过（其中%(accepted)s家已接收），按原来的期限算，不用重报。",
            handed,
        )
        said.append(sentence % words)
    if left and duty.what is DutyTurn.GONE:
        said.append(
            ngettext("%(n)s家还没有报，不用再报了。", "%(n)s家还没有报，不用再报了。", left) % {"n": left}
        )
    elif left and duty.after is not None and duty.after.at is not None:
        day = date_format(localtime(duty.after.at), "DATETIME_FORMAT")
        sentence = ngettext("%(n)s家还没有报，最迟%(day)s。", "%(n)s家还没有报，最迟%(day)s。", left)
        said.append(sentence % {"n": left, "day": day})
    elif left:
        said.append(ngettext("%(n)s家还没有报。", "%(n)s家还没有报。", left) % {"n": left})
    if duty.released:
        said.append(ngettext("%(n)s家免报。", "%(n)s家免报。", duty.released) % {"n": duty.released})
    return said + _under_others(duty.under_others)


def _under_others(n: int) -> list[str]:
    if not n:
        return []
    sentence = ngettext(
        "其中%(n)s家另有下级通知的规定，以那里更严的为准。",
        "其中%(n)s家另有下级通知的规定，以那里更严的为准。",
        n,
    )
    return [sentence % {"n": n}]


def _quota(quota: QuotaImpact) -> Touched:
    if not quota.before:
        word, tone = _("新增"), "malachite"
    elif not quota.after:
        word, tone = _("不再要求"), "ochre"
    else:
        word, tone = (_("改变"), "gamboge") if quota.before != quota.after else (_("不变"), "plain")
    values = list(quota.values) or [ValueChange(_("要求"), quota.before, quota.after)]
    if quota.before == quota.after and not quota.values:
        values = []
    said = [ngettext("管到%(n)s家。", "管到%(n)s家。", quota.bound) % {"n": quota.bound}]
    return Touched(
        quota.title, quota.who, word, tone, quota.cite, values, said + _under_others(quota.under_others)
    )


def _activities(found: ActivitiesTouched) -> list[str]:
    if not found.total:
        return [_("这里还没有活动。")]
    said = []
    if found.kept:
        sentence = ngettext(
            "已经填报的%(n)s项（待审核%(waiting)s，已通过%(approved)s，已发布%(public)s，已举办%(held)s）照填报时的规定，不受影响。",
            "已经填报的%(n)s项（待审核%(waiting)s，已通过%(approved)s，已发布%(public)s，已举办%(held)s）照填报时的规定，不受影响。",
            found.kept,
        )
        said.append(sentence % {
            "n": found.kept, "waiting": found.waiting, "approved": found.approved, "public": found.public, "held": found.held,
        })  # fmt: skip
    for gates in found.later:
        sentence = ngettext(
            "%(stage)s的条件有变，还没有到这一步的%(n)s项到时照新的：%(gates)s",
            "%(stage)s的条件有变，还没有到这一步的%(n)s项到时照新的：%(gates)s",
            gates.count,
        )
        said.append(
            sentence % {"stage": gates.stage_name, "n": gates.count, "gates": " ".join(gates.sentences)}
        )
    if found.with_host:
        said.append(_drafts(found))
    return said


def _drafts(found: ActivitiesTouched) -> str:
    words = {"n": found.with_host, "tried": found.looked_at, "stopped": found.stopped, "freed": found.freed}
    if found.is_more:
        text = _("草稿和退回的超过%(n)s项，填报时照新的规定。") % words
    else:
        sentence = ngettext(
            "草稿和退回的%(n)s项，填报时照新的规定。",
            "草稿和退回的%(n)s项，填报时照新的规定。",
            found.with_host,
        )
        text = sentence % words
    if found.looked_at < found.with_host:
        text += _("只试了最近的%(tried)s项：") % words
    if found.stopped:
        sentence = ngettext(
            "其中%(stopped)s项现在能过，到时会被拦下。",
            "其中%(stopped)s项现在能过，到时会被拦下。",
            found.stopped,
        )
        text += sentence % words
    else:
        text += _("没有一项会因此被拦下。")
    if found.freed:
        sentence = ngettext(
            "%(freed)s项现在过不了，到时能过。", "%(freed)s项现在过不了，到时能过。", found.freed
        )
        text += sentence % words
    return text


def _gates(found: ActivitiesTouched) -> list[tuple[str, str, str]]:
    lines = []
    for gate in found.gates:
        said = []
        if gate.stopped:
            said.append(ngettext("拦下%(n)s项", "拦下%(n)s项", gate.stopped) % {"n": gate.stopped})
        if gate.warned:
            said.append(ngettext("%(n)s项要写明原因", "%(n)s项要写明原因", gate.warned) % {"n": gate.warned})
        lines.append((gate.sentence, gate.cite, _("，").join(said)))
    return lines


def _notes(impact: Impact) -> list[str]:
    notes = []
    if impact.unchanged:
        n = impact.unchanged
        notes.append(
            ngettext("另有%(n)s条照旧，只是换了依据。", "另有%(n)s条照旧，只是换了依据。", n) % {"n": n}
        )
    if impact.not_looked_at:
        n = impact.not_looked_at
        notes.append(
            ngettext("还有%(n)s项报送或数量要求没有逐项数。", "还有%(n)s项报送或数量要求没有逐项数。", n)
            % {"n": n}
        )
    if impact.left_out:
        notes.append(_("没有写完整的条款没有算进来：%(codes)s。") % {"codes": _("、").join(impact.left_out)})
    return notes
