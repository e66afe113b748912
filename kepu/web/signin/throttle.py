"""Wrong passwords are counted so that guessing is bounded and nobody can lock anybody else out.

Who guesses is told apart by three things: the address, the account, and whether the account was signed in to in this
browser before (:mod:`kepu.web.signin.known_browsers`).

- A known browser is counted under its own name and nothing else. Whatever strangers do, its owner has their attempts.
- An unknown one is counted at its address, at the pair of address and account, and at the account as a whole. Only the
  last can be used up by others, and it stops unknown browsers alone.

Each limit has several spans (``KEPU_PASSWORD_LIMITS``): five in five minutes, then ten in an hour, then twenty in a
day, so the wait grows with every round. An attempt is counted before the password is looked at and taken back when it
was right: many at once gain nothing.

Counts lie in the cache that every process shares. allauth counts in Django's default cache and cannot be told another;
ours is each process's own memory, where four processes would give an attacker four times the attempts. A test holds
that the count arrives where it should.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.connection import ConnectionProxy

from kepu.web.signin import known_browsers


def count_in_the_shared_cache() -> None:
    shared = ConnectionProxy(caches, "throttle")
    ratelimit.cache = shared
    totp.cache = shared  # where it is noted that a code was used


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password being looked at, counted already."""

    counted: tuple[Any, ...]

    def take_back(self) -> None:
        """It was right."""
        for usage in self.counted:
            usage.rollback()


def attempt(request: HttpRequest, login: str) -> Attempt | None:
    """Count an attempt to sign in as ``login``; None where there were too many."""
    account, browser = known_browsers.account_key(login), known_browsers.name_of(request, login)
    if browser:
        usage = _count(request, "known", f"{account}:{browser}")
        return Attempt((usage,)) if usage else None
    counted = []
    for limit, key in (("address", ""), ("pair", _pair(request, account)), ("account", account)):
        usage = _count(request, limit, key)
        if not usage:
            return None  # what was counted so far stays: whoever hits one limit is nearer to the others
        counted.append(usage)
    return Attempt(tuple(counted))


def floods(request: HttpRequest, login: str) -> bool:
    """Whether more is posted from this address than people type. A known browser is never one of the flood."""
    return not known_browsers.name_of(request, login) and not _count(request, "flood", "")


def forgive(request: HttpRequest, login: str) -> None:
    """The owner has set a new password by mail: what others guessed at the account as a whole is forgotten."""
    account = known_browsers.account_key(login)
    for limit, key in (("account", account), ("pair", _pair(request, account))):
        ratelimit.clear(request, app=_APP, action=limit, config=settings.KEPU_PASSWORD_LIMITS, key=key)


_APP = "kepu"


def _pair(request: HttpRequest, account: str) -> str:
    return f"{account}:{ratelimit.get_ip(request)}"


def _count(request: HttpRequest, limit: str, key: str) -> Any:
    return ratelimit.consume(
        request, app=_APP, action=limit, config=settings.KEPU_PASSWORD_LIMITS, key=key or None
    )
