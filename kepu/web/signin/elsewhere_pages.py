"""The way to a sign-in elsewhere and back.

A browser comes back from elsewhere with GET, which may only read. So the page it arrives at sends itself on as a form
of ours; without scripts there is a button. What is asked of the provider is fixed here: neither scope nor any other
parameter of the question can be given from outside.
"""

from __future__ import annotations

import logging
import re
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from requests import RequestException

from kepu.accounts.signing_in import note
from kepu.accounts.workflow import Event
from kepu.core.refusals import Refused
from kepu.web.actor import person_of
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import View, done, page, reads, redirect_to, safe_next, writes
from kepu.web.signin.elsewhere import Exchange, origins, provider_named
from kepu.web.signin.own import Mine, own, proven

log = logging.getLogger(__name__)
# What a provider that does not keep to the protocol may make of its answers.
_STRANGE = (OAuth2Error, RequestException, KeyError, ValueError, TypeError)


def leads_elsewhere(view: View) -> View:
    """A page with buttons that lead to the configured providers: its forms may end there."""

    @wraps(view)
    def with_origins(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if settings.KEPU_SIGN_IN_PROVIDERS:
            response._csp_update = {"form-action": origins()}  # type: ignore[attr-defined]
        return response

    return with_origins


@writes(back="account_login")
def setting_out(request: Request, provider_id: str) -> HttpResponse:
    """Off to the provider: to sign in there, or to link what one is there with the account signed in here."""
    if provider_named(provider_id) is None:
        return errors.not_found(request)
    if request.user.is_authenticated:
        return _linking(request, provider_id)
    return _off(request, provider_id, AuthProcess.LOGIN, safe_next(request, settings.LOGIN_REDIRECT_URL))


@proven
def _linking(request: Request, provider_id: str) -> HttpResponse:
    return _off(request, provider_id, AuthProcess.CONNECT, "")


def _off(request: Request, provider_id: str, process: str, next_url: str) -> HttpResponse:
    provider = get_adapter(request).get_provider(request, provider_id)
    try:
        answer: HttpResponse = provider.redirect(request, process=process, next_url=next_url or None)
    except _STRANGE as fault:
        log.warning("The provider %s could not be asked: %s", provider_id, fault)
        return render_authentication_error(request, provider, exception=fault)
    return answer


@reads
def arrival(request: Request, provider_id: str) -> HttpResponse:
    if provider_named(provider_id) is None:
        return errors.not_found(request)
    response = page(request, "socialaccount/arrival.html", {"here": request.get_full_path()})
    response.headers["Cache-Control"] = "private, no-store"  # its address holds the code
    return response


@writes(back="account_login")
def coming_back(request: Request, provider_id: str) -> HttpResponse:
    if provider_named(provider_id) is None:
        return errors.not_found(request)
    exchange = Exchange(request, provider_id)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(exchange)(request)
    except _STRANGE as fault:
        log.warning("The provider %s answered strangely: %s", provider_id, fault)
        return render_authentication_error(request, exchange.get_provider(), exception=fault)
    return answer


@leads_elsewhere
@own
@reads
def links(request: Mine) -> HttpResponse:
    held = {it.provider: it.pk for it in SocialAccount.objects.filter(user_id=request.user.pk).order_by("pk")}
    lines = [(provider, held.get(provider.id)) for provider in settings.KEPU_SIGN_IN_PROVIDERS]
    return page(request, "account/links.html", {"lines": lines})


@proven
@writes(back="socialaccount_connections")
def unlinking(request: Mine) -> HttpResponse:
    number = request.POST.get("link", "")
    held = SocialAccount.objects.filter(user_id=request.user.pk)
    link = held.filter(pk=int(number)).first() if re.fullmatch(r"\d{1,18}", number) else None
    if link is None:
        return redirect_to("socialaccount_connections")
    if not request.user.has_usable_password() and held.count() == 1:
        raise Refused(_("您的账号还没有密码。请先设一个密码，再取消关联，否则就登录不了了。"))
    link.delete()
    note(Event.IDENTITY_UNLINKED, request.user, by=person_of(request), at=request.at, provider=link.provider)
    account_adapter(request).send_notification_mail("socialaccount/email/account_disconnected", request.user)
    return done(request, _("已经取消关联。"), to="socialaccount_connections")
