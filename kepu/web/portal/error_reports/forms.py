"""What somebody fills in who found an error."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.support.actions.error_reports import CONTACT, LONGEST
from kepu.support.workflow import Wrong
from kepu.web.shared.forms import Form


class ErrorReportForm(Form):
    """``website`` is for nobody: people do not see it, and programs that fill in every field give themselves away."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    wrong = forms.ChoiceField(label=_("哪里有错"), choices=Wrong.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("怎么错了"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明哪里错了、应当是什么。请不要写别人的电话和证件号码。"),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("怎么联系您"), max_length=CONTACT, required=False, widget=forms.TextInput(attrs={"autocomplete": "email"}),
        help_text=_("电话或邮箱。只用来核实这处错误，加密保存，只有举办单位和审核单位看得到，届次结束后删除。"),
    )  # fmt: skip
    website = forms.CharField(
        label=_("请不要填写这一栏"), max_length=200, required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )  # fmt: skip

    @classmethod
    def blank(cls) -> ErrorReportForm:
        return cls(initial={"key": uuid4()})

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请把“请不要填写这一栏”清空，再提交一次。"))
        return ""
