"""Which column holds what: each header with its first cells and the field it fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.intake import actions, rules
from kepu.intake.actions.columns import COMMON
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.queries import LINE_ORDER
from kepu.intake.reading import FIELDS
from kepu.orgs.models import Role
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import page, reads, redirect_to, workspace, writes
from kepu.web.workspace.activities.questions import GROUPS
from kepu.web.workspace.intake.finding import the_import
from kepu.web.workspace.intake.working import check_now

SAMPLES, LOOKED_AT = 3, 8


@dataclass(frozen=True, slots=True)
class Matched:
    """A column as the page lays it out."""

    header: str
    note: str
    samples: tuple[str, ...]
    field: forms.BoundField


class ColumnsForm(Form):
    """A choice for each column of the sheet, under ``column-<number>``."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, sheet: SheetImport) -> None:
        self.sheet = sheet
        initial: dict[str, Any] = {"version": sheet.version}
        initial |= {f"column-{n}": column["field"] for n, column in enumerate(sheet.columns)}
        super().__init__(data, initial=initial)
        for number, column in enumerate(sheet.columns):
            label = column["header"] or _("第%(n)d列（没有表头）") % {"n": number + 1}
            self.fields[f"column-{number}"] = forms.ChoiceField(
                choices=_choices(), required=False, label=label
            )
        for name in COMMON:
            self.fields[f"common-{name}"] = _common_field(name, sheet.common.get(name, ""))

    def chosen(self) -> dict[int, str]:
        """The field of each column that was sent; one that was not keeps its own."""
        return {
            number: self.cleaned_data[f"column-{number}"]
            for number in range(len(self.sheet.columns))
            if f"column-{number}" in self.data
        }

    def common(self) -> dict[str, str] | None:
        """What is the same in all lines; None where the page did not ask."""
        if not any(f"common-{name}" in self.data for name in COMMON):
            return None
        return {name: self.cleaned_data[f"common-{name}"] for name in COMMON}

    def asked_once(self) -> list[forms.BoundField]:
        return [self[f"common-{name}"] for name in COMMON]

    def laid_out(self, lines: Sequence[SheetLine]) -> list[Matched]:
        return [
            Matched(
                str(self.fields[f"column-{number}"].label), column["note"], _samples(lines, number), self[f"column-{number}"]
            )
            for number, column in enumerate(self.sheet.columns)
        ]  # fmt: skip


@workspace(roles=(Role.FILER,))
@reads
def columns(request: Request, pk: int) -> HttpResponse:
    """The columns as they were matched."""
    sheet = the_import(request, pk)
    rules.check_choose_columns(request.actor, sheet)
    return _page(request, sheet, ColumnsForm(sheet=sheet))


@costly("sheet", person=30)
@workspace(roles=(Role.FILER,))
@writes(back="workspace:import")
def choosing(request: Request, pk: int) -> HttpResponse:
    """Take the person's word for it, and begin the dry run."""
    sheet = the_import(request, pk)
    rules.check_choose_columns(request.actor, sheet)
    form = ColumnsForm(request.POST, sheet=sheet)
    if form.is_valid():
        with form.keeping_refusals():
            seen = form.cleaned_data["version"]
            actions.choose_columns(
                sheet,
                form.chosen(),
                common=form.common(),
                expected_version=seen,
                by=request.actor,
                at=request.at,
            )
            check_now(sheet, at=request.at)
            return redirect_to("workspace:import", pk=sheet.pk)
    return _page(request, sheet, form)


def _page(request: Request, sheet: SheetImport, form: ColumnsForm) -> HttpResponse:
    lines = list(sheet.lines.order_by(*LINE_ORDER)[:LOOKED_AT])
    context = {"sheet": sheet, "form": form, "columns": form.laid_out(lines), "fills": bool(sheet.common)}
    return page(request, "workspace/intake/columns.html", context)


def _common_field(name: str, text: str) -> forms.Field:
    """A question asked once for all lines; answered as a cell would be."""
    if name == "mode":
        words = [_("线下"), _("线上"), _("线上线下结合")]
        choices = [("", _("各行自己写")), *((word, word) for word in words)]
        return forms.ChoiceField(choices=choices, label=FIELDS[name], required=False, initial=text)
    return forms.CharField(label=FIELDS[name], required=False, max_length=500, initial=text)


def _choices() -> list[Any]:
    """The fields in the groups of the filing form; those that fill several questions first."""
    grouped = [
        (title, [(name, FIELDS[name]) for name in names if name in FIELDS]) for _code, title, names in GROUPS
    ]
    known = {name for _title, pairs in grouped for name, _label in pairs}
    others = [(name, label) for name, label in FIELDS.items() if name not in known]
    return [("", _("不导入")), (_("常见的栏目"), others), *grouped]


def _samples(lines: Sequence[SheetLine], number: int) -> tuple[str, ...]:
    texts = [line.cells[number] for line in lines if number < len(line.cells) and line.cells[number]]
    return tuple(text if len(text) <= 60 else text[:59] + "…" for text in dict.fromkeys(texts))[:SAMPLES]
