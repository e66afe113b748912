"""What an act sets going: rows written with the change, carried out after the commit by ``kepu worker``.

A handler is a function of one payload and must be idempotent: a worker that dies between doing and noting does it
again. Rows move waiting → sending → sent; a row that stays in *sending* longer than ``STUCK_AFTER`` comes back, and
one that fails is tried again later, at most ``MAX_ATTEMPTS`` times. Rows of a kind that is handled together
(:func:`handles_together`) wait for :func:`deliver_together`, which hands over all that are due in one call.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from traceback import format_exc
from typing import Any

from django.db.models import F, QuerySet

from kepu.core import keys
from kepu.core.contacts import mask_text
from kepu.core.db import Gathering, in_transaction, running_act, transaction
from kepu.core.models import OutboxRow, OutboxState

MAX_ATTEMPTS = 8
STUCK_AFTER = timedelta(minutes=5)
FIRST_WAIT = 30  # seconds before a row that failed is tried again; then twice as long each time

_CLOSED = "~"  # under which a payload holds what is closed
_COLUMN = "core_outboxrow.payload"

log = logging.getLogger(__name__)
Handler = Callable[[dict[str, Any], datetime], None]
HandlerOfMany = Callable[[Sequence[dict[str, Any]], datetime], None]
_handlers: dict[str, Handler] = {}
_together: dict[str, tuple[HandlerOfMany, int]] = {}  # with the seconds of its first wait


class _Rows(Gathering):
    order = 50

    def __init__(self) -> None:
        self.rows: list[OutboxRow] = []

    def write(self) -> None:
        OutboxRow.objects.bulk_create(self.rows, batch_size=500)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of one kind of row; modules do so in their ``jobs`` or ``messages``."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def handles_together(kind: str, *, wait: int = FIRST_WAIT) -> Callable[[HandlerOfMany], HandlerOfMany]:
    """Register the handler of a kind whose rows are handed over together; after ``wait`` seconds it is tried again."""

    def register(handler: HandlerOfMany) -> HandlerOfMany:
        _together[kind] = handler, wait
        return handler

    return register


@in_transaction
def send(kind: str, /, *, at: datetime, closed: dict[str, Any] | None = None, **payload: Any) -> None:
    """Write a row with the act under way.

    What ``closed`` holds (an address, a code) lies encrypted, is handed to the handler with the rest, and goes from the
    row once it was carried out.
    """
    if closed:
        payload[_CLOSED] = keys.encrypted(json.dumps(closed), column=_COLUMN)
    running_act().gather(_Rows).rows.append(OutboxRow(kind=kind, payload=payload, written_at=at, due_at=at))


def plain(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload without what is closed in it."""
    return {name: value for name, value in payload.items() if name != _CLOSED}


