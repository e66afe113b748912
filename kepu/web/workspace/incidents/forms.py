"""What is asked of an incident: first, and as it goes on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.activities.models import Incident
from kepu.activities.workflow import IncidentKind
from kepu.web.shared.forms import Form
from kepu.web.workspace.activities.widgets import MomentField

LONG = {"rows": 4}


class ReportForm(Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("类别"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    happened_at = MomentField(label=_("什么时候发生的"))
    words = forms.CharField(
        label=_("发生了什么"), widget=forms.Textarea(attrs=LONG),
        help_text=_("先报再补：几句话就行。少写姓名，届次结束后会删除。公众看不到。"),
    )  # fmt: skip
    measures = forms.CharField(
        label=_("已经采取的措施"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    people_hurt = forms.IntegerField(
        label=_("受伤人数"),
        min_value=0,
        initial=0,
        help_text=_("没有人受伤写 0。有人受伤或者有舆情，会同时报到省。"),
    )

    def __init__(self, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial={"token": uuid4(), **initial})


class GoingOnForm(Form):
    """How it goes on, or how it ended."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("现在的情况"), widget=forms.Textarea(attrs=LONG))
    measures = forms.CharField(
        label=_("又采取的措施"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    people_hurt = forms.IntegerField(label=_("受伤人数"), min_value=0, help_text=_("到现在一共几人。"))

    def __init__(self, data: Any = None, *, incident: Incident) -> None:
        initial = {"version": incident.version, "people_hurt": incident.people_hurt}
        super().__init__(data, initial=initial)
