"""What an applicant fills in. Nothing is lost when something is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.core.refusals import Refused
from kepu.orgs.actions import Contact, Said
from kepu.orgs.coming import ApplicationKind
from kepu.orgs.models import Application, Line, Place, Vocabulary
from kepu.orgs.queries import place_names, terms
from kepu.web.shared.forms import Form
from kepu.web.shared.place_finding import the_place


class _ContactFields(Form):
    purpose = forms.CharField(
        label=_("登记以后要办什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一句话，如：填报科普日活动，报送工作总结。"),
    )  # fmt: skip
    contact_name = forms.CharField(
        label=_("您的姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_phone = forms.CharField(
        label=_("手机或单位电话"), max_length=30, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("审核的人核对时会打这个电话。"),
    )  # fmt: skip
    contact_email = forms.CharField(
        label=_("电子邮箱"), max_length=120, widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
        help_text=_("审核结果和登录用的链接会发到这里，也是以后的登录名。"),
    )  # fmt: skip

    def contact(self) -> Contact:
        given = self.cleaned_data
        return Contact(given["contact_name"], given["contact_phone"], given["contact_email"])


class _Consenting(Form):
    consented = forms.BooleanField(label=_("我已阅读并同意上面的个人信息收集说明"))


class _UnitFields(Form):
    name = forms.CharField(label=_("单位全称"), max_length=120, help_text=_("和证书、公章上的一样。"))
    kind = forms.ChoiceField(label=_("单位类别"))
    place = forms.CharField(
        label=_("所在地区"),
        max_length=80,
        help_text=_("写名称或代码；有重名的写全称，如“广东省东莞市石龙镇”。"),
    )
    line = forms.ChoiceField(
        label=_("所属系统"), required=False, help_text=_("有主管部门的单位选，如教育、气象。")
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False,
        help_text=_("18 位，在法人证书或营业执照上。没有的可以不填。"),
    )  # fmt: skip
    is_another = forms.BooleanField(label=_("不是上面的单位，仍要登记"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("请选择")), *((t.code, str(t)) for t in terms(Vocabulary.UNIT_KIND))]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        lines = Line.objects.order_by("path").values_list("code", "name")
        self.fields["line"].choices = [("", _("不属于某个系统")), *lines]  # type: ignore[attr-defined]

    def clean_credit_code(self) -> str:
        return "".join(str(self.cleaned_data["credit_code"]).split()).upper()

    def clean_place(self) -> Place | None:
        try:
            return the_place(self.cleaned_data["place"], field="place")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def said(self) -> Said:
        given = self.cleaned_data
        line = Line.objects.filter(code=given["line"]).first() if given["line"] else None
        return Said(
            given["name"],
            given["kind"],
            given["place"],
            line,
            given["credit_code"],
            given["purpose"],
            given["is_another"],
        )


class RegisterForm(_UnitFields, _ContactFields, _Consenting):
    """A unit that is not there yet."""

    field_order = (
        "name", "kind", "place", "line", "credit_code", "is_another", "purpose", "contact_name", "contact_phone",
        "contact_email", "consented",
    )  # fmt: skip


class ClaimForm(_ContactFields, _Consenting):
    """A unit that is there, by somebody of its own."""

    field_order = ("purpose", "contact_name", "contact_phone", "contact_email", "consented")


class CorrectionForm(_UnitFields, _ContactFields):
    """What was sent back. Whom to call is not shown again: whoever has the link need not be the applicant."""

    field_order = RegisterForm.field_order[:-1]

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, initial=_as_typed(application))
        for name in ("contact_name", "contact_phone", "contact_email"):
            self.fields[name].required = False
            self.fields[name].help_text = _("不改就留空。")
        if application.kind != ApplicationKind.NEW:
            for name in ("name", "kind", "place", "line", "credit_code", "is_another"):
                del self.fields[name]


def _as_typed(application: Application) -> dict[str, Any]:
    return {
        "name": application.name, "kind": application.unit_kind, "credit_code": application.credit_code,
        "place": place_names([application.place_path])[application.place_path] or application.place.name,
        "line": application.line.code if application.line else "", "purpose": application.purpose,
    }  # fmt: skip
