"""Handing a sheet in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.sheets import MAX_BYTES
from kepu.intake import actions, rules
from kepu.intake.actions.starting import MOST_ROWS
from kepu.intake.workflow import State
from kepu.notices.models import Season
from kepu.orgs.models import Role
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import page, reads, redirect_to, workspace, writes
from kepu.web.workspace.intake.working import check_now
from kepu.web.workspace.seasons import in_season


class SheetForm(Form):
    """The file, and where it has several tables, which."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=lazy("表格文件"), allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        help_text=lazy("XLSX、XLS、ODS 或 CSV，20 MB 以内。一行一项活动，表头在最上面几行里都认得出。"),
    )  # fmt: skip
    sheet_name = forms.CharField(
        label=lazy("工作表"), required=False, max_length=100,
        help_text=lazy("文件里有几张工作表时，写要导入的那张的名称。不写，就取最像活动表的一张。"),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("文件超过 %(limit)d MB。请拆成几份，分别导入。") % {"limit": MAX_BYTES // 1024**2}
            )
        return file


@workspace(roles=(Role.FILER,))
@in_season
@reads
def new(request: Request, season: Season) -> HttpResponse:
    """Where a file is chosen. Its hidden token makes it one import, however often it is sent."""
    rules.check_start(request.actor, season)
    return _page(request, SheetForm(initial={"token": uuid4()}), season)


@costly("sheet", person=30)
@workspace(roles=(Role.FILER,))
@in_season
@writes
def starting(request: Request, season: Season) -> HttpResponse:
    """Take it in. Where every column is known the dry run begins at once, else the person matches the columns first."""
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            sheet = actions.start_import(
                given["token"] or uuid4(), data=given["file"].read(), file_name=given["file"].name,
                sheet_name=given["sheet_name"], season=season, by=request.actor, at=request.at,
            )  # fmt: skip
            if sheet.state != State.READ:  # sent twice
                return redirect_to("workspace:import", pk=sheet.pk)
            if not sheet.knows_its_columns:
                return redirect_to("workspace:import-columns", pk=sheet.pk)
            actions.choose_columns(sheet, {}, by=request.actor, at=request.at)
            check_now(sheet, at=request.at)
            return redirect_to("workspace:import", pk=sheet.pk)
    return _page(request, form, season)


def _page(request: Request, form: SheetForm, season: Season) -> HttpResponse:
    return page(request, "workspace/intake/new.html", {"form": form, "season": season, "most": MOST_ROWS})
