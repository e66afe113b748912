"""The log of a notice (变更记录): what was done with it and around it, each act a sentence with its readable difference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.core.paging import page
from kepu.notices.difference import Difference
from kepu.notices.models import Notice
from kepu.orgs.models import Unit

EVENTS = (
    "notice.issued", "notice.taken_over", "notice.withdrawn", "notice.replaced", "notice.amended", "notice.child_issued",
    "notice.child_withdrawn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogLine:
    """One act. ``other`` is the code of the notice that did something to this one, or that this one replaced, with its ``title``.

    Who acted is told by the unit: a log is read by everybody.
    """

    at: datetime
    event: str
    sentence: str
    who: str  # the unit acted for; "" for the system
    difference: Difference | None
    reason: str = ""
    other: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of a log, the newest first; the cursors are "" where there is no other page."""

    lines: tuple[LogLine, ...]
    next: str = ""
    previous: str = ""


def log_of(notice: Notice, *, most: int = 20) -> list[LogLine]:
    """The newest acts on a notice and by its children, the newest first. Two queries, however many."""
    return _lines(list(audit.of(notice).filter(event__in=EVENTS).order_by("-id")[:most]))


def acts_on(notices: Collection[Notice], *, most: int = 5) -> dict[int, list[LogLine]]:
    """The newest acts on each of a few notices, the newest first; what was done below them is left out. Two queries.

    A notice has few acts of its own, a nation's thousands by its children.
    """
    own = [event for event in EVENTS if not event.startswith("notice.child_")]
    rows = AuditEntry.objects.filter(thing=Notice._meta.model_name, thing_id__in=[n.pk for n in notices])
    found: dict[int, list[AuditEntry]] = {}
    for entry in rows.filter(event__in=own).order_by("-id"):
        found.setdefault(entry.thing_id, []).append(entry)
    kept = [entry for entries in found.values() for entry in entries[:most]]
    told = dict(zip((entry.pk for entry in kept), _lines(kept), strict=True))
    return {pk: [told[entry.pk] for entry in entries[:most]] for pk, entries in found.items()}


def log_page(notice: Notice, *, cursor: str = "", size: int = 30) -> LogPage:
    """The whole log, page by page. Two queries."""
    found = page(audit.of(notice).filter(event__in=EVENTS), order=("-id",), cursor=cursor, size=size)
    return LogPage(tuple(_lines(found.items)), found.next, found.previous)


def _lines(entries: Sequence[AuditEntry]) -> list[LogLine]:
    ids = {e.unit_id for e in entries if e.unit_id is not None}
    units = dict(Unit.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name")) if ids else {}
    return [_line(e, units.get(e.unit_id or 0, "")) for e in entries]


def _line(entry: AuditEntry, who: str) -> LogLine:
    kept = entry.detail
    difference = Difference.from_json(kept["difference"]) if kept.get("difference") else None
    return LogLine(
        entry.at, entry.event, _sentence(entry.event, kept, difference), who,
        difference or None, str(kept.get("reason", "")), str(kept.get("notice", "")), str(kept.get("title", "")),
    )  # fmt: skip


def _sentence(event: str, kept: dict[str, Any], difference: Difference | None) -> str:
    summary = difference.summary() if difference else ""
    said = {
        "title": str(kept.get("title", "")).strip("《》"),
        "n": kept.get("clauses", 0),
        "summary": summary,
    }
    if event == "notice.withdrawn":
        return _("撤回。")
    if event == "notice.child_withdrawn":
        return _("下级的《%(title)s》撤回了。") % said
    if event == "notice.replaced" and summary:
        return _("由《%(title)s》代替：%(summary)s。") % said
    if event == "notice.replaced":
        return _("由《%(title)s》代替，内容没有变。") % said
    if event == "notice.amended" and summary:
        return _("《%(title)s》作了补充或更正：%(summary)s。") % said
    if event == "notice.amended":
        return _("《%(title)s》作了补充或更正。") % said
    if event == "notice.child_issued":
        return _child_sentence(kept, said)
    if "first" in kept and not kept["first"]:
        return _("作了改动：%(summary)s。") % said
    if said["title"] and summary:
        return _("代替《%(title)s》，共%(n)s条：%(summary)s。") % said
    if said["title"]:
        return _("代替《%(title)s》，共%(n)s条，内容没有变。") % said
    if event == "notice.issued":
        return ngettext("发出，共%(n)s条。", "发出，共%(n)s条。", said["n"]) % said
    if "first" in kept:
        return ngettext("录入，共%(n)s条。", "录入，共%(n)s条。", said["n"]) % said
    counts = {name: len(kept.get(name, ())) for name in ("added", "changed", "removed")}
    return _("录入：新增%(added)s条，修改%(changed)s条，删去%(removed)s条。") % counts


def _child_sentence(kept: dict[str, Any], said: dict[str, Any]) -> str:
    if not kept.get("first"):
        if said["summary"]:
            return _("下级的《%(title)s》改了：%(summary)s。") % said
        return _("下级的《%(title)s》改了，时间、数量和条件没有变。") % said
    if said["summary"]:
        return _("下级依据本通知发出《%(title)s》，对本通知的时间、数量或条件有改动：%(summary)s。") % said
    return _("下级依据本通知发出《%(title)s》，没有改动本通知的时间、数量和条件。") % said
