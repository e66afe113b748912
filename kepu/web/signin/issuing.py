"""Others let our people in by our word: we are an OpenID Connect provider (authorization code, PKCE, S256).

Only where ``KEPU_OIDC_KEYS`` names a key; otherwise these addresses are not there. Clients are registered by hand
(``kepu oidc client``), nobody registers by themselves, and every person is asked, every time, what a client may know.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc import views
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.csrf import csrf_exempt
from oauthlib.oauth2.rfc6749 import errors as oauth
from oauthlib.openid.connect.core.exceptions import ConsentRequired, LoginRequired

from kepu.accounts.signing_in import is_verified, note
from kepu.accounts.workflow import Event
from kepu.web.actor import person_of
from kepu.web.shared import errors
from kepu.web.shared.views import View, by_method


class Adapter(DefaultOIDCAdapter):
    scope_display = {
        "openid": lazy("您在这里的编号"),
        "profile": lazy("您的姓名和登录名"),
        "email": lazy("您的电子邮箱"),
    }

    def get_issuer(self) -> str:
        return str(settings.KEPU_PUBLIC_URL)

    def get_claims(
        self,
        purpose: Any,
        user: Any,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        claims = {"sub": self.get_user_sub(client, user)}
        if "email" in scopes and user.email:
            claims |= {"email": user.email, "email_verified": is_verified(user)}
        if "profile" in scopes:
            claims |= {"name": user.name, "preferred_username": user.username}
        return claims


def where_we_vouch(view: View) -> View:
    """The view, where this installation has a key to vouch with."""

    @wraps(view)
    def vouching(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.IDP_OIDC_PRIVATE_KEYS:
            return errors.not_found(request)
        if _holds_a_zero(request):
            return errors.bad_request(request)
        return view(request, *args, **kwargs)

    vouching.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
    return vouching


def _holds_a_zero(request: HttpRequest) -> bool:
    """A zero character names no client and is no code, and no database takes it for text."""
    given = [*request.GET.values(), *request.POST.values()]
    scheme, _blank, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            given.append(b64decode(credentials).decode("utf-8", "replace"))
        except ValueError:
            return False
    return any("\0" in text for text in given)


def _there(name: str) -> str:
    return f"{settings.KEPU_PUBLIC_URL}{reverse(f'idp:oidc:{name}')}"


def configuration(request: HttpRequest) -> HttpResponse:
    """What a client must know of us (OpenID Connect Discovery 1.0). allauth's own also names what we leave out."""
    response = JsonResponse(
        {
            "issuer": settings.KEPU_PUBLIC_URL,
            "authorization_endpoint": _there("authorization"),
            "token_endpoint": _there("token"),
            "userinfo_endpoint": _there("userinfo"),
            "revocation_endpoint": _there("revoke"),
            "jwks_uri": _there("jwks"),
            "scopes_supported": list(Adapter.scope_display),
            "claims_supported": ["sub", "name", "preferred_username", "email", "email_verified"],
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": settings.IDP_OIDC_AUTH_METHODS,
            "id_token_signing_alg_values_supported": ["RS256"],
            "subject_types_supported": ["public"],
        }
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


class Authorization(views.AuthorizationView):
    """Asks the person. Without a code challenge (PKCE) nothing is given out, whatever the client keeps secret."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("code_challenge_method") != "S256" or not request.GET.get("code_challenge"):
            return self._refused(
                request, oauth.InvalidRequestError(description="PKCE with S256 is required.")
            )
        if "none" in request.GET.get("prompt", "").split():
            # nobody is asked twice by us without being asked: a code is given by pressing a button only
            asked = request.user.is_authenticated
            return self._refused(request, ConsentRequired() if asked else LoginRequired())
        return super().get(request, *args, **kwargs)

    def _refused(self, request: HttpRequest, error: oauth.OAuth2Error) -> HttpResponse:
        """Back to the client with the error, if the client and its address are known; else a page of ours."""
        parameters = request.GET.copy()
        parameters.pop("prompt", None)
        client = Client.objects.filter(pk=parameters.get("client_id", "")).first()
        redirect_uri = parameters.get("redirect_uri", "")
        if client is None or redirect_uri not in client.get_redirect_uris():
            return views.respond_html_error(request, error=error)
        error.state = parameters.get("state")
        return views._ClientHttpResponseRedirect(error.in_uri(redirect_uri))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        return errors.csrf(request) if response.status_code == 403 else response

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if response.status_code == 302:
            client = self._request_info["client_id"]
            person, scopes = self.request.user, form.cleaned_data["scopes"]
            note(
                Event.ACCESS_GRANTED,
                person,
                by=person_of(self.request),
                at=self.request.at,
                client=client,
                scopes=scopes,
            )
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page's form ends at the client: its address is the one a form may lead to besides ours."""
        response = super().render_to_response(context, **kwargs)
        parts = urlsplit(self._request_info["redirect_uri"])
        response._csp_update = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}
        return response


# A client may send its question with POST; the person's answer is held to the token of its page by the view itself.
authorization = csrf_exempt(
    where_we_vouch(by_method(GET=Authorization.as_view(), POST=Authorization.as_view()))
)
