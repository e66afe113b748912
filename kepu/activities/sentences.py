"""What the trace says of activities, and how they are called."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.activities import rules
from kepu.activities.models import Activity, WatchWord
from kepu.activities.workflow import Event, ReturnReason
from kepu.core.telling import Named, Row, Told, group, hidden, listed, names, quoted, say, tells
from kepu.orgs.actor import Actor

group("activity", lazy("活动"))

say("activity", {
    Event.DRAFTED: lazy("%(who)s起草了活动%(thing)s。"),
    Event.PUBLISHED: lazy("%(who)s向公众发布了活动%(thing)s。"),
    Event.CHANGE_RETURNED: lazy("%(who)s没有同意活动%(thing)s的变更。"),
    Event.CHANGE_TAKEN_BACK: lazy("%(who)s收回了活动%(thing)s的变更。"),
    Event.ARCHIVED: lazy("%(who)s把活动%(thing)s归档了。"),
    Event.RELEASED: lazy("%(who)s放下了活动%(thing)s的审核。"),
    Event.ESCALATED: lazy("%(who)s把活动%(thing)s过了审核期限告诉了审核单位和上级统筹单位。"),
    "activity.handed_over": lazy("%(who)s让活动%(thing)s随单位的变动转到了新的单位。"),
})  # fmt: skip


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


def _fields(row: Row) -> str:
    fields = listed(_label(name) for name in row.detail.get("fields") or ())
    return _("改了：%(fields)s。") % {"fields": fields} if fields else ""


def _label(name: str) -> str:
    column = name.removesuffix("_id")
    known = {field.name for field in Activity._meta.get_fields()}
    return str(getattr(Activity._meta.get_field(column), "verbose_name", column)) if column in known else name


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
