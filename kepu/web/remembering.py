"""Answers for everybody, remembered by this process for a moment: a rush on one page is drawn once.

Only what a view calls public is remembered (:mod:`kepu.web.portal.caching`), for so short a time that nobody reads an old
page for long: with the seconds for which a shared cache may keep it, a change is before everybody within five.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from kepu.web.looks import COOKIE as LOOK
from kepu.web.portal.caching import is_personal

MOST = 1000  # answers
LARGEST = 200_000  # bytes of one
# what a 304 repeats of the answer it stands for (RFC 9110, 15.4.5)
_KEPT_OF_304 = ("Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Vary", "Last-Modified")
Answer = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer as it went out."""

    until: float
    content: bytes
    headers: dict[str, str]

    def answer(self, request: HttpRequest) -> HttpResponse:
        tag = self.headers.get("ETag", "")
        if tag and request.META.get("HTTP_IF_NONE_MATCH") == tag:
            kept = {name: self.headers[name] for name in _KEPT_OF_304 if name in self.headers}
            # a server that is told no length sends pieces, of which a 304 has none
            return HttpResponseNotModified(headers={**kept, "Content-Length": "0"})
        return HttpResponse(self.content, headers=self.headers)


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
        if found is not None and began < found.until:
            return found.answer(request)
        response = self.get_response(request)
        if self._may_keep(response):
            headers = dict(response.items())
            self.kept[key] = Remembered(began + seconds, response.content, headers)
            self.kept.move_to_end(key)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
        return response

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
            response.status_code == 200 and "public" in control and "s-maxage" in control and not response.streaming
            and not response.cookies and not response.has_header("Content-Encoding") and len(response.content) <= LARGEST
        )  # fmt: skip
