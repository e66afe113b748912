"""What allauth says and does, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kepu.web.shared.language import remember


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已经停用。请联系本单位的管理人员。"),
        "enter_current_password": _("现在的密码不对，请重新输入。"),
        "incorrect_password": _("密码不对，请重新输入。"),
        "invalid_login": _("登录名或密码不对。请检查大小写和输入法后再试。"),
        "invalid_password_reset": _("这个链接已经用过或者过期。"),
        "rate_limited": _("短时间内的次数太多，请过几分钟再试。"),
        "too_many_login_attempts": _("密码连续输错的次数太多，请过五分钟再试；忘记密码可以用邮件重设。"),
        "username_password_mismatch": _("登录名或密码不对。请检查大小写和输入法后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        super().send_password_reset_mail(user, email, {**context, "site_name": settings.SITE_NAME})

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The person's language comes along to a browser that has not met them yet."""
        response = super().post_login(request, user, **kwargs)
        if user.language:
            remember(response, user.language)
        return response
