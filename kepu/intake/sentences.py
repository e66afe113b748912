"""What the trace says of sheets, and how they are called."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.telling import Named, Row, Told, group, hidden, names, quoted, say, tells
from kepu.intake.models import SheetImport
from kepu.intake.rules import visible_to
from kepu.intake.workflow import Event
from kepu.orgs.actor import Actor

group("sheet_import", lazy("收表"))

say("sheet_import", {
    Event.COLUMNS_CHOSEN: lazy("%(who)s核对了表格%(thing)s的栏目。"),
    Event.RESUMED: lazy("%(who)s让表格%(thing)s接着办。"),
    Event.STOPPED: lazy("%(who)s交的表格%(thing)s中途停下了。"),
    Event.CANCELLED: lazy("%(who)s取消了表格%(thing)s。"),
})  # fmt: skip


@tells("sheet_import", Event.STARTED)
def started(row: Row) -> Told:
    if row.detail.get("console"):
        return row.say(
            _("运维人员用命令以%(who)s的名义交来了表格%(thing)s（%(n)s行）。"), n=row.detail.get("count", 0)
        )
    return row.say(_("%(who)s交来了表格%(thing)s（%(n)s行）。"), n=row.detail.get("count", 0))


@tells("sheet_import", Event.LINE_CHANGED)
def line_changed(row: Row) -> Told:
    return row.say(_("%(who)s改了表格%(thing)s的第%(n)s行。"), n=row.detail.get("line", 0))


@tells("sheet_import", Event.LINE_SPLIT)
def line_split(row: Row) -> Told:
    n, count = row.detail.get("line", 0), row.detail.get("count", 0)
    return row.say(_("%(who)s把表格%(thing)s的第%(n)s行拆成了%(count)s行。"), n=n, count=count)


@tells("sheet_import", Event.FILING_ASKED)
def filing_asked(row: Row) -> Told:
    words = _("%(who)s把表格%(thing)s的%(n)s行存成草稿。") if row.detail.get("drafts") else _("%(who)s填报表格%(thing)s的%(n)s行。")  # fmt: skip
    return row.say(words, n=row.detail.get("count", 0))


@tells("sheet_import", Event.FILED)
def filed(row: Row) -> Told:
    refused = int(row.detail.get("refused") or 0)
    also = _("没填成%(n)s行。") % {"n": refused} if refused else ""
    return row.say(_("%(who)s交的表格%(thing)s办完了（%(n)s行）。"), also, n=row.detail.get("count", 0))


@names("sheetimport")
def sheets(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """Two queries: which there are, and which the reader sees."""
    seen = dict(visible_to(reader).filter(pk__in=ids).order_by("pk").values_list("pk", "file_name"))
    there = SheetImport.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    return {
        pk: Named(quoted(seen[pk]), "sheetimport", {"pk": pk}) if pk in seen else hidden() for pk in there
    }
