"""Forms that keep what was typed and show each refusal where it belongs, with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from kepu.core.refusals import Reason, Refused


class Form(forms.Form):
    """A form of ours: Chinese sentences for empty fields, and refusals of an act as errors of its fields."""

    use_required_attribute = False  # our sentences, not the browser's; and a draft may be left half empty
    required_css_class = "required"

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.reasons: dict[str, list[Reason]] = {}
        for field in self.fields.values():
            if field.required:
                field.error_messages["required"] = _sentence_when_empty(field) % {"label": field.label or ""}

    @contextmanager
    def keeping_refusals(self) -> Iterator[None]:
        """Turn a refusal from inside into errors of this form, and go on after the block."""
        try:
            yield
        except Refused as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: Refused) -> None:
        """Each reason to its field; what speaks of no field of this form stands above it."""
        for reason in refusal.reasons:
            name = reason.field if reason.field in self.fields else NON_FIELD_ERRORS
            self.reasons.setdefault(name, []).append(reason)
            self.add_error(None if name == NON_FIELD_ERRORS else name, str(reason.sentence))


def _sentence_when_empty(field: forms.Field) -> Any:
    if isinstance(field, forms.BooleanField):
        return _("请确认“%(label)s”。")
    if isinstance(field, forms.ChoiceField | forms.FileField):
        return _("请选择“%(label)s”。")
    return _("请填写“%(label)s”。")
