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
    counted = {
        row["state"]: row
        for row in OutboxRow.objects.exclude(state=OutboxState.SENT)
        .order_by("state").values("state").annotate(n=Count("pk"), oldest=Min("due_at"))
    }  # fmt: skip
    waiting = counted.get(OutboxState.WAITING, {"n": 0, "oldest": None})
    return Queue(
        waiting["n"], counted.get(OutboxState.SENDING, {"n": 0})["n"], counted.get(OutboxState.FAILED, {"n": 0})["n"],
        waiting["oldest"],
    )  # fmt: skip


def failures(*, cursor: str = "", size: int = 30) -> Page[OutboxRow]:
    """The rows given up, the last one first, without their payload. One query."""
    rows = OutboxRow.objects.filter(state=OutboxState.FAILED).defer("payload")
    return page(rows, order=("-due_at", "-id"), cursor=cursor, size=size)


def kind_of_error(row: OutboxRow) -> str:
    """What went wrong by its kind alone: the rest of the sentence may name an address."""
    return row.last_error.partition(":")[0][:60]
