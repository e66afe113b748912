"""What a person writes who decides of a pair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.activities.models import Activity, Double
from kepu.web.shared.forms import Form
from kepu.web.workspace.activities.showing import day


class DecisionForm(Form):
    """Which of the two is kept, why, and the versions that the page was drawn from."""

    keep = forms.ChoiceField(label=lazy("保留哪一项"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=lazy("说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("合并要写明为什么是同一项；两个举办单位都会看到。"),
    )  # fmt: skip
    a_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    b_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, double: Double) -> None:
        a, b = double.pair
        super().__init__(data, initial={"keep": a.pk, "a_version": a.version, "b_version": b.version})
        self.fields["keep"].choices = [  # type: ignore[attr-defined]  # a choice field
            (
                str(one.pk),
                _("%(n)s：%(host)s，%(when)s填报") % {"n": n, "host": one.unit.name, "when": _when(one)},
            )
            for n, one in ((_("第一项"), a), (_("第二项"), b))
        ]

    def kept(self) -> int:
        """The id of the one to keep."""
        return int(self.cleaned_data["keep"])

    def seen(self) -> tuple[int, int] | None:
        """The versions that the page showed; None where it did not say."""
        a, b = self.cleaned_data["a_version"], self.cleaned_data["b_version"]
        return None if a is None or b is None else (a, b)


def _when(activity: Activity) -> str:
    return day(localtime(activity.filed_at).date()) if activity.filed_at else ""
