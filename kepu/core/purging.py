"""Telling the caches in front what has changed: one PURGE with its names in a header, to each address that the operator
has given.

Names of many acts go in one call. A page that was being made while an act committed may come into the cache after the
call, so that the same names are told a second time, a little later. A cache that does not answer is told again, until
everything that it could still hold has ended by itself (:data:`LONGEST_LIFE`); then there is nothing left to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.dateparse import parse_datetime

from kepu.core import outbox, public
from kepu.core.db import transaction

LONGEST_LIFE = 300  # seconds for which a page may ever be kept: no longer than a cache is told again
FIRST_WAIT = (
    3  # seconds before it is told again; then twice as long each time: 3 + 6 + … + 192 are more than the life
)
SECOND_CALL = timedelta(seconds=1)  # after what a process remembers has ended
NAMES_AT_ONCE = 100  # in one header
PATIENCE = 5.0  # seconds for one cache


class NotPurged(Exception):
    """A cache that could not be told. ``str()`` says which and why, and holds no secret."""


def purge(names: Sequence[str]) -> None:
    """Tell every cache to let go whatever bears one of these names. Raises :class:`NotPurged` when all were tried."""
    failed = []
    for address in settings.KEPU_PURGE:
        try:
            for begin in range(0, len(names), NAMES_AT_ONCE):
                _call(address, names[begin : begin + NAMES_AT_ONCE])
        except (OSError, HTTPException, ValueError) as fault:
            failed.append(f"{_said(address)}: {(str(fault) or type(fault).__name__)[:100]}")
    if failed:
        raise NotPurged("; ".join(failed))


@outbox.handles_together(public.CHANGED, wait=FIRST_WAIT)
def tell(payloads: Sequence[dict[str, Any]], at: datetime) -> None:
    """Tell what many acts have changed. What is told for the first time is told again."""
    live = [one for one in payloads if at - _instant(one["since"]) < timedelta(seconds=LONGEST_LIFE)]
    if not (names := _union(live)):
        return
    purge(names)
    if first := _union(one for one in live if not one.get("again")):
        _tell_again(first, at=at)


@transaction
def _tell_again(names: list[str], *, at: datetime) -> None:
    later = at + timedelta(seconds=settings.KEPU_REMEMBER) + SECOND_CALL
    outbox.send(public.CHANGED, at=later, names=names, since=at.isoformat(), again=True)


@transaction
def forget_everything(*, at: datetime) -> None:
    """Have the caches let go of all: another release may draw other pages."""
    public.changed([public.EVERYTHING], at=at)


def _union(payloads: Iterable[dict[str, Any]]) -> list[str]:
    names = {name for one in payloads for name in one["names"]}
    return [public.EVERYTHING] if public.EVERYTHING in names else sorted(names)


def _instant(text: str) -> datetime:
    instant = parse_datetime(text)
    assert instant is not None  # isoformat wrote it
    return instant


def _call(address: str, names: Sequence[str]) -> None:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    headers = {"Surrogate-Key": " ".join(names), "Authorization": f"Bearer {settings.KEPU_PURGE_SECRET}"}
    try:
        connection.request("PURGE", parts.path or "/", headers=headers)
        answer = connection.getresponse()
        answer.read(1000)
        if not 200 <= answer.status < 300:
            raise HTTPException(f"HTTP {answer.status}")
    finally:
        connection.close()


def _said(address: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(address)
    return (
        f"{parts.scheme}://{parts.hostname}:{parts.port}"
        if parts.port
        else f"{parts.scheme}://{parts.hostname}"
    )
