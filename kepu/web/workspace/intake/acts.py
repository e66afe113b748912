"""Filing the good lines, cancelling, taking up again."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.intake import actions
from kepu.intake.queries import counts_of
from kepu.orgs.models import Role
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.views import done, redirect_to, workspace, writes
from kepu.web.workspace.intake.finding import the_import
from kepu.web.workspace.intake.working import file_now


@costly("sheet", person=30)
@workspace(roles=(Role.FILER,))
@writes(back="workspace:import")
def filing(request: Request, pk: int) -> HttpResponse:
    """File the good lines, or keep them as drafts: a few at once, many by the worker."""
    sheet = the_import(request, pk)
    drafts = request.POST.get("act") == "drafts"
    n = actions.file_lines(
        sheet, as_drafts=drafts, with_doubles=request.POST.get("doubles") == "1", expected_version=_seen(request),
        by=request.actor, at=request.at,
    )  # fmt: skip
    if not file_now(sheet, at=request.at):
        return redirect_to("workspace:import", pk=pk)
    refused = counts_of(sheet).refused
    words = _("已存草稿 %(n)d 项。") if drafts else _("已填报 %(n)d 项。")
    said = words % {"n": n - refused}
    if refused:
        said += _("有 %(n)d 行没填成，原因写在行里。") % {"n": refused}
    return done(request, said, to="workspace:import", pk=pk)


@workspace(roles=(Role.FILER,))
@writes(back="workspace:import")
def cancellation(request: Request, pk: int) -> HttpResponse:
    """Go no further with a sheet."""
    sheet = the_import(request, pk)
    actions.cancel_import(sheet, by=request.actor, at=request.at)
    return done(request, _("“%(file)s”已取消。") % {"file": sheet}, to="workspace:imports")


@workspace(roles=(Role.FILER,))
@writes(back="workspace:import")
def resuming(request: Request, pk: int) -> HttpResponse:
    """Take up work that has stopped."""
    sheet = the_import(request, pk)
    actions.resume_import(sheet, by=request.actor, at=request.at)
    return done(request, _("已经接着办。"), to="workspace:import", pk=pk)


def _seen(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
