"""What a decision on an application asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.orgs.models import Unit
from kepu.web.shared.forms import Form


class _Seen(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)  # whoever decides has seen this version


class ApprovalForm(_Seen):
    code = forms.CharField(
        label=lazy("单位编号"),
        max_length=40,
        required=False,
        help_text=lazy("留空由系统编：地区代码加申请号。"),
    )


class MergingForm(_Seen):
    unit = forms.CharField(
        label=lazy("并入哪个单位"),
        max_length=120,
        help_text=lazy("写单位编号或全称。申请人成为那个单位的填报人员。"),
    )

    def clean_unit(self) -> Unit:
        return unit_named(self.cleaned_data["unit"])


class ReasonForm(_Seen):
    reason = forms.CharField(label=lazy("说明"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


def unit_named(text: str) -> Unit:
    """The open unit that a code or a full name means. Raises the form's error where there is none or several."""
    wanted = text.strip()
    rows = Unit.objects.select_related("place").filter(closed_on=None)
    found: list[Any] = list(rows.filter(code=wanted)) or list(
        rows.filter(name=wanted).order_by("place_path", "id")[:6]
    )
    if len(found) == 1:
        one: Unit = found[0]
        return one
    if found:
        codes = _("、").join(f"{unit.code}（{unit.place.name}）" for unit in found[:5])
        raise forms.ValidationError(
            _("叫“%(name)s”的单位不止一个，请写编号：%(codes)s。") % {"name": wanted, "codes": codes}
        )
    raise forms.ValidationError(_("没有找到“%(name)s”。请核对单位编号或全称。") % {"name": wanted})
