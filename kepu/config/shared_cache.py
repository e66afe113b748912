"""The caches in front that are told what has changed, as the environment names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

USUAL, LONGEST = (
    3,
    300,
)  # seconds that a page is kept; told again for as long as the longest (kepu.core.purging)
SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class SharedCache:
    """Where caches are told, with which secret, and for how long they may keep what they can be told to let go."""

    addresses: tuple[str, ...]
    secret: str
    seconds: int


def read(environment: Mapping[str, str]) -> SharedCache:
    """What ``KEPU_PURGE``, ``KEPU_PURGE_SECRET`` and ``KEPU_SHARED_SECONDS`` say. Raises ImproperlyConfigured."""
    addresses = tuple(one.strip() for one in environment.get("KEPU_PURGE", "").split(",") if one.strip())
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ImproperlyConfigured(
                f"KEPU_PURGE: “{address}” is no address such as http://127.0.0.1:6081/"
            )
    secret = environment.get("KEPU_PURGE_SECRET", "")
    if addresses and (len(secret) < SHORTEST_SECRET or not (secret.isascii() and secret.isprintable())):
        raise ImproperlyConfigured(
            f"KEPU_PURGE needs KEPU_PURGE_SECRET, {SHORTEST_SECRET} letters at least: without one, anybody may empty the cache"
        )
    text = environment.get("KEPU_SHARED_SECONDS", str(USUAL))
    if not (text.isdecimal() and USUAL <= int(text) <= LONGEST):
        raise ImproperlyConfigured(
            f"KEPU_SHARED_SECONDS is a number from {USUAL} to {LONGEST}, and not “{text}”"
        )
    if int(text) > USUAL and not addresses:
        raise ImproperlyConfigured(
            "KEPU_SHARED_SECONDS without KEPU_PURGE: nobody would tell the cache what has changed"
        )
    return SharedCache(addresses, secret, int(text))
