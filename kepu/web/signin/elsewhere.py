"""Signing in elsewhere: OpenID Connect with the providers of ``KEPU_SIGN_IN_PROVIDERS``, such as a province's own sign-in.

Whoever comes back is one of our people only if they linked that sign-in themselves, or if the provider is trusted with
mail addresses and both sides have verified the same one. Nobody gets an account by it unless the provider's setting
says so. Requests go to the provider's configured hosts and nowhere else; of what it tells us we keep its number for the
person and nothing more.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts.models import Person
from kepu.config.sign_in import Provider

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
LONGEST_ANSWER = 256 * 1024


def provider_named(provider_id: str) -> Provider | None:
    return next(
        (provider for provider in settings.KEPU_SIGN_IN_PROVIDERS if provider.id == provider_id), None
    )


def origins() -> list[str]:
    """Where a form that begins a sign-in elsewhere may lead."""
    return [origin for provider in settings.KEPU_SIGN_IN_PROVIDERS for origin in provider.origins]


class Exchange(OpenIDConnectOAuth2Adapter):
    """allauth's talk with one provider, held to what was configured."""

    @property
    def openid_config(self) -> Any:
        config = super().openid_config
        configured = provider_named(self.provider_id)
        if configured is None or str(config.get("issuer", "")).rstrip("/") != configured.issuer:
            raise OAuth2Error("The provider calls itself otherwise than it was configured.")
        for endpoint in _ENDPOINTS:
            if not configured.is_its_own(str(config.get(endpoint, ""))):
                raise OAuth2Error(f"The provider's {endpoint} lies on a host that was not configured.")
        return config

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        data = super().get_access_token_data(*args, **kwargs)
        self.did_fetch_access_token = (
            False  # so that the signature is looked at, whichever way the token came
        )
        return data


class ElsewhereProvider(OpenIDConnectProvider):
    oauth2_adapter_class = Exchange
    pkce_enabled_default = True

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}


class Adapter(DefaultSocialAccountAdapter):
    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": lazy("这个身份已经关联到另一个账号。"),
        "no_password": lazy("您的账号还没有密码。请先设一个密码，再取消关联，否则就登录不了了。"),
    }

    def list_apps(
        self, request: Any, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        return [
            SocialApp(
                provider="openid_connect", provider_id=it.id, name=it.name, client_id=it.client_id, secret=it.secret,
                settings={"server_url": it.issuer, "email_authentication": it.link_by_mail, "oauth_pkce_enabled": True},
            )
            for it in settings.KEPU_SIGN_IN_PROVIDERS
            if provider in (None, "openid_connect", it.id) and client_id in (None, it.client_id)
        ]  # fmt: skip

    def list_providers(self, request: HttpRequest) -> list[Any]:
        return [ElsewhereProvider(request, app=app) for app in self.list_apps(request)]

    def get_provider(self, request: Any, provider: str, client_id: str | None = None) -> Any:
        return ElsewhereProvider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Any, str] | None:
        """Verified there and verified here, or not at all."""
        for address in sociallogin.email_addresses:
            if not (address.verified and self.can_authenticate_by_email(sociallogin, address.email)):
                continue
            ours = (
                EmailAddress.objects.filter(email=address.email.lower(), verified=True)
                .select_related("user")
                .first()
            )
            if ours is not None and ours.user.email.lower() == ours.email:
                return ours.user, ours.email
        return None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Only where the provider's setting says so, and only for somebody whose address nobody here has."""
        configured = provider_named(sociallogin.account.provider)
        if configured is None or not configured.self_signup:
            return False
        addresses = [address.email for address in sociallogin.email_addresses]
        return not Person.objects.filter(email__in=addresses).exists()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        person: Any = super().populate_user(request, sociallogin, data)
        person.name = str(data.get("name") or data.get("username") or "")[
            : Person._meta.get_field("name").max_length
        ]
        return person

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("socialaccount_connections")

    def get_requests_session(self) -> requests.Session:
        return _Narrow()


class _Narrow(requests.Session):
    """Asks configured providers only, follows nobody elsewhere, and does not wait for ever."""

    def request(self, method: Any, url: Any, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        if not any(provider.is_its_own(str(url)) for provider in settings.KEPU_SIGN_IN_PROVIDERS):
            raise OAuth2Error(f"{urlsplit(str(url)).netloc} belongs to no configured provider.")
        kwargs = {**kwargs, "allow_redirects": False, "timeout": settings.SOCIALACCOUNT_REQUESTS_TIMEOUT}
        answer = super().request(method, url, **kwargs)
        if answer.is_redirect:
            raise OAuth2Error("The provider answered with a redirect.")
        if len(answer.content) > LONGEST_ANSWER:
            raise OAuth2Error("The provider's answer is too long.")
        return answer
