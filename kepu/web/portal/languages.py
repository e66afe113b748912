"""A page of the public in each language: which address it has, and what says so to search engines. Pure.

The address without a language is the Chinese page; ``?lang=en`` is the English one (:func:`kepu.web.middleware.language`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from kepu.web.carrying import IN_ADDRESS
from kepu.web.portal.activities.markup import whole_address

HREFLANG = {"zh-hans": "zh-Hans", "en": "en"}
LOCALES = {"zh-hans": "zh_CN", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """``here`` is the canonical address of the page as it is shown; ``others`` are (hreflang, address), with x-default."""

    here: str
    others: tuple[tuple[str, str], ...]
    locale: str
    other_locales: tuple[str, ...]


def spoken() -> str:
    """The language of the page that is being made, by its code."""
    code = get_language() or ""
    return code if code in HREFLANG else settings.LANGUAGE_CODE


def in_language(path: str, code: str) -> str:
    """The path of a page in a language; its own where that is the language it has without saying so."""
    if code == settings.LANGUAGE_CODE:
        return path
    return f"{path}{'&' if '?' in path else '?'}{IN_ADDRESS}={code}"


def addresses(path: str) -> Addresses:
    """All of a page's addresses."""
    here = spoken()
    others = [(HREFLANG[code], whole_address(in_language(path, code))) for code in HREFLANG]
    return Addresses(
        whole_address(in_language(path, here)), (*others, ("x-default", whole_address(path))), LOCALES[here],
        tuple(LOCALES[code] for code in LOCALES if code != here),
    )  # fmt: skip
