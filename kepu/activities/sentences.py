"""What the trace says of activities, and how they are called."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.activities import rules
from kepu.activities.models import Activity, LinkOutcome, Result, WatchWord
from kepu.activities.workflow import Event, IncidentKind, ReturnReason
from kepu.core.calendar import CHINA
from kepu.core.telling import Named, Row, Told, group, hidden, listed, names, quoted, say, tells
from kepu.orgs.actor import Actor

group("activity", lazy("活动"))

say("activity", {
    Event.PUBLISHED: lazy("%(who)s向公众发布了活动%(thing)s。"),
    Event.FULL: lazy("%(who)s标明活动%(thing)s的名额已满。"),
    Event.PLACES_LEFT: lazy("%(who)s标明活动%(thing)s还有名额。"),
    Event.CHANGE_RETURNED: lazy("%(who)s没有同意活动%(thing)s的变更。"),
    Event.CHANGE_TAKEN_BACK: lazy("%(who)s收回了活动%(thing)s的变更。"),
    Event.ARCHIVED: lazy("%(who)s把活动%(thing)s归档了。"),
    Event.RELEASED: lazy("%(who)s放下了活动%(thing)s的审核。"),
    Event.ESCALATED: lazy("%(who)s把活动%(thing)s过了审核期限告诉了审核单位和上级统筹单位。"),
    "activity.handed_over": lazy("%(who)s让活动%(thing)s随单位的变动转到了新的单位。"),
})  # fmt: skip
say("activity", {Event.DOUBLE_FOUND: lazy("%(who)s发现活动%(thing)s可能和别的活动重复，已请审核单位看。")})


@tells("activity", Event.DRAFTED)
def drafted(row: Row) -> Told:
    if row.detail.get("copied_from"):
        return row.say(_("%(who)s照另一项活动起草了活动%(thing)s。"))
    return row.say(_("%(who)s起草了活动%(thing)s。"))


@tells("activity", Event.CLAIMED, refs={"taken_from": "person"})
def claimed(row: Row) -> Told:
    if "taken_from" in row.detail:
        other = row.ref("person", row.detail["taken_from"])
        return row.say(_("%(who)s从%(other)s手里接过了活动%(thing)s的审核。"), _reason(row), other=other)
    return row.say(_("%(who)s认领了活动%(thing)s的审核。"))


@tells("activity", Event.BATCH_BEGUN)
def batch_begun(row: Row) -> Told:
    n = int(row.detail.get("lines", 0))
    if row.detail.get("verdict") == "return":
        return row.say(_("%(who)s开始了%(thing)s，退回%(n)s项活动。"), n=n)
    return row.say(_("%(who)s开始了%(thing)s，通过%(n)s项活动。"), n=n)


@tells("activity", Event.REMINDED)
def reminded(row: Row) -> Told:
    return row.say(_("%(who)s提醒%(thing)s：有%(n)s项活动过了审核期限。"), n=row.detail.get("n", 0))


@tells("activity", Event.WORDS_ADDED)
def word_added(row: Row) -> Told:
    return row.say(_("%(who)s添加了审核时要留意的词语%(thing)s。"))


@tells("activity", Event.WORDS_REMOVED)
def word_removed(row: Row) -> Told:
    was = str(row.detail.get("word") or "")
    return row.say(
        _("%(who)s去掉了审核时要留意的词语%(thing)s。"),
        _("词语是%(word)s。") % {"word": quoted(was)} if was else "",
    )


@tells("activity", Event.SCHEDULED)
def scheduled(row: Row) -> Told:
    when = _moment(row.detail.get("publish_at"))
    return row.say(
        _("%(who)s给活动%(thing)s定了发布时间。"), _("到%(when)s发布。") % {"when": when} if when else ""
    )


@tells("activity", Event.UNSCHEDULED)
def unscheduled(row: Row) -> Told:
    said = listed(str(one).rstrip("。.") for one in row.detail.get("closed") or ())
    return row.say(
        _("%(who)s取消了活动%(thing)s的定时发布。"), _("因为：%(why)s。") % {"why": said} if said else ""
    )


@tells("activity", Event.CORRECTED)
def corrected(row: Row) -> Told:
    mended = listed(
        _("%(name)s由%(before)s改为%(after)s")
        % {"name": _label(name), "before": quoted(before), "after": quoted(after)}
        for name, (before, after) in (row.detail.get("corrections") or {}).items()
    )
    return row.say(
        _("%(who)s改了活动%(thing)s的错字。"),
        _("%(mended)s。") % {"mended": mended} if mended else "",
        _reason(row),
    )


@tells("activity", Event.SESSIONS_CANCELLED)
def sessions_cancelled(row: Row) -> Told:
    n = len(row.detail.get("sessions") or ())
    count = ngettext("共%(n)s场。", "共%(n)s场。", n) % {"n": n} if n else ""
    return row.say(_("%(who)s取消了活动%(thing)s的部分场次。"), count, _reason(row))


@tells("activity", Event.SESSION_MOVED)
def session_moved(row: Row) -> Told:
    return row.say(_("%(who)s给活动%(thing)s的一场改了期。"), _reason(row))


@tells("activity", Event.INCIDENT_REPORTED, Event.INCIDENT_UPDATED, Event.INCIDENT_CLOSED)
def incident(row: Row) -> Told:
    template = {
        Event.INCIDENT_UPDATED: _("%(who)s补充了活动%(thing)s的突发情况。"),
        Event.INCIDENT_CLOSED: _("%(who)s了结了活动%(thing)s的突发情况。"),
    }.get(row.entry.event, _("%(who)s报告了活动%(thing)s的突发情况。"))  # type: ignore[call-overload]
    kind = row.detail.get("kind")
    said = _("类别：%(kind)s。") % {"kind": IncidentKind(kind).label} if kind in IncidentKind.values else ""
    return row.say(template, said)


@tells("activity", Event.EDITED)
def edited(row: Row) -> Told:
    return row.say(_("%(who)s修改了活动%(thing)s的草稿。"), _fields(row))


@tells("activity", Event.FILED)
def filed(row: Row) -> Told:
    n = int(row.detail.get("round", 1))
    if n > 1:
        return row.say(_("%(who)s再次填报了活动%(thing)s（第%(n)s次）。"), _fields(row), _reason(row), n=n)
    return row.say(_("%(who)s填报了活动%(thing)s。"), _fields(row), _reason(row))


@tells("activity", Event.WITHDRAWN)
def withdrawn(row: Row) -> Told:
    return row.say(_("%(who)s撤回了活动%(thing)s。"), _reason(row))


@tells("activity", Event.RETURNED)
def returned(row: Row) -> Told:
    codes = [code for code in row.detail.get("reasons", ()) if code in ReturnReason.values]
    words = listed(ReturnReason(code).label for code in codes)
    return row.say(
        _("%(who)s把活动%(thing)s退回修改。"), _("原因：%(reason)s。") % {"reason": words} if words else ""
    )


@tells("activity", Event.PASSED)
def passed(row: Row) -> Told:
    step = row.detail.get("step", 1)
    return row.say(_("%(who)s审核通过了活动%(thing)s的第%(step)s步，转给下一步。"), _waivers(row), step=step)


@tells("activity", Event.APPROVED)
def approved(row: Row) -> Told:
    return row.say(_("%(who)s审核通过了活动%(thing)s。"), _waivers(row))


@tells("activity", Event.WAIVED)
def waived(row: Row) -> Told:
    return row.say(_("%(who)s同意了活动%(thing)s的例外。"), _waivers(row))


@tells("activity", Event.KEY_CONFIRMED)
def key_confirmed(row: Row) -> Told:
    if row.detail.get("confirmed", True):
        return row.say(_("%(who)s把活动%(thing)s确认为重点活动。"))
    return row.say(_("%(who)s取消了活动%(thing)s的重点活动标记。"))


@tells("activity", Event.CHANGE_PROPOSED)
def change_proposed(row: Row) -> Told:
    return row.say(_("%(who)s提出了活动%(thing)s的变更，交审核。"), _fields(row), _reason(row))


@tells("activity", Event.CHANGED)
def changed(row: Row) -> Told:
    return row.say(_("%(who)s变更了活动%(thing)s。"), _fields(row), _reason(row))


@tells("activity", Event.POSTPONED)
def postponed(row: Row) -> Told:
    return row.say(_("%(who)s把活动%(thing)s延期。"), _reason(row))


@tells("activity", Event.CANCELLED)
def cancelled(row: Row) -> Told:
    return row.say(_("%(who)s取消了活动%(thing)s。"), _reason(row))


@tells("activity", Event.HELD)
def held(row: Row) -> Told:
    n = row.detail.get("participants")
    came = "" if n is None else ngettext("实际参与%(n)s人。", "实际参与%(n)s人。", int(n)) % {"n": n}
    return row.say(_("%(who)s确认活动%(thing)s已经举办。"), came)


@tells("activity", Event.COMPLETED)
def completed(row: Row) -> Told:
    if "before" in row.detail:
        return row.say(_("%(who)s完善了活动%(thing)s的信息。"))
    return row.say(_("%(who)s补充了活动%(thing)s的信息。"))


@tells("activity", Event.SUMMARISED)
def summarised(row: Row) -> Told:
    if row.detail.get("amended"):
        return row.say(_("%(who)s修改了活动%(thing)s的总结。"))
    return row.say(_("%(who)s提交了活动%(thing)s的总结。"), _("这是迟交。") if row.detail.get("late") else "")


@tells("activity", Event.RESULTS_SHOWN)
def results_shown(row: Row) -> Told:
    labels = [str(Result(code).label) for code in row.detail.get("shown", ()) if code in Result.values]
    if not labels:
        return row.say(_("%(who)s撤下了活动%(thing)s公开的成果。"), _reason(row))
    said = _("%(who)s定了活动%(thing)s向公众公开的成果：%(what)s。")
    return row.say(said, _reason(row), what=_("、").join(labels))


@tells("activity", Event.PICTURES_ADDED)
def pictures_added(row: Row) -> Told:
    n = int(row.detail.get("n", 1))
    said = ngettext("%(who)s给活动%(thing)s传了%(n)s张图片。", "%(who)s给活动%(thing)s传了%(n)s张图片。", n)
    return row.say(said, _in_public(row), n=n)


@tells("activity", Event.PICTURE_DESCRIBED)
def picture_described(row: Row) -> Told:
    return row.say(_("%(who)s改了活动%(thing)s一张图片的说明。"), _in_public(row))


@tells("activity", Event.PICTURE_MOVED)
def picture_moved(row: Row) -> Told:
    return row.say(_("%(who)s调整了活动%(thing)s图片的先后。"), _in_public(row))


@tells("activity", Event.PICTURE_REMOVED)
def picture_removed(row: Row) -> Told:
    return row.say(_("%(who)s移除了活动%(thing)s的一张图片。"), _reason(row), _in_public(row))


def _in_public(row: Row) -> str:
    return _("公众看到的随即更新。") if row.detail.get("public") else ""


@tells("activity", Event.LINK_FAILING)
def link_failing(row: Row) -> Told:
    outcome = row.detail.get("outcome")
    said = _("原因：%(why)s。") % {"why": LinkOutcome(outcome).label} if outcome in LinkOutcome.values else ""
    return row.say(_("%(who)s发现活动%(thing)s的线上网址打不开，已告诉举办单位。"), said)


@tells("activity", Event.LINK_WELL)
def link_well(row: Row) -> Told:
    return row.say(_("%(who)s发现活动%(thing)s的线上网址又能打开了。"))


@tells("activity", Event.LINKED, refs={"other": "activity"})
def linked(row: Row) -> Told:
    return row.say(_("%(who)s把活动%(thing)s和活动%(other)s合计，只算一次。"), other=_other(row))


@tells("activity", Event.COUNTS_FOR, refs={"other": "activity"})
def counts_for(row: Row) -> Told:
    return row.say(_("%(who)s确认活动%(other)s和活动%(thing)s是同一项，算在这一项。"), other=_other(row))


@tells("activity", Event.UNLINKED, refs={"other": "activity"})
def unlinked(row: Row) -> Told:
    return row.say(_("%(who)s让活动%(thing)s不再和活动%(other)s合计，重新单独计数。"), other=_other(row))


@tells("activity", Event.MERGED, refs={"other": "activity"})
def merged(row: Row) -> Told:
    return row.say(_("%(who)s把活动%(thing)s并入活动%(other)s。"), _reason(row), other=_other(row))


@tells("activity", Event.TOLD_APART, refs={"other": "activity"})
def told_apart(row: Row) -> Told:
    return row.say(_("%(who)s确认活动%(thing)s和活动%(other)s不是同一项。"), other=_other(row))


def _other(row: Row) -> Named:
    return row.ref("activity", row.detail.get("other"))


def _fields(row: Row) -> str:
    fields = listed(_label(name) for name in row.detail.get("fields") or ())
    return _("改了：%(fields)s。") % {"fields": fields} if fields else ""


def _label(name: str) -> str:
    column = name.removesuffix("_id")
    known = {field.name for field in Activity._meta.get_fields()}
    return str(getattr(Activity._meta.get_field(column), "verbose_name", column)) if column in known else name


def _moment(kept: Any) -> str:
    """An instant as it was kept, in China's time; "" for none."""
    found = parse_datetime(str(kept)) if kept else None
    return date_format(found.astimezone(CHINA), "SHORT_DATETIME_FORMAT") if found else ""


def _reason(row: Row) -> str:
    reason = str(row.detail.get("reason") or "").strip()
    return _("原因：%(reason)s。") % {"reason": reason.rstrip("。.")} if reason else ""


def _waivers(row: Row) -> str:
    given = listed((row.detail.get("waivers") or {}).values())
    return _("例外的理由：%(why)s。") % {"why": given.rstrip("。.")} if given else ""


@names("activity")
def activities(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """Two queries: which there are, and which the reader sees."""
    seen = dict(rules.visible_to(reader).filter(pk__in=ids).order_by("pk").values_list("pk", "title"))
    there = Activity.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    untitled = _("未命名的活动")
    return {
        pk: Named(quoted(seen[pk] or untitled), "activity", {"pk": pk}) if pk in seen else hidden()
        for pk in there
    }


@names("watchword")
def watch_words(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """One query. A word that was taken away is called by its number."""
    found = WatchWord.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "word")
    return {pk: Named(quoted(word)) for pk, word in found}
