"""The pages of signing in and of one's own account, one by one; the names are those by which allauth finds them."""

from functools import wraps
from typing import Any

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path, reverse_lazy

from kepu.web.shared import errors
from kepu.web.shared.views import View, by_method, redirect_to
from kepu.web.signin import account, contact, elsewhere_pages, recovery, session_pages, steps_page, throttle
from kepu.web.signin.forms import WhereToForm


def asked(view: View) -> View:
    """A page of allauth's for GET, HEAD and POST. It counts whatever is no GET as an attempt, and a HEAD is none."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        came_as, request.method = request.method, "GET"
        try:
            return _uncached(view(request, *args, **kwargs))
        finally:
            request.method = came_as

    @wraps(view)
    def posted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _uncached(view(request, *args, **kwargs))

    return by_method(GET=looked_at, POST=posted)


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def unless_it_floods(view: View) -> View:
    """The sign-in page, for those who type."""

    @wraps(view)
    def typed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and throttle.floods(request, request.POST.get("login", "")):
            return errors.too_many(request)
        return view(request, *args, **kwargs)

    return typed


def asked_again(view: View) -> View:
    """A page on which one proves who one is; what one was about to do goes on from there, and may lead elsewhere."""
    return elsewhere_pages.leads_elsewhere(asked(view))


def back_to_sign_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return redirect_to("account_login")


sign_in = views.LoginView.as_view(
    extra_context={"sign_in_providers": lambda: settings.KEPU_SIGN_IN_PROVIDERS}
)
ask_for_code_again = views.RequestReauthenticationCodeView.as_view(form_class=WhereToForm)
_back_to_steps = {"success_url": reverse_lazy("mfa_index")}

urlpatterns = [
    # the way in and out
    path("login/", elsewhere_pages.leads_elsewhere(asked(unless_it_floods(sign_in))), name="account_login"),
    path("login/code/", asked(views.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", asked(views.confirm_login_code), name="account_confirm_login_code"),
    path("login/second-step/", asked(mfa.authenticate), name="mfa_authenticate"),
    path("login/passkey/", asked(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "login/elsewhere/<slug:provider_id>/",
        by_method(GET=back_to_sign_in, POST=elsewhere_pages.setting_out),
        name="openid_connect_login",
    ),
    path(
        "login/elsewhere/<slug:provider_id>/back/",
        by_method(GET=elsewhere_pages.arrival, POST=elsewhere_pages.coming_back),
        name="openid_connect_callback",
    ),
    path("login/elsewhere-cancelled/", asked(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("logout/", asked(views.logout), name="account_logout"),
    path("inactive/", asked(views.account_inactive), name="account_inactive"),
    # proving once more who one is
    path("again/", asked_again(views.reauthenticate), name="account_reauthenticate"),
    path("again/code/", asked_again(ask_for_code_again), name="account_request_reauthentication_code"),
    path(
        "again/code/confirm/",
        asked_again(views.confirm_reauthentication_code),
        name="account_confirm_reauthentication_code",
    ),
    path("again/second-step/", asked_again(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", asked_again(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    # my account
    path("", account.account, name="account"),
    path("name/", by_method(GET=account.name, POST=account.naming), name="account_name"),
    path("email/", by_method(GET=contact.email, POST=contact.new_email), name="account_email"),
    path(
        "email/code/",
        by_method(GET=contact.email_code, POST=contact.confirmed_email),
        name="account_email_code",
    ),
    path("phone/", by_method(GET=contact.phone, POST=contact.new_phone), name="account_change_phone"),
    path(
        "phone/code/",
        by_method(GET=contact.phone_code, POST=contact.confirmed_phone),
        name="account_phone_code",
    ),
    path("phone/removal/", contact.phone_removal, name="account_phone_removal"),
    path("code-again/", contact.code_again, name="account_code_again"),
    path("password/change/", asked(views.password_change), name="account_change_password"),
    path("password/set/", asked(views.password_set), name="account_set_password"),
    path("second-step/", steps_page.steps, name="mfa_index"),
    path("second-step/app/", asked(totp.activate_totp), name="mfa_activate_totp"),
    path("second-step/app/removal/", asked(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-step/codes/",
        by_method(GET=recovery.codes, POST=recovery.showing),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/codes/new/",
        asked(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("second-step/passkeys/new/", asked(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "second-step/passkeys/<int:pk>/",
        asked(webauthn.EditWebAuthnView.as_view(**_back_to_steps)),
        name="mfa_edit_webauthn",
    ),
    path(
        "second-step/passkeys/<int:pk>/removal/",
        asked(webauthn.RemoveWebAuthnView.as_view(**_back_to_steps)),
        name="mfa_remove_webauthn",
    ),
    path("links/", elsewhere_pages.links, name="socialaccount_connections"),
    path("links/removal/", elsewhere_pages.unlinking, name="account_unlinking"),
    path(
        "sessions/",
        by_method(GET=session_pages.sessions, POST=session_pages.ending),
        name="usersessions_list",
    ),
    # a forgotten password
    path("password/reset/", asked(views.password_reset), name="account_reset_password"),
    path("password/reset/done/", asked(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        asked(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        asked(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
