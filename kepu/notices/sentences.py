"""What the trace says of seasons, notices, drafts and deliveries, and how they are called."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.core.telling import Named, Row, Told, group, hidden, listed, names, quoted, say, tells
from kepu.notices import rules
from kepu.notices.difference import Difference
from kepu.notices.kinds import Mode, kinds
from kepu.notices.models import ClauseState, Delivery, DraftOrigin, Notice, NoticeDraft, Season, SendingKind
from kepu.notices.modes import WAYS
from kepu.notices.workflow import Event
from kepu.orgs.actor import Actor

group("notice", lazy("通知"))
group("draft", lazy("起草通知"))
group("delivery", lazy("收发通知"))
group("season", lazy("届次"))

say("season", {
    Event.SEASON_OPENED: lazy("%(who)s开设了%(thing)s。"),
    Event.SEASON_CORRECTED: lazy("%(who)s改正了%(thing)s的基本信息。"),
    Event.SEASON_CLOSED: lazy("%(who)s结束了%(thing)s。"),
})  # fmt: skip
say("draft", {
    Event.DRAFT_HEADER_SAVED: lazy("%(who)s改了通知稿%(thing)s的文头。"),
    Event.DRAFT_DISCARDED: lazy("%(who)s作废了通知稿%(thing)s。"),
    Event.DRAFT_RESTORED: lazy("%(who)s恢复了通知稿%(thing)s。"),
})  # fmt: skip
say("delivery", {
    Event.DELIVERY_OPENED: lazy("%(who)s打开了收到的通知%(thing)s。"),
    Event.DELIVERY_RECEIVED: lazy("%(who)s签收了通知%(thing)s。"),
    Event.DELIVERY_FORWARDED: lazy("%(who)s转发了通知%(thing)s。"),
    Event.FEED_MADE: lazy("%(who)s为%(thing)s开通了日历订阅。"),
    Event.FEED_RENEWED: lazy("%(who)s给%(thing)s换了日历订阅地址，原来的地址作废。"),
    Event.FEED_ENDED: lazy("%(who)s停止了%(thing)s的日历订阅。"),
})  # fmt: skip


@tells("season", Event.SEASON_COPIED)
def season_copied(row: Row) -> Told:
    days = int(row.detail.get("days", 0))
    moved = ngettext("日期后移%(n)s天。", "日期后移%(n)s天。", days) % {"n": days}
    return row.say(
        _("%(who)s照%(source)s开始抄写%(thing)s的通知。"), moved, source=quoted(row.detail.get("source", ""))
    )


@tells("season", Event.SEASON_COPY_RESUMED)
def season_copy_resumed(row: Row) -> Told:
    n = int(row.detail.get("done", 0))
    done = ngettext("此前抄好%(n)s份。", "此前抄好%(n)s份。", n) % {"n": n}
    return row.say(_("%(who)s让%(thing)s的抄写接着进行。"), done)


@tells("season", Event.SEASON_COPY_FINISHED)
def season_copy_finished(row: Row) -> Told:
    counts = {"drafts": row.detail.get("drafts", 0), "left_out": row.detail.get("left_out", 0)}
    return row.say(_("%(who)s抄完了%(thing)s的通知：通知稿%(drafts)s份，没能抄的%(left_out)s份。"), **counts)


@tells("notice", Event.ISSUED, Event.TAKEN_OVER)
def issued(row: Row) -> Told:
    if row.detail.get("first", True):
        n = int(row.detail.get("clauses", 0))
        counted = ngettext("共%(n)s条。", "共%(n)s条。", n) % {"n": n}
        if row.entry.event == Event.ISSUED:
            return row.say(_("%(who)s发出了通知%(thing)s。"), counted)
        return row.say(_("%(who)s录入了通知%(thing)s。"), counted)
    return row.say(_("%(who)s改动了通知%(thing)s。"), _changes(row))


@tells("notice", Event.WITHDRAWN)
def withdrawn(row: Row) -> Told:
    return row.say(_("%(who)s撤回了通知%(thing)s。"), _reason(row))


@tells("notice", Event.REPLACED)
def replaced(row: Row) -> Told:
    return row.say(_("%(who)s发出的通知%(other)s代替了%(thing)s。"), _changes(row), other=_other(row))


@tells("notice", Event.AMENDED)
def amended(row: Row) -> Told:
    return row.say(_("%(who)s发出的通知%(other)s补充或更正了%(thing)s。"), _changes(row), other=_other(row))


@tells("notice", Event.CHILD_ISSUED)
def child_issued(row: Row) -> Told:
    if row.detail.get("first"):
        return row.say(_("%(who)s依据通知%(thing)s发出了%(other)s。"), _changes(row), other=_other(row))
    return row.say(_("%(who)s改动了依据%(thing)s的通知%(other)s。"), _changes(row), other=_other(row))


@tells("notice", Event.CHILD_WITHDRAWN)
def child_withdrawn(row: Row) -> Told:
    return row.say(_("%(who)s撤回了依据%(thing)s的通知%(other)s。"), _reason(row), other=_other(row))


@tells("delivery", Event.SENT)
def sent(row: Row) -> Told:
    return row.say(
        _("%(who)s开始向主送和抄送单位发送通知%(thing)s（第%(file)s版文字）。"),
        file=row.detail.get("file", 1),
    )


@tells("delivery", Event.REMINDED)
def reminded(row: Row) -> Told:
    which, n = str(row.detail.get("which", "")), int(row.detail.get("count", 0))
    counted = ngettext("共%(n)s个单位。", "共%(n)s个单位。", n) % {"n": n}
    if which == SendingKind.UNOPENED:
        return row.say(_("%(who)s催办还没打开通知%(thing)s的单位。"), counted)
    return row.say(_("%(who)s催办还没签收通知%(thing)s的单位。"), counted)


@tells("delivery", Event.REMINDED_BEFORE_DEADLINE)
def reminded_before_deadline(row: Row) -> Told:
    n = int(row.detail.get("count", 0))
    counted = ngettext("共%(n)s个单位。", "共%(n)s个单位。", n) % {"n": n}
    return row.say(_("期限临近，%(who)s提醒了还没打开通知%(thing)s的单位。"), counted)


@tells("delivery", Event.DELIVERED)
def delivered(row: Row) -> Told:
    n = int(row.detail.get("count", 0))
    counted = ngettext("共%(n)s个单位。", "共%(n)s个单位。", n) % {"n": n}
    return row.say(_("%(who)s送达了一批通知%(thing)s。"), counted)


@tells("delivery", Event.REMINDERS_SENT)
def reminders_sent(row: Row) -> Told:
    n = int(row.detail.get("count", 0))
    counted = ngettext("共%(n)s个单位。", "共%(n)s个单位。", n) % {"n": n}
    return row.say(_("%(who)s发出了一批通知%(thing)s的催办。"), counted)


@tells("draft", Event.DRAFT_STARTED)
def draft_started(row: Row) -> Told:
    origin, n = str(row.detail.get("origin", "")), int(row.detail.get("clauses", 0))
    label = DraftOrigin(origin).label if origin in DraftOrigin.values else origin
    counted = ngettext("起初有%(n)s条。", "起初有%(n)s条。", n) % {"n": n}
    return row.say(_("%(who)s开始起草通知%(thing)s（%(origin)s）。"), counted, origin=label)


@tells("draft", Event.DRAFT_CLAUSE_ADDED)
def clause_added(row: Row) -> Told:
    return row.say(_("%(who)s在通知稿%(thing)s里加了一条“%(clause)s”（%(kind)s）。"), **_clause(row))


@tells("draft", Event.DRAFT_RULE_TAKEN)
def rule_taken(row: Row) -> Told:
    mode = row.detail.get("mode", "")
    way = WAYS[Mode(mode)] if mode in [m.value for m in Mode] else mode
    return row.say(
        _("%(who)s在通知稿%(thing)s里从上级规定接过一条“%(clause)s”（%(way)s）。"),
        _("来自%(above)s。") % {"above": row.detail.get("above", "")}, clause=row.detail.get("clause", ""), way=way,
    )  # fmt: skip


@tells("draft", Event.DRAFT_CLAUSE_SAVED)
def clause_saved(row: Row) -> Told:
    return row.say(_("%(who)s改了通知稿%(thing)s的一条“%(clause)s”，现在是“%(state)s”。"), **_clause(row))


@tells("draft", Event.DRAFT_CLAUSES_DECIDED)
def clauses_decided(row: Row) -> Told:
    codes = row.detail.get("clauses", ())
    codes = codes if isinstance(codes, list) else [codes]
    return row.say(
        _("%(who)s把通知稿%(thing)s的条款定为“%(state)s”：%(clauses)s。"),
        clauses=listed(codes),
        state=_state(row),
    )


@tells("draft", Event.DRAFT_CLAUSES_MOVED)
def clauses_moved(row: Row) -> Told:
    codes = listed(row.detail.get("clauses", ()))
    if row.detail.get("after"):
        return row.say(
            _("%(who)s把通知稿%(thing)s的%(clauses)s移到了%(after)s后面。"),
            clauses=codes,
            after=row.detail["after"],
        )
    return row.say(_("%(who)s把通知稿%(thing)s的%(clauses)s移到了最前面。"), clauses=codes)


@tells("draft", Event.DRAFT_CLAUSE_MOVED)
def clause_moved(row: Row) -> Told:
    if row.detail.get("up"):
        return row.say(
            _("%(who)s把通知稿%(thing)s的一条“%(clause)s”往前移了一位。"), clause=row.detail.get("clause", "")
        )
    return row.say(
        _("%(who)s把通知稿%(thing)s的一条“%(clause)s”往后移了一位。"), clause=row.detail.get("clause", "")
    )


def _clause(row: Row) -> dict[str, Any]:
    kind = kinds().get(row.detail.get("kind", ""))
    return {"clause": row.detail.get("clause", ""), "kind": kind.LABEL if kind else "", "state": _state(row)}


def _state(row: Row) -> Any:
    state = row.detail.get("state", "")
    return ClauseState(state).label if state in ClauseState.values else state


def _other(row: Row) -> str:
    return _("《%(title)s》") % {"title": str(row.detail.get("title", "")).strip("《》")}


def _changes(row: Row) -> str:
    kept = row.detail.get("difference")
    summary = Difference.from_json(kept).summary() if kept else ""
    return _("%(summary)s。") % {"summary": summary} if summary else ""


def _reason(row: Row) -> str:
    reason = str(row.detail.get("reason") or "")
    return _("原因：%(reason)s。") % {"reason": reason.rstrip("。.")} if reason else ""


@names("season")
def seasons(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    return {season.pk: Named(quoted(season)) for season in Season.objects.filter(pk__in=ids).order_by("pk")}


@names("notice")
def notices(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """Notices are public."""
    rows = Notice.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "title", "season__code", "code")
    return {pk: _notice(title, season, code) for pk, title, season, code in rows}


@names("noticedraft")
def drafts(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """A draft is its unit's coordinators' own."""
    seen = {draft.pk: draft for draft in rules.drafts_visible_to(reader).filter(pk__in=ids).order_by("pk")}
    there = NoticeDraft.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    return {
        pk: Named(quoted(seen[pk]), "noticedraft", {"pk": pk}) if pk in seen else hidden() for pk in there
    }


@names("delivery")
def deliveries(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """A delivery is called by its notice; the unit it went to has its page."""
    rows = Delivery.objects.filter(pk__in=ids).order_by("pk")
    found = rows.values_list("pk", "unit_id", "notice__title", "notice__season__code", "notice__code")
    return {
        pk: Named(_title(title), "delivery", {"pk": pk}) if reader.acts_for(unit) else _notice(title, season, code)
        for pk, unit, title, season, code in found
    }  # fmt: skip


def _notice(title: str, season: str, code: str) -> Named:
    return Named(_title(title), "notice", {"season": season, "code": code})


def _title(title: str) -> str:
    return _("《%(title)s》") % {"title": title.strip("《》")}
