"""A draft as a whole: its head, its clauses in order, what is still wrong; decisions on many at once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.refusals import Refused, verdict
from kepu.notices import actions, rules
from kepu.notices.models import ClauseState, NoticeDraft
from kepu.notices.queries import clauses_in_order, standing_of
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.desk.clauseforms import header_form, pressed, read_header, words_of
from kepu.web.workspace.desk.finding import clause_named, draft_of, version_sent
from kepu.web.workspace.desk.showing import kind_groups, paper_of, shown_rows

MOST_AT_ONCE = 600
FIRST = "first"


@workspace(roles=(Role.COORDINATOR,))
@reads
def draft(request: Request, pk: int) -> HttpResponse:
    """The draft: what is there, what waits for a look, what is wrong."""
    found = draft_of(request, pk)
    rows = clauses_in_order(found)
    standing = standing_of(found, rows)
    shown = shown_rows(rows, standing.problems, paper_of(found))
    wanted = request.GET.get("show", "")
    states = Counter(row.state for row in rows)
    if wanted in ClauseState.values:
        shown = [one for one in shown if one.row.state == wanted]
    else:
        shown = [one for one in shown if one.row.state != ClauseState.REJECTED]
    context = {
        "draft": found, "header": found.header, "rows": shown, "standing": standing, "kinds": kind_groups(),
        "may_write": verdict(rules.check_write_draft, request.actor, found), "of_header": [p for p in standing.problems if not p.clause],
        "tabs": _tabs(states, wanted), "waiting": states[ClauseState.PROPOSED], "size": len(rows),
        "behind": next((one for one in shown if str(one.row.pk) == request.GET.get("after")), None),
    }  # fmt: skip
    return page(request, "workspace/desk/draft.html", context)


def _tabs(states: Counter[str], wanted: str) -> list[dict[str, Any]]:
    taken = states[ClauseState.CONFIRMED] + states[ClauseState.PROPOSED]
    tabs: list[dict[str, Any]] = [{"label": _("条款"), "url": "?", "count": taken, "current": not wanted}]
    for state in (ClauseState.PROPOSED, ClauseState.REJECTED):
        if states[state]:
            label = state.label
            tabs.append(
                {"label": label, "url": f"?show={state}", "count": states[state], "current": wanted == state}
            )
    return tabs


@workspace(roles=(Role.COORDINATOR,))
@reads
def header(request: Request, pk: int) -> HttpResponse:
    """The head: title, number, issuers, recipients, attachments, headings."""
    found = draft_of(request, pk)
    return _header(request, found, found.header, found.version)


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft-header")
def saving_header(request: Request, pk: int) -> HttpResponse:
    """Keep the head as typed; a row more or less, or somebody faster, brings the form back with everything in it."""
    found = draft_of(request, pk)
    typed = read_header(request.POST)
    version = version_sent(request, found.version)
    if pressed(
        request.POST
    ):  # a row more or less: drawn again with everything in it, kept with the next save
        return _header(request, found, typed, version)
    try:
        actions.save_header(found, typed, version=version, by=request.actor, at=request.at)
    except Refused as refusal:
        return _header(request, found, typed, _now(found), refusal)
    if request.POST.get("act") == "keep":
        return _header(request, found, found.header, found.version)
    return done(request, _("文头已保存。"), to="workspace:draft", draft=f"notice:{pk}:header", pk=pk)


def _header(
    request: Request, found: NoticeDraft, data: dict[str, Any], version: int, refusal: Refused | None = None
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    here = reverse("workspace:draft-header", args=[found.pk])
    form = header_form(data, words_of(found.season, place=found.place), posted=posted, action=here)
    context = {
        "draft": found, "form": form, "version": version, "refusal": refusal,
        "found": [{"key": f["key"], "flags": f.get("flags", [])} for f in found.found],
    }  # fmt: skip
    return page(
        request,
        "workspace/desk/header.html",
        context,
        pieces=("header-form",),
        status=422 if refusal else 200,
    )


def _now(found: NoticeDraft) -> int:
    return NoticeDraft.objects.values_list("version", flat=True).get(pk=found.pk)


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft")
def deciding(request: Request, pk: int) -> HttpResponse:
    """Confirm, set aside or take back the clauses that were ticked, or one by its button."""
    found = draft_of(request, pk)
    wanted = request.POST.get("act", "")
    one, _colon, act = wanted.partition(":") if ":" in wanted else ("", "", wanted)
    codes = [one] if one else _ticked(request)
    states = {
        "confirm": ClauseState.CONFIRMED, "reject": ClauseState.REJECTED, "propose": ClauseState.PROPOSED,
    }  # fmt: skip
    if act not in states or not codes:
        return done(request, _("没有选中条款。请先勾选，再按按钮。"), to="workspace:draft", pk=pk)
    n = actions.decide_clauses(
        found, [c.replace("\0", "") for c in codes], states[act], by=request.actor, at=request.at
    )
    said = {
        "confirm": _("确认了%(n)s条。"), "reject": _("%(n)s条不采用；要用时可以取回。"), "propose": _("取回了%(n)s条，等您核对。"),
    }[act] % {"n": n}  # fmt: skip
    back = "workspace:draft-source" if request.POST.get("from") == "source" else "workspace:draft"
    return done(request, said, to=back, pk=pk)


def _ticked(request: Request) -> list[str]:
    return request.POST.getlist("code")[:MOST_AT_ONCE]


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft")
def ordering(request: Request, pk: int) -> HttpResponse:
    """Put the clauses that were ticked behind another, or first."""
    found = draft_of(request, pk)
    codes, where = _ticked(request), request.POST.get("after", "")
    if not codes:
        return done(request, _("没有选中条款。请先勾选，再按按钮。"), to="workspace:draft", pk=pk)
    behind = clause_named(found, where)
    if behind is None and where != FIRST:
        return done(request, _("请选一条，选中的就放到它后面。"), to="workspace:draft", pk=pk)
    n = actions.move_clauses(found, codes, after=behind, by=request.actor, at=request.at)
    return done(request, _("移动了%(n)s条。") % {"n": n}, to="workspace:draft", pk=pk)


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft")
def discarding(request: Request, pk: int) -> HttpResponse:
    """Set the draft aside."""
    found = draft_of(request, pk)
    actions.discard_draft(found, by=request.actor, at=request.at)
    return done(
        request, _("“%(draft)s”已作废。内容都还在，可以恢复。") % {"draft": found}, to="workspace:desk"
    )


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft")
def restoring(request: Request, pk: int) -> HttpResponse:
    """Take a discarded draft back."""
    found = draft_of(request, pk)
    actions.restore_draft(found, by=request.actor, at=request.at)
    return done(request, _("已恢复，可以接着写。"), to="workspace:draft", pk=pk)
