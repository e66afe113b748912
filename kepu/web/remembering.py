"""Answers for everybody, remembered by this process for a moment: a rush on one page is drawn once.

Only what a view calls public is remembered (:mod:`kepu.web.portal.caching`), for so short a time that nobody reads an old
page for long: with the seconds for which a shared cache may keep it, a change is before everybody within five. That a page
has not changed is remembered as well: whoever asks with its tag is told so, though nobody asked for the page itself.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from kepu.web.looks import COOKIE as LOOK
from kepu.web.portal.caching import KEYS, LIFE, is_personal

MOST = 1000  # answers
LARGEST = 200_000  # bytes of one
# what a 304 repeats of the answer it stands for (RFC 9110, 15.4.5)
_KEPT_OF_304 = ("Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Vary", "Last-Modified", KEYS, LIFE)  # fmt: skip
Answer = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer as it went out; ``content`` is None where only its tag is known, of a page that had not changed."""

    until: float
    content: bytes | None
    headers: dict[str, str]

    def answer(self, request: HttpRequest) -> HttpResponse | None:
        """What this visitor gets; None for the page itself where there is only a tag."""
        if self._is_at_hand(request.META.get("HTTP_IF_NONE_MATCH")):
            kept = {name: self.headers[name] for name in _KEPT_OF_304 if name in self.headers}
            # a server that is told no length sends pieces, of which a 304 has none
            return HttpResponseNotModified(headers={**kept, "Content-Length": "0"})
        return None if self.content is None else HttpResponse(self.content, headers=self.headers)

    def _is_at_hand(self, asked: str | None) -> bool:
        """Whether the visitor has this very page. A proxy that packs it calls its tag a weak one."""
        tag = self.headers.get("ETag", "")
        if not asked or not tag:
            return False
        return asked == tag or tag in (one.removeprefix("W/") for one in parse_etags(asked))


class Middleware:
    """The outermost: what it remembers has passed through all the others."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.kept: OrderedDict[Key, Remembered] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds: float = settings.KEPU_REMEMBER
        if not seconds or request.method != "GET" or is_personal(request):
            return self.get_response(request)
        key = self._key(request)
        found = self.kept.get(key)
        began = time.monotonic()  # what is drawn may be as old as its first query
        if found is not None and began < found.until and (answer := found.answer(request)) is not None:
            return answer
        response = self.get_response(request)
        if self._may_keep(response):
            content = response.content if response.status_code == 200 else None
            self._keep(key, Remembered(began + seconds, content, _soon_over(dict(response.items()))))
        return response

    def _keep(self, key: Key, answer: Remembered) -> None:
        self.kept[key] = answer
        self.kept.move_to_end(key)
        while len(self.kept) > MOST:
            self.kept.popitem(last=False)

    def _key(self, request: HttpRequest) -> Key:
        """All that makes one public page another: nothing else of the visitor is ever looked at."""
        meta, cookies = request.META, request.COOKIES
        return (
            request.scheme or "", meta.get("HTTP_HOST", ""), request.get_full_path(), cookies.get(settings.LANGUAGE_COOKIE_NAME, ""),
            cookies.get(LOOK, ""), meta.get("HTTP_SAVE_DATA", ""), meta.get("HTTP_HX_REQUEST", ""), meta.get("HTTP_HX_TARGET", ""),
            meta.get("HTTP_ACCEPT_ENCODING", "") if meta.get("HTTP_RANGE") else "",
        )  # fmt: skip

    def _may_keep(self, response: HttpResponse) -> bool:
        control = response.get("Cache-Control", "")
        return (
            response.status_code in (200, 304) and "public" in control and "s-maxage" in control and not response.streaming
            and not response.cookies and not response.has_header("Content-Encoding") and len(response.content) <= LARGEST
        )  # fmt: skip


def _soon_over(headers: dict[str, str]) -> dict[str, str]:
    """A remembered page may be older than a change that a cache was told of: it must not get a long life there again."""
    return {**headers, LIFE: "max-age=1"} if LIFE in headers else headers
