"""Sheets to take home: an empty template, and the lines that could not be filed with their reasons."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.intake import writing
from kepu.intake.queries import LINE_ORDER, lines_of
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Role
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.views import reads, workspace
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.intake.finding import the_import
from kepu.web.workspace.seasons import in_season

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@costly("sheet", person=30)
@workspace(roles=(Role.FILER,))
@in_season
@reads
def template(request: Request, season: Season) -> HttpResponse:
    """An empty sheet with the columns that the notices in force ask of this unit."""
    in_force = rules_in_force(unit_of(request), season, at=request.at)
    title = _("%(season)s活动表") % {"season": season}
    return _file(writing.template(in_force, title=title), _("活动表模板"), "activities.xlsx")


@costly("sheet", person=30)
@workspace(roles=(Role.FILER,))
@reads
def faulty(request: Request, pk: int) -> HttpResponse:
    """The lines with faults as they stand, each with its reasons: mended, it can be handed in again."""
    sheet = the_import(request, pk)
    lines = lines_of(sheet, "bad").order_by(*LINE_ORDER).iterator(chunk_size=500)
    name = sheet.file_name.rpartition(".")[0] or sheet.file_name
    return _file(
        writing.bad_lines(sheet, lines), _("%(name)s（要改的行）") % {"name": name}, f"faulty-{pk}.xlsx"
    )


def _file(content: bytes, name: str, plain: str) -> HttpResponse:
    """A download under its Chinese name, and a plain one for whoever cannot write it."""
    named = quote(f"{name}.xlsx", safe="")
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}"},
    )
