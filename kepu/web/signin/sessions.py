"""Where a sign-in is kept: closed in the database, ended when nobody touches it, and listed for the person.

Django's session in the database, with two things more. What it holds (a one-time code, a phone number, the secret of a
second step being set up) is closed with the keys of the installation. And a browser left alone for
``KEPU_IDLE_MINUTES`` is signed out at its next request. When it was last used is noted at most every five minutes, so a
page costs nothing more for it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import middleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from kepu.core import keys

SEEN = "seen_at"
NOTED_EVERY = 5 * 60
_COLUMN = "django_session.session_data"


class SessionStore(db.SessionStore):
    """What does not open with our keys is no session: the browser signs in anew."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return keys.encrypted(super().encode(session_dict), column=_COLUMN)

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            return super().decode(keys.decrypted(str(session_data), column=_COLUMN))
        except keys.SecretError:
            return {}


def begin(request: HttpRequest) -> None:
    """Somebody has just signed in: from now on the session ends when it is left alone."""
    request.session[SEEN] = time.time()


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    """``request.user`` as always, found when first looked at; nobody, where the browser was left alone too long."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated:
            _note(request)
        return response


def _user_of(request: HttpRequest) -> Any:
    seen = request.session.get(SEEN)
    if seen is not None and time.time() - seen > settings.KEPU_IDLE_MINUTES * 60:
        request.session.flush()
        return AnonymousUser()
    return middleware.get_user(request)


def _note(request: HttpRequest) -> None:
    """Note that the session is in use; outside the page, which itself may not write."""
    now, seen = time.time(), request.session.get(SEEN)
    if seen is None or now - seen < NOTED_EVERY:
        return
    request.session[SEEN] = now
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=datetime.fromtimestamp(now, UTC), ip=get_adapter().get_client_ip(request)
    )
