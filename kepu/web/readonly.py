"""A page that reads may only read: GET and HEAD run under a wrapper that refuses anything but SELECT.

So no page can change data by being looked at, prefetched or crawled, and any of them may be answered by a replica or
a cache. The guard stands inside the session's middleware: a session may still be renewed or ended around a page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

_READS = re.compile(
    r"\s*\(*\s*(SELECT|EXPLAIN|PRAGMA|SHOW|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b", re.I
)
_WITH = re.compile(r"\s*WITH\b", re.I)
_CHANGES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE)\b", re.I)
# A session that proves stale is ended the moment somebody asks who is signed in.
_SESSION = re.compile(rf'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"{Session._meta.db_table}"', re.I)


class PageWrote(RuntimeError):
    """A page that should only read tried to write: a fault of the program, not of the visitor."""


def only_reads(sql: str) -> bool:
    """Whether a statement leaves data and locks as they are."""
    if _WITH.match(sql):
        return not _CHANGES.search(sql)
    if _READS.match(sql):
        return (
            not sql.rstrip().upper().endswith(("FOR UPDATE", "FOR UPDATE NOWAIT", "FOR UPDATE SKIP LOCKED"))
        )
    return bool(_SESSION.match(sql))


def _guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not only_reads(sql):
        if settings.KEPU_READ_ONLY_PAGES == "raise":
            raise PageWrote(f"A page that only reads tried to run: {sql[:200]}")
        log.error("A page that only reads ran: %s", sql[:200])
    return execute(sql, params, many, context)


@contextmanager
def reading() -> Iterator[None]:
    """Refuse every statement that would change something, on every database."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_guard))
        yield


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            with reading():
                return get_response(request)
        return get_response(request)

    return guarded
