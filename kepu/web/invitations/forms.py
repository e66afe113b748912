"""The account that somebody invited makes for themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.web.shared.forms import Form


class AccountForm(Form):
    """What an account needs. Whether it may be so is said by the act, at its field."""

    name = forms.CharField(label=lazy("姓名"), max_length=60, help_text=lazy("同事看到的名字。"))
    username = forms.CharField(
        label=lazy("登录名"), max_length=60, help_text=lazy("以后用它登录，可以用汉字、字母、数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=lazy("电子邮箱"), required=False, help_text=lazy("忘记密码时用它重设，也用来收通知。"),
        error_messages={"invalid": lazy("电子邮箱的写法不对，请核对。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    password = forms.CharField(
        label=lazy("密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=lazy("密码，再输一遍"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = "".join(str(text) for text in password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("两次输入的密码不一样，请再输一遍。"))
        return cleaned

    def given(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "username", "email", "password")}
