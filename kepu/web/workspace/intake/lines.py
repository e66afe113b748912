"""One line of a sheet: its cells, mended in place and checked at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.intake import actions, rules
from kepu.intake.actions.lines import LONGEST_CELL, SEVERAL
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.queries import LINE_ORDER
from kepu.intake.workflow import BAD_LINES
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.sources import Said
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.intake.finding import the_import, the_line
from kepu.web.workspace.intake.showing import is_about, read_as, said, shown

LONG = 40  # a text longer than this has a field of several lines


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the page lays it out, with what was found in it."""

    field: forms.BoundField
    said: tuple[Said, ...]

    @property
    def is_wrong(self) -> bool:
        return any(one.tone == "error" for one in self.said)


class LineForm(Form):
    """A text for each column, under ``cell-<number>``."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, sheet: SheetImport, line: SheetLine) -> None:
        self.sheet = sheet
        initial: dict[str, Any] = {"version": line.version}
        initial |= {f"cell-{number}": text for number, text in enumerate(line.cells)}
        super().__init__(data, initial=initial)
        for number, column in enumerate(sheet.columns):
            text = line.cells[number] if number < len(line.cells) else ""
            long = len(text) > LONG or "\n" in text
            self.fields[f"cell-{number}"] = forms.CharField(
                label=column["header"], required=False, max_length=max(LONGEST_CELL, len(text) + text.count("\n")),
                widget=forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput(),
            )  # fmt: skip

    def laid_out(self, line: SheetLine) -> tuple[list[Cell], list[Cell]]:
        """The cells that are imported, each with the findings that speak of it, and those that are not."""
        taken: list[Cell] = []
        left_out: list[Cell] = []
        for number, column in enumerate(self.sheet.columns):
            about = [f for f in line.findings if f["tone"] != "plain" and is_about(f, column)]
            cell = Cell(self[f"cell-{number}"], tuple(said(self.sheet, about)))
            (taken if column["field"] else left_out).append(cell)
        return taken, left_out

    def cells(self) -> dict[int, str]:
        return {
            number: self.cleaned_data[f"cell-{number}"]
            for number in range(len(self.sheet.columns))
            if f"cell-{number}" in self.data
        }


@workspace(roles=(Role.FILER,))
@reads
def one(request: Request, pk: int, line: int) -> HttpResponse:
    """The cells as they stand, with what was read from them."""
    sheet = the_import(request, pk)
    it = the_line(sheet, line)
    return _page(request, sheet, it, LineForm(sheet=sheet, line=it))


@workspace(roles=(Role.FILER,))
@writes(back="workspace:import-line")
def changing(request: Request, pk: int, line: int) -> HttpResponse:
    """Write them and look at the line anew. As long as something is wrong with it one stays."""
    sheet = the_import(request, pk)
    it = the_line(sheet, line)
    form = LineForm(request.POST, sheet=sheet, line=it)
    if form.is_valid():
        with form.keeping_refusals():
            seen = form.cleaned_data["version"]
            actions.change_line(
                sheet, it, form.cells(), expected_version=seen, by=request.actor, at=request.at
            )
            if it.state in BAD_LINES:
                words = _("第%(n)s行已保存，还有要改的地方。") % {"n": it}
                return done(request, words, to="workspace:import-line", pk=pk, line=line)
            words = _("第%(n)s行已改好。") % {"n": it}
            return done(request, words, to="workspace:import", pk=pk)
    return _page(request, sheet, it, form)


@workspace(roles=(Role.FILER,))
@writes(back="workspace:import-line")
def splitting(request: Request, pk: int, line: int) -> HttpResponse:
    """Make several lines of one that holds several activities."""
    sheet = the_import(request, pk)
    made = actions.split_line(sheet, the_line(sheet, line), by=request.actor, at=request.at)
    return done(request, _("已拆成%(n)d行，请核对。") % {"n": len(made)}, to="workspace:import", pk=pk)


def _page(request: Request, sheet: SheetImport, it: SheetLine, form: LineForm) -> HttpResponse:
    nearby = sheet.lines.filter(state__in=sorted(BAD_LINES)).order_by(*LINE_ORDER)
    after = Q(number=it.number, part__gt=it.part) | Q(number__gt=it.number)
    taken, left_out = form.laid_out(it)
    context = {
        "sheet": sheet, "form": form, "row": shown(sheet, it), "taken": taken, "left_out": left_out, "read": read_as(it),
        "next": nearby.filter(after).values_list("pk", flat=True).first(),
        "several": any(finding.get("code") == SEVERAL for finding in it.findings), "may": rules.can_change_line(request.actor, sheet, it),
    }  # fmt: skip
    return page(request, "workspace/intake/line.html", context)