def opened(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload as its handler takes it, with what was closed."""
    closed = payload.get(_CLOSED)
    return plain(payload) | (json.loads(keys.decrypted(closed, column=_COLUMN)) if closed else {})


@in_transaction
def close_anew(*, size: int = 500) -> int:
    """Close up to ``size`` payloads with the key that stands first; returns how many. For a change of keys."""
    done = 0
    for row in OutboxRow.objects.select_for_update().filter(payload__has_key=_CLOSED).order_by("id"):
        if done < size and not keys.is_current(row.payload[_CLOSED]):
            text = keys.decrypted(row.payload[_CLOSED], column=_COLUMN)
            row.payload[_CLOSED] = keys.encrypted(text, column=_COLUMN)
            row.save(update_fields=["payload"])
            done += 1
    return done


@transaction
def _claim(at: datetime, size: int, among: QuerySet[OutboxRow] | None = None) -> list[OutboxRow]:
    among = OutboxRow.objects.exclude(kind__in=_together) if among is None else among
    stuck = among.filter(state=OutboxState.SENDING, due_at__lte=at)
    # a row that kills its worker every time must end too
    stuck.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=OutboxState.FAILED, last_error="The worker died at it."
    )
    stuck.update(state=OutboxState.WAITING)
    rows = list(
        among.select_for_update(skip_locked=True)
        .filter(state=OutboxState.WAITING, due_at__lte=at)
        .order_by("due_at", "id")[:size]
    )
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=OutboxState.SENDING, due_at=at + STUCK_AFTER, attempts=F("attempts") + 1
    )
    return rows


@transaction
def _settle(row: OutboxRow, error: str, at: datetime) -> None:
    if error:
        _note_failure(row, error, at, FIRST_WAIT)
        return
    done: dict[str, Any] = {"state": OutboxState.SENT, "last_error": ""}
    if _CLOSED in row.payload:
        done["payload"] = plain(row.payload)
    OutboxRow.objects.filter(pk=row.pk, state=OutboxState.SENDING).update(**done)


@in_transaction
def _note_failure(row: OutboxRow, error: str, at: datetime, wait: int) -> None:
    # by its attempts: another may have it by now, and has not failed
    claimed = OutboxRow.objects.filter(pk=row.pk, state=OutboxState.SENDING, attempts=row.attempts + 1)
    if row.attempts + 1 >= MAX_ATTEMPTS:
        claimed.update(state=OutboxState.FAILED, last_error=error)
    else:
        due_at = at + timedelta(seconds=wait * 2**row.attempts)
        claimed.update(state=OutboxState.WAITING, last_error=error, due_at=due_at)


def deliver(*, at: datetime, size: int = 100) -> int:
    """Carry out up to ``size`` rows that are due; returns how many were claimed. Safe beside other workers."""
    rows = _claim(at, size)
    for row in rows:
        error = _failing(f"row {row.pk} ({row.kind})", partial(_carry_out, row, at))
        _settle(row, error, at)
    return len(rows)


def _carry_out(row: OutboxRow, at: datetime) -> None:
    _handlers[row.kind](opened(row.payload), at)


def deliver_together(kind: str, *, at: datetime, size: int = 500) -> int:
    """Hand up to ``size`` rows of a kind that are due to its handler in one call; returns how many. Safe beside other
    workers, and one query where none is due. When it goes well, those that failed before are due at once.
    """
    among = OutboxRow.objects.filter(kind=kind)
    open_ones = among.filter(state__in=(OutboxState.WAITING, OutboxState.SENDING))
    if not open_ones.filter(due_at__lte=at).exists():
        return 0
    rows = _claim(at, size, among)
    if rows:
        handler, wait = _together[kind]
        error = _failing(f"rows of {kind}", lambda: handler([opened(row.payload) for row in rows], at))
        _settle_together(kind, rows, error, at, wait)
    return len(rows)


@transaction
def _settle_together(kind: str, rows: Sequence[OutboxRow], error: str, at: datetime, wait: int) -> None:
    if error:
        for row in rows:
            _note_failure(row, error, at, wait)
        return
    claimed = OutboxRow.objects.filter(pk__in=[row.pk for row in rows], state=OutboxState.SENDING)
    claimed.update(state=OutboxState.SENT, last_error="")
    failed = OutboxRow.objects.filter(kind=kind, state=OutboxState.WAITING, attempts__gt=0, due_at__gt=at)
    failed.update(due_at=at)


def _failing(what: str, carry_out: Callable[[], None]) -> str:
    """What went wrong, without addresses; "" where nothing did."""
    try:
        carry_out()
    except Exception as fault:  # noqa: BLE001  # whatever a handler raises is written down; a mail server names whom it refuses
        log.error("Outbox %s failed: %s", what, mask_text(format_exc()))
        return mask_text(f"{type(fault).__name__}: {fault}")
    return ""


@transaction
def forget_sent(*, before: datetime, size: int = 5000) -> int:
    """Delete up to ``size`` rows carried out that were written before an instant; returns how many."""
    old = OutboxRow.objects.filter(state=OutboxState.SENT, written_at__lt=before).order_by("id")[:size]
    return OutboxRow.objects.filter(pk__in=[row.pk for row in old.only("pk")]).delete()[0]
