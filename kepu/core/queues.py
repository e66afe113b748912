"""Reads: how the outbox is doing, told without what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from kepu.core.models import OutboxRow, OutboxState
from kepu.core.paging import Page, page


@dataclass(frozen=True, slots=True)
class Queue:
    """How many rows stand in each state, and since when the oldest one waits."""

    waiting: int
    sending: int
    failed: int
    oldest_due: datetime | None


def outbox_now() -> Queue:
    """The rows not yet done. One query."""
    rows = OutboxRow.objects.exclude(state=OutboxState.SENT).order_by("state").values_list("state")
    counted = {state: (n, oldest) for state, n, oldest in rows.annotate(n=Count("pk"), oldest=Min("due_at"))}
    waiting, oldest_due = counted.get(OutboxState.WAITING, (0, None))
    sending, _due = counted.get(OutboxState.SENDING, (0, None))
    failed, _due = counted.get(OutboxState.FAILED, (0, None))
    return Queue(waiting, sending, failed, oldest_due)


def failures(*, cursor: str = "", size: int = 30) -> Page[OutboxRow]:
    """The rows given up, the last one first, without their payload. One query."""
    rows = OutboxRow.objects.filter(state=OutboxState.FAILED).defer("payload")
    return page(rows, order=("-due_at", "-id"), cursor=cursor, size=size)


def kind_of_error(row: OutboxRow) -> str:
    """What went wrong by its kind alone: the rest of the sentence may name an address."""
    return row.last_error.partition(":")[0][:60]
