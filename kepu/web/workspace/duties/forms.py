"""The form of a return: the heading, the parts of a text or the rows of a table, the parts and the ways it also went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.activities.lengths import whole_limit
from kepu.core.refusals import Reason, Refused
from kepu.notices.duties import Owed
from kepu.notices.inheritance import InForce
from kepu.notices.kinds.form import Column
from kepu.notices.kinds.form import Form as NoticeForm
from kepu.returns.checking import HERE, THE_RECORD, is_text
from kepu.returns.contacts import columns_of_people, is_of_people
from kepu.returns.drawing import Draft
from kepu.returns.models import Return
from kepu.web.shared.forms import Form
from kepu.web.workspace.duties import rowing
from kepu.web.workspace.duties.people import People
from kepu.web.workspace.limits import limits_of


class ReturnForm(Form):
    """What a unit writes for one duty. Nothing is required here: it can be saved at any time, handing in says what is missing."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, owed: Owed, rule: InForce | None, row: Return | None, draft: Draft | None
    ) -> None:  # fmt: skip
        self.owed, self.rule = owed, rule
        params = rule.params if rule else None
        self.form: NoticeForm | None = (
            params if isinstance(params, NoticeForm) and params.columns_known else None
        )
        self.drawn = draft.drawn if draft else frozenset()
        kept = _kept(row, draft)
        codes = columns_of_people(self.form)
        self.people = People(codes, *([row.rows] if row else []), *([draft.rows] if draft else []))
        self.heading = People(
            codes, *([[row.sections]] if row else []), *([[draft.sections]] if draft else [])
        )
        super().__init__(data, initial={"version": row.version if row else 0, "channels": kept["channels"]})
        self._ask(self.heading.masked(kept["sections"]), kept["parts"])
        self.columns = () if self.form is None or is_text(self.form) else self.form.columns
        # as the page shows them, people masked
        self.rows: list[rowing.Row] = (
            rowing.read_rows(self.columns, data)
            if data is not None
            else [self.people.masked(one) for one in kept["rows"]]
        )

    def _ask(self, sections: Mapping[str, str], parts: Mapping[str, str]) -> None:
        for column in self.texts():
            self.fields[f"sections.{column.code}"] = _field(column, sections.get(column.code, ""))
        if self.form is None:
            label = self.owed.title
            self.fields["sections.text"] = forms.CharField(
                label=label,
                required=False,
                initial=sections.get("text", ""),
                widget=forms.Textarea(attrs={"rows": 10}),
            )
        for part in self.owed.params.parts:
            if part.code not in THE_RECORD:
                self.fields[f"parts.{part.code}"] = forms.CharField(
                    label=part.label, required=False, initial=parts.get(part.code, ""),
                    help_text=part.note or _("写它的编号，或交到了哪里。"),
                )  # fmt: skip
        also = [(c.code, c.label) for c in self.owed.params.channels if c.code != HERE]
        if also:
            self.fields["channels"] = forms.MultipleChoiceField(
                label=lazy("还通过这些渠道报送过"),
                choices=also,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _rows, unclear = self.people.restored(self.rows)
        titles = {column.code: column.title for column in self.columns}
        for n, code in unclear:
            sentence = _("第%(n)s行“%(title)s”请写全，不要带星号。") % {
                "n": n + 1,
                "title": titles.get(code, code),
            }
            self.add_error(None, sentence)
        _texts, unclear = self.heading.restored([_under("sections.", cleaned)])
        for _n, code in unclear:
            self.add_error(f"sections.{code}", _("请写全，不要带星号；不改，就留着原来打码的样子。"))
        return cleaned

    def ask_for_what_is_missed(self) -> None:
        """Show what handing in will miss as no choice; that it is missing is said by the act, with its clause."""
        wanted = {f"sections.{column.code}" for column in self.texts() if column.required}
        wanted |= {f"parts.{part.code}" for part in self.owed.params.parts if part.required}
        for name in wanted & set(self.fields):
            self.fields[name].required = True

    def texts(self) -> list[Column]:
        """The heading's fields, and the parts where the form is one text."""
        if self.form is None:
            return []
        return [
            c
            for c in (*self.form.header, *(self.form.columns if is_text(self.form) else ()))
            if c.type not in rowing.NOT_TYPED
        ]

    def given(self) -> dict[str, Any]:
        """What was written, as the acts take it."""
        cleaned = self.cleaned_data
        (heading,), _unclear = self.heading.restored([_under("sections.", cleaned)])
        rows, _unclear = self.people.restored(self.rows)
        return {
            "sections": heading, "parts": _under("parts.", cleaned), "rows": rows,
            "channels": [HERE, *cleaned.get("channels", ())],
        }  # fmt: skip

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        self.row_errors: dict[str, list[Reason]] = {}
        for reason in refusal.reasons:
            if reason.field.startswith("rows."):
                self.row_errors.setdefault(reason.field, []).append(reason)

    def table(self) -> list[rowing.Line]:
        return rowing.lines(self.columns, self.rows, getattr(self, "row_errors", {}))

    def is_long(self) -> bool:
        return rowing.is_long(self.columns, len(self.rows))

    def as_lines(self) -> str:
        return rowing.as_lines(self.columns, self.rows)

    def typed_columns(self) -> list[Column]:
        return rowing.typed(self.columns)

    def limits(self) -> list[tuple[str, str]]:
        """The columns of the table that are limited, and how."""
        limited = ((column.title, _limits(column)) for column in self.typed_columns())
        return [(title, limit) for title, limit in limited if limit]

    def whole(self) -> str:
        """How long all parts of a text may be together."""
        return whole_limit(self.form) if self.form is not None and is_text(self.form) else ""

    def section_fields(self) -> list[tuple[forms.BoundField, InForce | None]]:
        """Each with the rule that limits it, where one does."""
        names = [name for name in self.fields if name.startswith("sections.")]
        return [(self[name], self.rule if self.fields[name].help_text else None) for name in names]

    def part_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("parts.")]


