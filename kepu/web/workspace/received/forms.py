"""Whom to forward a notice to: kinds and levels of units, or units by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.format.schema import Recipient
from kepu.notices.kinds.base import listed
from kepu.orgs.models import Level, Unit, Vocabulary
from kepu.orgs.queries import terms
from kepu.orgs.workflow import LEVELS
from kepu.web.shared.forms import Form

MOST_NAMES = 200


class ForwardForm(Form):
    """Kinds and levels narrow each other; what is named stands beside them."""

    levels = forms.MultipleChoiceField(
        label=lazy("哪一级的单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=lazy("哪几类单位"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("级别和类别都选了，就只发给同时符合的。"),
    )  # fmt: skip
    names = forms.CharField(
        label=lazy("点名的单位"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("一行一个，写单位全称或单位编号。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, unit: Unit) -> None:
        super().__init__(data)
        below = LEVELS[LEVELS.index(Level(unit.level)) :]
        self.fields["levels"].choices = [(level.value, level.label) for level in below]  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(t.code, str(t)) for t in terms(Vocabulary.UNIT_KIND)]  # type: ignore[attr-defined]

    def clean_names(self) -> list[str]:
        text = str(self.cleaned_data["names"])
        names = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(
                _("一次最多点名%(most)s个单位。请分几次转发，或按类别和级别选。") % {"most": MOST_NAMES}
            )
        if long := [name for name in names if len(name) > 120]:
            raise forms.ValidationError(
                _("“%(name)s…”太长，不像单位名称。请一行写一个单位。") % {"name": long[0][:20]}
            )
        return names

    def recipients(self) -> list[Recipient]:
        """What was chosen, as a notice would write it; for a valid form."""
        chosen = self.cleaned_data
        found = []
        if chosen["levels"] or chosen["kinds"]:
            words = [
                *(str(label) for code, label in self.fields["levels"].choices if code in chosen["levels"]),  # type: ignore[attr-defined]
                *(label for code, label in self.fields["kinds"].choices if code in chosen["kinds"]),  # type: ignore[attr-defined]
            ]
            found.append(
                Recipient(title=listed(words), levels=tuple(chosen["levels"]), kinds=tuple(chosen["kinds"]))
            )
        if chosen["names"]:
            names = tuple(chosen["names"])
            # a line may be a code or a name: it is looked up as both
            found.append(Recipient(title=_("点名的单位"), units=names, names=names))
        return found
