"""Changing where one can be written to: prove who you are, type the new address, type the code it received.

The old address hears of it, so that whoever got in by stealth cannot take the account over unseen.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts import rules, sms
from kepu.accounts.signing_in import is_verified
from kepu.core.refusals import Refused
from kepu.privacy.actions import confirm_email, confirm_phone, take_out_phone
from kepu.web.actor import person_of
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, redirect_to, writes
from kepu.web.signin import codes
from kepu.web.signin.masks import masked
from kepu.web.signin.own import Mine, own, proven

log = logging.getLogger(__name__)


class EmailForm(Form):
    email = forms.CharField(
        label=lazy("电子邮箱"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).strip()
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(_("这不是电子邮箱。请填如 name@example.cn 的地址。")) from None
        return address


class PhoneForm(Form):
    phone = forms.CharField(
        label=lazy("手机号码"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        try:
            return sms.mobile_number(self.cleaned_data["phone"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class TypedCodeForm(Form):
    code = forms.CharField(
        label=lazy("验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@proven
@reads
def email(request: Mine) -> HttpResponse:
    form = EmailForm(initial={"email": request.user.email})
    return page(request, "account/email.html", {"form": form, "verified": is_verified(request.user)})


@proven
@writes
def new_email(request: Mine) -> HttpResponse:
    form = EmailForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            rules.check_email_is_free(request.user, form.cleaned_data["email"])
            codes.send(request, form.cleaned_data["email"])
            return redirect_to("account_email_code")
    return page(request, "account/email.html", {"form": form, "verified": is_verified(request.user)})


@proven
@reads
def email_code(request: Mine) -> HttpResponse:
    return _code_page(request, TypedCodeForm(), mail=True)


@proven
@writes
def confirmed_email(request: Mine) -> HttpResponse:
    form = TypedCodeForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            address = codes.confirm(request, form.cleaned_data["code"], mail=True)
            before = confirm_email(request.user, address, by=person_of(request), at=request.at)
            if before and before.lower() != address.lower():
                _tell(request, "account/email/email_changed", before, {"new": masked(address)})
            return done(request, _("邮箱已经确认：%(address)s。") % {"address": address}, to="account")
    return _code_page(request, form, mail=True)


@proven
@reads
def phone(request: Mine) -> HttpResponse:
    return page(request, "account/phone.html", {"form": PhoneForm(), **_number(request)})


@proven
@writes
def new_phone(request: Mine) -> HttpResponse:
    form = PhoneForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            rules.check_phone_is_free(request.user, form.cleaned_data["phone"])
            codes.send(request, form.cleaned_data["phone"])
            return redirect_to("account_phone_code")
    return page(request, "account/phone.html", {"form": form, **_number(request)})


@proven
@reads
def phone_code(request: Mine) -> HttpResponse:
    return _code_page(request, TypedCodeForm(), mail=False)


@proven
@writes
def confirmed_phone(request: Mine) -> HttpResponse:
    form = TypedCodeForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            number = codes.confirm(request, form.cleaned_data["code"], mail=False)
            before = confirm_phone(request.user, number, by=person_of(request), at=request.at)
            _tell_of_phone(request, before if before != number else "")
            return done(
                request, _("手机号码已经确认：%(number)s。") % {"number": masked(number)}, to="account"
            )
    return _code_page(request, form, mail=False)


@proven
@writes(back="account")
def phone_removal(request: Mine) -> HttpResponse:
    before = request.user.phone
    take_out_phone(request.user, by=person_of(request), at=request.at)
    _tell_of_phone(request, before)
    return done(request, _("手机号码已经从账号里删去。"), to="account")


@own
@writes(back="account")
def code_again(request: Mine) -> HttpResponse:
    """Give the code that is waiting up, and ask for the address anew."""
    mail = bool(codes.waiting_for(request, mail=True))
    codes.forget(request)
    return redirect_to("account_email" if mail else "account_change_phone")


def _code_page(request: Mine, form: Form, *, mail: bool) -> HttpResponse:
    to = codes.waiting_for(request, mail=mail)
    if not to and not form.errors:
        return redirect_to("account_email" if mail else "account_change_phone")
    context = {"form": form, "mail": mail, "to": to if mail else masked(to), "minutes": codes.MINUTES}
    return page(request, "account/code.html", context)


def _number(request: Mine) -> dict[str, Any]:
    return {"number": masked(request.user.phone) if request.user.phone else "", "sms": sms.available()}


def _tell_of_phone(request: Mine, before: str) -> None:
    """The old number by text message, and the mail address in any case. What cannot be sent stops nothing."""
    if before and sms.available():
        try:
            sms.send(
                before,
                _("您在%(site)s平台的账号已改用别的手机号码。如果不是您本人，请马上联系本单位的管理人员。")
                % {"site": _site()},
            )
        except Refused:
            log.warning("The old number of person %s could not be told.", request.user.pk)
    if request.user.email:
        _tell(request, "account/email/phone_changed", request.user.email, {})


def _tell(request: Mine, template: str, address: str, context: dict[str, Any]) -> None:
    get_adapter(request).send_notification_mail(template, request.user, context, email=address)


def _site() -> str:
    from django.conf import settings

    return str(settings.SITE_NAME)
