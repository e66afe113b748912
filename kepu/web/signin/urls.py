"""The pages of allauth that we use, one by one; the names are those by which allauth finds them."""

from functools import wraps
from typing import Any

from allauth.account import views
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from kepu.web.shared.views import View, by_method


def asked(view: View) -> View:
    """A page of allauth's for GET, HEAD and POST. It counts whatever is no GET as an attempt, and a HEAD is none."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        came_as, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = came_as

    return by_method(GET=looked_at, POST=view)


urlpatterns = [
    path("login/", asked(views.login), name="account_login"),
    path("logout/", asked(views.logout), name="account_logout"),
    path("inactive/", asked(views.account_inactive), name="account_inactive"),
    path("password/change/", asked(views.password_change), name="account_change_password"),
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
