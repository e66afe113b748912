"""What the environment says about signing in elsewhere and with us, read and checked before anything starts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_NAME = re.compile(r"[a-z0-9-]{1,40}")
_FIELDS = {"id", "name", "issuer", "client_id", "secret", "hosts", "link_by_mail", "self_signup"}
_EXAMPLE = '[{"id": "province", "name": "…", "issuer": "https://…", "client_id": "…", "secret": "…"}]'


@dataclass(frozen=True, slots=True)
class Provider:
    """A place of somebody else's where our people may sign in: a province's own sign-in.

    ``hosts``: where requests may go and browsers may be sent besides the issuer's own host. ``link_by_mail``: trust its
    word on a mail address enough to find the person who has verified the same one here. ``self_signup``: let somebody
    unknown have an account without a post.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    secret: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    link_by_mail: bool = False
    self_signup: bool = False

    def is_its_own(self, url: str) -> bool:
        """Whether an address is one of this provider's: its scheme, and a host that was configured."""
        parts, issuer = urlsplit(url), urlsplit(self.issuer)
        return parts.scheme == issuer.scheme and parts.netloc in (issuer.netloc, *self.hosts)

    @property
    def origins(self) -> list[str]:
        parts = urlsplit(self.issuer)
        return [f"{parts.scheme}://{host}" for host in (parts.netloc, *self.hosts)]


def parse_providers(text: str) -> list[Provider]:
    """Providers from ``KEPU_SIGN_IN_PROVIDERS``, a JSON list. Raises :class:`ImproperlyConfigured` with what is wrong."""
    if not text.strip():
        return []
    try:
        entries = json.loads(text)
    except ValueError as fault:
        raise _wrong(f"it is no JSON ({fault})") from None
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise _wrong("it is no list of objects")
    found = [_provider(entry) for entry in entries]
    if len({provider.id for provider in found}) < len(found):
        raise _wrong("two providers have the same id")
    return found


def _provider(entry: Mapping[str, Any]) -> Provider:
    name = str(entry.get("id", "?"))
    if strange := sorted(set(entry) - _FIELDS):
        raise _wrong(f"{name} has a field nobody knows: {', '.join(strange)}")
    if missing := [key for key in ("id", "name", "issuer", "client_id") if not entry.get(key)]:
        raise _wrong(f"{name} has no {', '.join(missing)}")
    if not _NAME.fullmatch(name):
        raise _wrong(f"the id {name!r} is not made of small letters, digits and hyphens")
    issuer = str(entry["issuer"]).rstrip("/")
    parts = urlsplit(issuer)
    local = parts.hostname in ("localhost", "127.0.0.1")
    if (
        not parts.netloc
        or parts.scheme not in (("https", "http") if local else ("https",))
        or "@" in parts.netloc
    ):
        raise _wrong(f"the issuer of {name} is no https address")
    return Provider(
        name, str(entry["name"]), issuer, str(entry["client_id"]), str(entry.get("secret", "")),
        tuple(str(host) for host in entry.get("hosts", ())), entry.get("link_by_mail") is True, entry.get("self_signup") is True,
    )  # fmt: skip


def _wrong(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"KEPU_SIGN_IN_PROVIDERS: {why}. It is a list such as {_EXAMPLE}")


def read_keys(paths: str) -> list[dict[str, Any]]:
    """The keys with which we vouch for our people, from the files named in ``KEPU_OIDC_KEYS``, the newest first.

    The first signs; the others are still published, so that what they signed can be checked.
    """
    keys = []
    for age, path in enumerate(part.strip() for part in paths.split(",") if part.strip()):
        try:
            pem = Path(path).read_text()
        except (OSError, UnicodeDecodeError) as fault:
            raise ImproperlyConfigured(
                f"KEPU_OIDC_KEYS: {path} cannot be read ({type(fault).__name__}). Make one: kepu oidc key {path}"
            ) from None
        if "PRIVATE KEY" not in pem:
            raise ImproperlyConfigured(
                f"KEPU_OIDC_KEYS: {path} holds no private key. Make one: kepu oidc key {path}"
            )
        keys.append({"pem": pem, "issued_at": datetime(2001, 1, 1, tzinfo=UTC) - timedelta(days=age)})
    return keys
