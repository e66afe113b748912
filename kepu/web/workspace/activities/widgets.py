"""Fields of the filing form that HTML has no single element for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.web.workspace.activities.questions import Options

_BETWEEN = re.compile(r"[、，,;；\n]+")
FIRST_YEAR, LAST_YEAR = 1900, 2199
FOLDED_FROM = 13  # a list with more entries shows its groups folded


class CodesWidget(forms.CheckboxSelectMultiple):
    """The entries of a list as boxes to tick, by group; where the list is open, a line for other words."""

    template_name = "workspace/activities/_codes.html"

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.listed = options
        self.known = {code for _title, entries in options.groups for code, _label in entries}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        ticked = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, ()))
        return list(dict.fromkeys([*ticked, *words_in(data.get(f"{name}.other") or "")]))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = list(value or ())
        context = super().get_context(name, [code for code in chosen if code in self.known], attrs)
        others = [code for code in chosen if code not in self.known]
        folded = len(self.known) >= FOLDED_FROM and len(self.listed.groups) > 1
        groups: list[tuple[str, list[Any]]] = []
        for title, entries, _index in context["widget"]["optgroups"]:
            if title is None and groups and not groups[-1][0]:
                groups[-1][1].extend(entries)  # Django makes a group of each entry that has none
            else:
                groups.append((title or "", list(entries)))
        context["widget"] |= {
            "groups": [(title, entries, any(e["selected"] for e in entries)) for title, entries in groups],
            "other": "、".join(others), "takes_other": self.listed.open_ended or bool(others), "folded": folded,
        }  # fmt: skip
        return context


class CodesField(forms.MultipleChoiceField):
    """Codes of a list; what the list does not know is let through here and judged by the list's own clause."""

    def __init__(self, options: Options, **kwargs: Any) -> None:
        choices: list[Any] = list(options.groups)
        if len(choices) == 1:
            choices = list(choices[0][1])
        super().__init__(choices=choices, widget=CodesWidget(options), **kwargs)

    def valid_value(self, value: Any) -> bool:
        return True


class MomentField(forms.DateTimeField):
    """A day and an hour, as a browser's own field gives them or as people write them."""

    default_error_messages = {"invalid": _("这不是日期和时间。请写成 2023-09-17 09:00 这样。")}
    input_formats = (
        "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日 %H:%M",
        "%Y年%m月%d日%H:%M", "%Y.%m.%d %H:%M",
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=MomentInput(), input_formats=self.input_formats, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str):
            value = value.strip().replace("：", ":")
            if value and ":" not in value:  # a day alone would silently begin at midnight
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        found: datetime | None = super().to_python(value)
        if (
            found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR
        ):  # half typed; or past what clocks reckon with
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class LinesField(forms.CharField):
    """Several entries, each on a line of its own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2, "class": "lines"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def validate(self, value: Sequence[str]) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """What is too long is said by the act, with the rest."""


def words_in(text: str) -> list[str]:
    """What was typed into a line for other words, one by one."""
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()]
