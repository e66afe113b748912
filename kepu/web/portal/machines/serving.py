"""The frame of every answer to another program: what may be asked, in which language, how often, and who may keep it.

    @for_machines                       # a fault is a page, for who opened the address by hand
    @for_machines(as_json=True)         # a fault is problem+json
    @for_machines(budget=Budget(…))     # what costs much is counted by address

Nobody's session is read, no cookie is set, and any site's scripts may read the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.gzip import gzip_page

from kepu.web.limits import Budget, wait_for_address
from kepu.web.portal.caching import public
from kepu.web.portal.machines import problems
from kepu.web.portal.machines.problems import Problem
from kepu.web.portal.machines.question import language_of

View = Callable[..., HttpResponse]

OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
ALLOWED = {
    "Allow": "GET, HEAD, OPTIONS", "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Accept", "Access-Control-Max-Age": "86400",
    "Cache-Control": "public, max-age=86400",
}  # fmt: skip


def for_machines(
    view: View | None = None, *, as_json: bool = False, seconds: int = 0, budget: Budget | None = None
) -> Any:
    """A view that only reads; what it raises as :class:`Problem` becomes its answer."""
    if view is None:
        return lambda view: for_machines(view, as_json=as_json, seconds=seconds, budget=budget)
    inner = gzip_page(public(view, seconds=seconds))

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = _answer(request, *args, **kwargs)
        for name, value in OPEN_TO_ALL.items():
            answer.headers[name] = value
        return answer

    def _answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=ALLOWED)
        language = "zh-hans"
        try:
            language = language_of(request)
            with _spoken(request, language):
                _check(request, budget)
                answer = inner(request, *args, **kwargs)
        except Problem as problem:
            with _spoken(request, language):
                answer = problem.as_json(request) if as_json else problem.as_page(request)
        answer.headers["Content-Language"] = language
        return answer

    return served


def _check(request: HttpRequest, budget: Budget | None) -> None:
    if request.method not in ("GET", "HEAD"):
        raise problems.only_read()
    if budget is not None and (wait := wait_for_address(request, budget)) is not None:
        raise problems.too_often(wait)


def _spoken(request: HttpRequest, language: str) -> Any:
    request.LANGUAGE_CODE = language
    return translation.override(language)
