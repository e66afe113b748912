"""A page whose address names its language (``?lang=en``) leads on in that language: each of its own links, forms and pieces
carries the name along. So a visitor who came by such a link stays in it, without a cookie, and a cache keeps one page for all.
"""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings
from django.urls import reverse

IN_ADDRESS = "lang"
_NAMED = re.compile(rf"[?&;]{IN_ADDRESS}=")
_LEADING = re.compile(
    rb'(?P<form><form\b[^>]*>)|(?P<name> (?:href|formaction|hx-get|hx-post|data-near)=")(?P<to>[/?][^"]*)'
)
_SENDING = re.compile(rb'(?P<name> (?:action|hx-post)=")(?P<to>[/?][^"]*)')


def carrying(address: str, code: str, *, ampersand: str = "&") -> str:
    """An address of ours in a language; one of others, one that names its language and one that has none as they are."""
    if (
        not address.startswith(("/", "?"))
        or address.startswith(_without_language())
        or _NAMED.search(address)
    ):
        return address
    to, hash_, part = address.partition("#")
    return f"{to}{ampersand if '?' in to else '?'}{IN_ADDRESS}={code}{hash_}{part}"


def page_carrying(page: bytes, code: str) -> bytes:
    """An HTML page of which all that leads on inside this site goes on in a language."""

    def lead(found: re.Match[bytes]) -> bytes:
        return found["name"] + carrying(found["to"].decode(), code, ampersand="&amp;").encode()

    def lead_or_send(found: re.Match[bytes]) -> bytes:
        form = found["form"]
        if form is None:
            return lead(found)
        if b'method="post"' in form:
            return _SENDING.sub(lead, form)
        # a form that asks replaces the query of its address
        return form + f'<input type="hidden" name="{IN_ADDRESS}" value="{code}">'.encode()

    return _LEADING.sub(lead_or_send, page)


@cache
def _without_language() -> tuple[str, ...]:
    """What speaks no language, what stands elsewhere, and where a language is chosen."""
    return "//", settings.STATIC_URL, "/pictures/", reverse("language")
