"""One clause of a draft: its form, and beside it, live, how it will read and what it changes for a chosen unit."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.fields import under
from kepu.core.refusals import Refused, verdict
from kepu.notices import actions, rules
from kepu.notices.models import ClauseState, DraftClause, NoticeDraft
from kepu.notices.queries import clauses_in_order
from kepu.orgs.models import Role, Unit
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.desk.clauseforms import clause_form, pressed, read_clause, words_of
from kepu.web.workspace.desk.finding import clause_named, clause_of, draft_of, version_sent
from kepu.web.workspace.desk.pane import pane_of
from kepu.web.workspace.desk.showing import paper_of, quote_of, shown_rows

UNITS_OFFERED = 40


@workspace(roles=(Role.COORDINATOR,))
@reads
def clause(request: Request, pk: int, clause: int) -> HttpResponse:
    """The form of one clause with its pane."""
    found = draft_of(request, pk)
    row = clause_of(found, clause)
    return _page(request, found, row, row.data, row.version)


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft-clause")
def saving(request: Request, pk: int, clause: int) -> HttpResponse:
    """Keep what was typed; ``act`` says what more: confirm, set aside, one more row, or only the pane anew."""
    found = draft_of(request, pk)
    row = clause_of(found, clause)
    typed = read_clause(row.kind, request.POST)
    if pressed(
        request.POST
    ):  # a row more or less: drawn again with everything in it, kept with the next save
        return _page(request, found, row, typed, version_sent(request, row.version))
    act = request.POST.get("act", "")
    state = {"confirm": ClauseState.CONFIRMED, "reject": ClauseState.REJECTED}.get(act)
    try:
        actions.save_clause(
            row,
            typed,
            version=version_sent(request, row.version),
            by=request.actor,
            at=request.at,
            state=state,
        )
    except Refused as refusal:
        newest = DraftClause.objects.values_list("version", flat=True).get(pk=row.pk)
        return _page(request, found, row, typed, newest, refusal)
    if act in ("", "keep"):
        return _page(request, found, row, row.data, row.version)
    kept = f"notice:{pk}:{row.pk}"  # what the browser kept of the form is in the draft now
    if act == "reject":
        return done(request, _("这一条不采用；要用时可以取回。"), to=_next(found, row), draft=kept)
    if act == "save":
        return done(request, _("已保存。"), to="workspace:draft", draft=kept, pk=pk)
    return done(
        request,
        _("已确认：%(summary)s") % {"summary": row.data.get("summary") or row.code},
        to=_next(found, row),
        draft=kept,
    )


def _next(found: NoticeDraft, row: DraftClause) -> str:
    """The next clause that waits for a look, from here on and then from the beginning; else the draft."""
    waiting = found.clauses.filter(state=ClauseState.PROPOSED).order_by("position", "id")
    following = waiting.filter(Q(position__gt=row.position)).first() or waiting.first()
    if following is None:
        return reverse("workspace:draft", args=[found.pk])
    return reverse("workspace:draft-clause", args=[found.pk, following.pk])


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft")
def adding(request: Request, pk: int) -> HttpResponse:
    """A new clause of the chosen kind, at the end or behind the one it was asked for at."""
    found = draft_of(request, pk)
    behind = clause_named(found, request.POST.get("after", ""))
    row = actions.add_clause(
        found, request.POST.get("kind", ""), by=request.actor, at=request.at, after=behind
    )
    return redirect_to("workspace:draft-clause", pk=pk, clause=row.pk)


@workspace(roles=(Role.COORDINATOR,))
@writes
def moving(request: Request, pk: int, clause: int) -> HttpResponse:
    """One place up or down."""
    found = draft_of(request, pk)
    row = clause_of(found, clause)
    actions.move_clause(row, up=request.POST.get("to") == "up", by=request.actor, at=request.at)
    return redirect_to(f"{reverse('workspace:draft', args=[pk])}#clause-{row.pk}")


def _page(
    request: Request,
    found: NoticeDraft,
    row: DraftClause,
    data: dict[str, Any],
    version: int,
    refusal: Refused | None = None,
) -> HttpResponse:
    chosen = (request.POST.get("for") or request.GET.get("for") or "").replace("\0", "")[:60]
    unit, offered = _units(found, chosen)
    words = words_of(found.season, place=found.place).with_clauses(c.data for c in clauses_in_order(found))
    here = reverse("workspace:draft-clause", args=[found.pk, row.pk])
    posted = request.POST if request.method == "POST" else None
    form = clause_form(row.kind, data, words, code=row.code, posted=posted, action=here)
    row.data = data
    context = {
        "draft": found, "row": row, "form": form, "version": version, "refusal": refusal, "shown": shown_rows([row], (), paper_of(found))[0],
        "pane": pane_of(found, row, data, unit, at=request.at), "unit": unit, "units": offered, "chosen": chosen,
        "may_write": verdict(rules.check_write_draft, request.actor, found), "quote": quote_of(row, paper_of(found), 400),
    }  # fmt: skip
    status = 422 if refusal else 200
    return page(request, "workspace/desk/clause.html", context, pieces=("pane", "clause-form"), status=status)


def _units(found: NoticeDraft, chosen: str) -> tuple[Unit, list[Unit]]:
    """The unit whose eyes we look through, and those to choose from. Two queries at most."""
    area = Unit.objects.filter(under("place_path", found.place.path), closed_on=None)
    if found.line is not None:
        area = area.filter(under("line_path", found.line.path))
    offered = list(area.order_by("place_path", "kind", "id")[:UNITS_OFFERED])
    unit = next((u for u in offered if u.code == chosen), None)
    if unit is None and chosen:
        unit = area.filter(Q(code=chosen) | Q(name=chosen)).order_by("id").first()
    return unit or next((u for u in offered if u.pk != found.unit_id), found.unit), offered
