"""What allauth says and does, in our words."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts import sms
from kepu.accounts.models import Person
from kepu.core.refusals import Refused
from kepu.web.shared.language import remember
from kepu.web.signin import known_browsers, sessions, throttle

log = logging.getLogger(__name__)
_TOO_OFTEN = lazy(
    "密码连续输错的次数太多，先停几分钟再试，一次比一次停得久。不想等的话，可以用验证码或者通行密钥登录。"
)


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": lazy("这个账号已经停用。请联系本单位的管理人员。"),
        "enter_current_password": lazy("现在的密码不对，请重新输入。"),
        "incorrect_code": lazy("验证码不对。请核对收到的最新一条。"),
        "incorrect_password": lazy("密码不对，请重新输入。"),
        "invalid_login": lazy("登录名或密码不对。请检查大小写和输入法后再试。"),
        "invalid_password_reset": lazy("这个链接已经用过或者过期。"),
        "rate_limited": lazy("短时间内的次数太多，请过几分钟再试。"),
        "too_many_login_attempts": lazy("短时间内的次数太多，请过几分钟再试。"),
        "too_many_passwords": _TOO_OFTEN,
        "username_password_mismatch": lazy("登录名或密码不对。请检查大小写和输入法后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # Passwords

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counting is ours: see :meth:`authenticate`."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        attempt = throttle.attempt(request, credentials.get("username", ""))
        if attempt is None:
            raise self.validation_error("too_many_passwords")
        person = super().authenticate(request, **credentials)
        if person:
            attempt.take_back()
        return person

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        super().send_password_reset_mail(user, email, {**context, "site_name": settings.SITE_NAME})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    # Signing in and out

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        sessions.begin(request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The browser is known from now on, and the person's language comes along to it."""
        response = super().post_login(request, user, **kwargs)
        known_browsers.remember(request, response, user.username)
        if user.language:
            remember(response, user.language)
        return response

    # Phone numbers and what is sent to them. Only a confirmed number is good for anything.

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone and user.phone_verified_at else None

    def get_user_by_phone(self, phone: str) -> Any:
        found = Person.objects.with_phone(phone).filter(phone_verified_at__isnull=False, is_active=True)
        people = list(found.order_by("pk")[:2])
        return people[0] if len(people) == 1 else None

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """It was before the code was sent, or it would not have been sent."""

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        raise NotImplementedError("A phone number is changed by kepu.accounts.signing_in.change_phone.")

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        try:
            sms.send(phone, _("您的登录验证码是 %(code)s，五分钟内有效。不要告诉任何人。") % {"code": code})
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            raise ImmediateHttpResponse(redirect("account_request_login_code")) from None

    # Letters

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"site_name": settings.SITE_NAME, **context})

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What has been done is done, and stays so where the letter about it does not go out."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except (OSError, SMTPException) as fault:
            log.error("A letter about a change to an account could not be sent: %s", type(fault).__name__)

    # Proving once more who one is

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": lazy("用密码"),
            "reauthenticate_by_code": lazy("用验证码"),
            "mfa_reauthenticate": lazy("用验证器的验证码或恢复码"),
            "mfa_reauthenticate:webauthn": lazy("用通行密钥"),
        }
        return [
            {**method, "description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
