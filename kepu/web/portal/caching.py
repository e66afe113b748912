"""Pages of the public may be kept by anybody: browsers, a CDN, nginx. They set no cookie and ask for no session.

What a page shows it says with names (:mod:`kepu.core.public`) in ``Surrogate-Key``. A cache that is told what has changed
(:mod:`kepu.core.purging`) may keep it longer than others: for what ``Surrogate-Control`` says, which others do not know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

import kepu
from kepu.core import public as names
from kepu.orgs.models import Place
from kepu.web.looks import look_of
from kepu.web.request import Request

View = Callable[..., HttpResponse]

# A change is before everybody within five seconds: a shared cache keeps a page for three, what this process remembers is two
# seconds old at most (kepu.web.remembering), and a browser asks each time, to be told that nothing has changed.
SHARED = 3
STALE = 600  # how much longer, when we cannot answer
KEYS, LIFE = "Surrogate-Key", "Surrogate-Control"
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows, and the instant at which time alone makes it another."""

    names: tuple[str, ...]
    turns: datetime


def shows(request: Request, *shown: str, turns: datetime | None = None) -> None:
    """A view says what its page shows; acts that change any of it name it too (:func:`kepu.core.public.changed`).

    Only such a page may be kept for long, and never past the instant at which it ``turns``. Unless that is said it is the
    next full minute: whatever begins, ends or falls due does so by the minute.
    """
    minute = request.at.replace(second=0, microsecond=0) + ONE_MINUTE
    request.shown = Shown(shown, turns or minute)


def shows_place(request: Request, place: Place | None) -> None:
    """A page of what is in a place, None for the nation; what is counted and listed in the places inside is part of it."""
    shows(request, names.of_place(place.path if place is not None else "/"))


def public(view: View | None = None, *, seconds: int = 0) -> Any:
    """A page for everybody: with a tag, so that an unchanged one is not sent twice, and leave to keep it a moment.

    ``seconds`` is for what may be shown longer without asking again.

    A flash message or the clock of a rehearsal makes it one person's page, which nobody keeps.
    """
    if view is None:
        return lambda view: public(view, seconds=seconds)

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if is_personal(request):
            response.headers["Cache-Control"] = "private, no-store"
            return response
        if response.status_code not in (200, 302, 304):
            return response
        kept = f"max-age={seconds}" if seconds else f"max-age=0, s-maxage={SHARED}"
        life = f"public, {kept}, stale-if-error={STALE}"
        response.headers.setdefault("Cache-Control", life)
        if response.status_code == 200 and request.method in ("GET", "HEAD"):
            if not response.has_header("ETag"):
                response.headers["ETag"] = tag_of(response.content)
            unchanged = get_conditional_response(request, etag=response.headers["ETag"], response=response)
            response = response if unchanged is None else unchanged
        return _named(response, request)

    return shown


def _named(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """The answer with what it shows, and with the life that it may have where changes are told."""
    if "public" not in response.headers["Cache-Control"]:
        return response
    shown: Shown | None = getattr(request, "shown", None)
    response.headers[KEYS] = " ".join((names.EVERYTHING, *(shown.names if shown else ())))
    if shown is not None and settings.KEPU_PURGE and response.status_code in (200, 304):
        left = int((shown.turns - request.at).total_seconds())  # type: ignore[attr-defined]
        response.headers[LIFE] = f"max-age={max(1, min(left, settings.KEPU_SHARED_SECONDS))}"
    return response


def is_personal(request: HttpRequest) -> bool:
    """Whether the page will say something that only this visitor shall read."""
    return settings.KEPU_REHEARSAL or bool(request.COOKIES.get(CookieStorage.cookie_name))


def unchanged(request: HttpRequest, *, tag: str, since: datetime) -> HttpResponse | None:
    """304 where the visitor already has what has this :func:`version_tag`; else None, and :func:`stamped` marks the page."""
    if is_personal(request):
        return None
    answer = get_conditional_response(request, etag=tag, last_modified=int(since.timestamp()))
    return answer and stamped(answer, tag=tag, since=since)


def stamped(response: HttpResponse, *, tag: str, since: datetime) -> HttpResponse:
    """The page with the tag and the date of the version it shows."""
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(since.timestamp())
    return response


def tag_of(*parts: bytes) -> str:
    return quote_etag(hashlib.sha256(b"\0".join(parts)).hexdigest()[:32])


def version_tag(request: HttpRequest, version: str, since: datetime) -> str:
    """What is shown, in which language and look, made by which release: any of them makes another page."""
    language = getattr(request, "LANGUAGE_CODE", "")
    parts = (version, since.isoformat(), language, look_of(request).key, release())
    return tag_of(*(part.encode() for part in parts))


def release() -> str:
    """What tells one release from another: its version, and the styles and scripts that came with it."""
    return f"{kepu.__version__} {getattr(staticfiles_storage, 'manifest_hash', '')}"[:64]
