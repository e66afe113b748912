"""Browsers in which an account was signed in to before.

A signed cookie says for which accounts (at most five: many share a computer) and gives each a random name of its own,
under which wrong passwords from this browser are counted apart from everybody else's. It proves nothing and opens
nothing: without the password it is worth a few guesses, and only at that account.
"""

from __future__ import annotations

import secrets
import unicodedata

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "kepu_known"
AGE = 60 * 60 * 24 * 180
_SALT = "kepu.known-browsers"
_MOST = 5


def account_key(login: str) -> str:
    """What stands for a sign-in name in counts and in the cookie, however it is written; it does not tell the name."""
    plain = unicodedata.normalize("NFKC", login).strip().casefold()
    return salted_hmac(_SALT, plain, algorithm="sha256").hexdigest()[:24]


def name_of(request: HttpRequest, login: str) -> str:
    """This browser's name at the account; "" where it is not known there."""
    return _accounts(request).get(account_key(login), "")


def remember(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """From now on this browser is known at the account."""
    known = _accounts(request)
    name = known.pop(account_key(login), "") or secrets.token_urlsafe(12)
    accounts = {**dict(list(known.items())[1 - _MOST :]), account_key(login): name}
    response.set_cookie(
        COOKIE, signing.dumps(accounts, salt=_SALT), max_age=AGE, path="/accounts/", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def _accounts(request: HttpRequest) -> dict[str, str]:
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=AGE)
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}
