"""The unit's imports, and one of them: how far its work has come, its lines, what can be done with them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.core.refusals import verdict
from kepu.intake import rules
from kepu.intake.models import SheetImport
from kepu.intake.queries import IMPORT_ORDER, LINE_ORDER, Counts, counts_of, imports_of, lines_of
from kepu.intake.workflow import State
from kepu.notices.models import Season
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, redirect_to, workspace
from kepu.web.workspace.intake.finding import the_import
from kepu.web.workspace.intake.showing import shown
from kepu.web.workspace.seasons import in_season

PER_PAGE = 30
LINES_PER_PAGE = 40


@workspace(roles=(Role.FILER,))
@in_season
@reads
def imports(request: Request, season: Season) -> HttpResponse:
    """The sheets that were handed in for the unit, the newest first."""
    own = imports_of(request.actor, season).select_related("person")
    found = page_of(own, order=IMPORT_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    context = {"page": found, "may_start": rules.can_start(request.actor, season), "season": season}
    return page(request, "workspace/intake/list.html", context)


@workspace(roles=(Role.FILER,))
@reads
def sheet(request: Request, pk: int) -> HttpResponse:
    """While there is work under way, how far it has come; else its lines, with what stands in the way of each."""
    it = the_import(request, pk)
    if it.state == State.READ and rules.can_start(request.actor, it.season):
        return redirect_to("workspace:import-columns", pk=pk)
    if it.is_at_work:
        stuck = rules.is_stuck(it, request.at)
        context = {"sheet": it, "stuck": stuck, "moving": not stuck}
        return page(request, "workspace/intake/progress.html", context, pieces=("progress",))
    if request.htmx and request.htmx.target == "progress":  # the work is through: the whole page is another
        return HttpResponse(headers={"HX-Refresh": "true"})
    counts = counts_of(it)
    tab = request.GET.get("tab", "bad" if counts.bad else "")
    lines = page_of(
        lines_of(it, tab), order=LINE_ORDER, cursor=request.GET.get("cursor", ""), size=LINES_PER_PAGE
    )
    context = {
        "sheet": it, "counts": counts, "tab": tab, "tabs": _tabs(it, counts, tab), "page": lines,
        "rows": [shown(it, line) for line in lines.items], "may_file": verdict(rules.check_file, request.actor, it),
        "may_cancel": verdict(rules.check_cancel, request.actor, it),
        "may_choose": verdict(rules.check_choose_columns, request.actor, it), "good": counts.ready - counts.doubles,
    }  # fmt: skip
    return page(request, "workspace/intake/sheet.html", context, pieces=("lines",))


def _tabs(sheet: SheetImport, counts: Counts, chosen: str) -> list[dict[str, Any]]:
    address = reverse("workspace:import", args=[sheet.pk])
    tabs = (
        ("bad", _("要改的"), counts.bad), ("good", _("可以填报"), counts.ready + counts.asked),
        ("filed", _("已成活动"), counts.filed + counts.drafted), ("skipped", _("不用再填"), counts.skipped),
        ("all", _("全部"), counts.all),
    )  # fmt: skip
    return [
        {"label": label, "url": f"{address}?tab={code}", "current": code == (chosen or "all"), "count": n}
        for code, label, n in tabs
        if n or code in ("bad", "good", "all")
    ]
