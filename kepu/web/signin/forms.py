"""The forms on the way in: allauth's, with our labels and sentences."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _


class _Ours:
    """Labels, help and sentences of ours on a form of allauth's."""

    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels[name]
            field.help_text = self.help_texts.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = _("请填写“%(label)s”。") % {"label": field.label}
        self.label_suffix = ""


def _what_a_password_must_be() -> str:
    return "".join(str(text) for text in password_validators_help_texts())


class _NewTwice(_Ours):
    labels = {"oldpassword": _("现在的密码"), "password1": _("新密码"), "password2": _("新密码，再输一遍")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _what_a_password_must_be()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super(allauth.PasswordVerificationMixin, self).clean()  # type: ignore[misc]
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("两次输入的新密码不一样，请再输一遍。"))  # type: ignore[attr-defined]
        return cleaned


class SignInForm(_Ours, allauth.LoginForm):
    labels = {"login": _("登录名"), "password": _("密码"), "remember": ""}


class ChangePasswordForm(_NewTwice, allauth.ChangePasswordForm):
    pass


class NewPasswordForm(_NewTwice, allauth.ResetPasswordKeyForm):
    pass


class ForgottenPasswordForm(_Ours, allauth.ResetPasswordForm):
    labels = {"email": _("电子邮箱")}
    help_texts = {"email": _("填您账号上登记的邮箱。")}