def _under(prefix: str, cleaned: Mapping[str, Any]) -> dict[str, str]:
    return {name.removeprefix(prefix): text for name, text in cleaned.items() if name.startswith(prefix)}


def _kept(row: Return | None, draft: Draft | None) -> dict[str, Any]:
    """What is kept; where nothing is, what the records say."""
    if draft is not None:
        channels = row.channels if row else []
        parts = row.parts if row else {}
        kept = row.sections if row else {}
        return {
            "sections": {**kept, **draft.sections},
            "rows": draft.rows,
            "parts": parts,
            "channels": channels,
        }
    if row is None:
        return {"sections": {}, "rows": [], "parts": {}, "channels": []}
    return {"sections": row.sections, "rows": row.rows, "parts": row.parts, "channels": row.channels}


def _limits(column: Column) -> str:
    return " ".join(filter(None, (limits_of(column, with_choices=True), column.note)))


def _counted(column: Column) -> dict[str, Any]:
    return {"data-counts": column.max_chars} if column.max_chars else {}


def _field(column: Column, kept: str) -> forms.Field:
    help_text = " ".join(filter(None, (limits_of(column), column.note)))
    if column.type == "choice" and column.choices:
        choices = [("", "—"), *((choice, choice) for choice in column.choices)]
        return forms.ChoiceField(
            label=column.title, choices=choices, initial=kept, required=False, help_text=help_text
        )
    long = column.type == "long_text" or bool(column.max_chars and column.max_chars > 100)
    attrs: dict[str, Any] = {"rows": 6, **_counted(column)} if long else {"autocomplete": "off"}
    if is_of_people(column):
        attrs["data-private"] = ""
    widget: forms.Widget = forms.Textarea(attrs=attrs) if long else forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=column.title, initial=kept, required=False, widget=widget, help_text=help_text
    )
