"""The second step: an app that shows codes, a passkey, recovery codes; and who must have one.

Secrets lie closed with the keys of the installation. Posts named in ``KEPU_SECOND_STEP_ROLES`` open only to a sign-in
that took a second step.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts import second_steps
from kepu.orgs.models import Role
from kepu.web.request import Request

_SET_UP_HERE = "second_step_set_up"


class Adapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": lazy("还没有开通第二步验证，不需要恢复码。"),
        "incorrect_code": lazy("验证没有通过。请用验证器上最新的一个码，或者一个没有用过的恢复码。"),
    }

    def encrypt(self, text: str) -> str:
        return second_steps.closed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_steps.opened(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("通行密钥 %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": str(settings.SITE_NAME)}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {
            **super().get_public_key_credential_user_entity(user),
            "name": user.username,
            "display_name": user.name,
        }


def missing(request: Request) -> HttpResponse | None:
    """On to the second step, if a post held here needs one and this sign-in took none: to be taken, or to be set up."""
    roles = [Role(name) for name in settings.KEPU_SECOND_STEP_ROLES]
    if not roles or not request.actor.holds(*roles) or _was_taken(request):
        return None
    if not _has_one(request):
        messages.warning(
            request,
            _("您在“%(unit)s”的岗位要求登录时有第二步验证。请先开通一种，再回到工作台。")
            % {"unit": request.actor.unit},
        )
        return redirect(reverse("mfa_index"))
    messages.warning(
        request,
        _("您在“%(unit)s”的岗位要求登录时有第二步验证，这次登录还没有用过。请先验证。")
        % {"unit": request.actor.unit},
    )
    here = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("workspace:home")
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: here})}")


def set_up_here(request: HttpRequest) -> None:
    """Note that a second step was set up in this session: whoever did so has it, and is asked for it the next time."""
    request.session[_SET_UP_HERE] = True


def _was_taken(request: Request) -> bool:
    """In this session, or set up in it. A browser that was open before it was set up has shown no more than a password."""
    records = get_authentication_records(request, request.user)
    if any(record.get("method") == "mfa" for record in records):
        return True
    return bool(request.session.get(_SET_UP_HERE)) and _has_one(request)


def _has_one(request: Request) -> bool:
    held = Authenticator.objects.filter(user_id=request.user.pk)
    return held.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
