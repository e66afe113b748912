"""The forms on the way in: allauth's, with our labels and sentences."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kepu.accounts import sms
from kepu.accounts.models import Person
from kepu.accounts.signing_in import owner_of
from kepu.core.refusals import Refused


class _Ours:
    """Labels, help and sentences of ours on a form of allauth's."""

    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, "")  # what is hidden needs none
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


class FirstPasswordForm(_NewTwice, allauth.SetPasswordForm):
    pass


class PasswordAgainForm(_Ours, allauth.ReauthenticateForm):
    labels = {"password": _("密码")}


class AskForCodeForm(_Ours, forms.Form):
    """One line for either: where a code shall go to sign in with."""

    labels = {"to": _("电子邮箱或手机号码")}
    help_texts = {"to": _("填您账号上登记的邮箱，或者确认过的手机号码。")}
    to = forms.CharField(max_length=254, widget=forms.TextInput(attrs={"autocomplete": "username"}))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        to = str(cleaned.get("to", "")).strip()
        if not to:
            return cleaned
        recipient = {"email": _an_address(to)} if "@" in to else {"phone": _a_number(to)}
        (key,) = recipient.values()
        if not ratelimit.consume(
            context.request, app="allauth.account", action="request_login_code", key=key.lower()
        ):
            raise get_adapter().validation_error("rate_limited")
        self._user = _with_address(key) if "email" in recipient else get_adapter().get_user_by_phone(key)
        return {**cleaned, **recipient}


def _an_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError({"to": now("这不是电子邮箱。请填如 name@example.cn 的地址。")}) from None
    return text


def _a_number(text: str) -> str:
    try:
        number = sms.mobile_number(text)
    except Refused as refusal:
        raise ValidationError({"to": str(refusal)}) from None
    if not sms.available():
        raise ValidationError({"to": now("本站没有开通短信。请用电子邮箱。")})
    return number


def _with_address(address: str) -> Person | None:
    """The one person a code to this address may let in: who confirmed it, else the only one who has it."""
    confirmed = (
        EmailAddress.objects.filter(email=address.lower(), verified=True).select_related("user").first()
    )
    if confirmed is not None and confirmed.user.email.lower() == confirmed.email:
        return confirmed.user if confirmed.user.is_active else None
    if (owner := owner_of(address)) is not None:
        return owner
    people = list(Person.objects.filter(email__iexact=address, is_active=True).order_by("pk")[:2])
    return people[0] if len(people) == 1 else None


class CodeForm(_Ours, allauth.ConfirmLoginCodeForm):
    labels = {"code": _("验证码")}


class WhereToForm(_Ours, allauth.RequestReauthenticationCodeForm):
    labels = {"recipient": _("发到哪里")}


class SecondStepForm(_Ours, mfa.AuthenticateForm):
    labels = {"code": _("验证码或恢复码")}


class SecondStepAgainForm(_Ours, mfa.ReauthenticateForm):
    labels = {"code": _("验证码或恢复码")}


class ActivateTotpForm(_Ours, totp.ActivateTOTPForm):
    labels = {"code": _("验证器上现在的 6 位码")}


class AddPasskeyForm(_Ours, webauthn.AddWebAuthnForm):
    labels = {"name": _("名称"), "passwordless": _("以后不用密码，直接用它登录")}
    help_texts = {"name": _("以后认得出是哪一把，如“单位的电脑”。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class RenamePasskeyForm(_Ours, webauthn.EditWebAuthnForm):
    labels = {"name": _("名称")}
