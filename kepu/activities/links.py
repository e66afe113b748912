"""When a link is looked at, what an answer means, when its host is told. Pure, but for :func:`told_of`.

A link is looked at once it is public, a day, two hours and a quarter of an hour before each time it begins, daily from then
on, and for the last time a month after the end. One that fails is looked at again sooner, then ever more seldom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.dateparse import parse_datetime

from kepu.activities.models import LinkOutcome, Mode, OnlineLink, PublicationStatus
from kepu.core.outgoing import NoEnd, NotReached, NotSafe, NotTrusted

ONLINE = (Mode.ONLINE, Mode.MIXED)
TAKES_PLACE = (
    PublicationStatus.ON, PublicationStatus.CHANGED, PublicationStatus.POSTPONED, PublicationStatus.OVER
)  # fmt: skip
FAILING = frozenset(LinkOutcome) - {LinkOutcome.FINE, LinkOutcome.UNSURE}
BEFORE = (timedelta(days=1), timedelta(hours=2), timedelta(minutes=15))
DAILY, WEEKLY = timedelta(days=1), timedelta(days=7)
KEPT_AFTER = timedelta(days=30)  # how long after the end a replay is looked at
AGAIN = timedelta(minutes=10)  # after the first failure; then twice as long each time, to a day
PACE = timedelta(seconds=5)  # between two looks at one server
UNTIL_TOLD, TOLD_AFTER = 3, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found; ``status`` where somebody answered."""

    outcome: LinkOutcome
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """When a link is needed: each time it begins, and when all is over; no end while its time is to be told."""

    starts: tuple[datetime, ...]
    ends_at: datetime | None


def seen(answer: int | Exception) -> Seen:
    """What a status, or what :func:`kepu.core.outgoing.look` raised, means for whoever would open the link."""
    if isinstance(answer, NotSafe):
        return Seen(LinkOutcome.NOT_PUBLIC)
    if isinstance(answer, NotTrusted):
        return Seen(LinkOutcome.UNSURE)
    if isinstance(answer, NoEnd):
        return Seen(LinkOutcome.NO_END)
    if isinstance(answer, NotReached):
        return Seen(LinkOutcome.UNREACHED)
    if isinstance(answer, Exception):
        raise answer
    if answer in (404, 410):
        return Seen(LinkOutcome.GONE, answer)
    if answer >= 500:
        return Seen(LinkOutcome.BROKEN, answer)
    # 416: it is there, and shorter than what was asked for; a wall against programs says 401, 403, 429 and the like
    fine = 200 <= answer < 300 or answer in (304, 416)
    return Seen(LinkOutcome.FINE if fine else LinkOutcome.UNSURE, answer)


def server_of(url: str) -> str:
    """The name of the server an address leads to, in small letters; "" for what is no web address."""
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
    except ValueError:
        return ""
    return name[:255] if parts.scheme in ("http", "https") else ""


def times_of(content: Mapping[str, Any], *, time_pending: bool = False) -> Times:
    """The times of a copy that the public reads: of its sessions that go ahead, or its own."""
    if time_pending:
        return Times((), None)
    sessions = [one for one in content.get("sessions") or () if one.get("status") != "cancelled"]
    starts = _instants(one.get("starts_at") for one in sessions) or _instants([content.get("starts_at")])
    ends = _instants([content.get("ends_at"), *(one.get("ends_at") for one in sessions)])
    return Times(tuple(sorted(starts)), max(ends, default=None))


def next_look(times: Times, failures: int, *, at: datetime) -> datetime | None:
    """When to look again after a look at ``at``; None once nobody needs it any more."""
    if times.ends_at is not None and at >= times.ends_at + KEPT_AFTER:
        return None
    started = any(start <= at for start in times.starts)
    due = [at + (DAILY if started else WEEKLY)]
    due += [start - before for start in times.starts for before in BEFORE if start - before > at]
    if failures:
        soon = any(at < start <= at + BEFORE[1] for start in times.starts)
        due.append(at + (AGAIN if soon else min(AGAIN * 2 ** min(failures - 1, 8), DAILY)))
    return min(due)


def is_to_tell(failures: int, failing_since: datetime | None, *, at: datetime) -> bool:
    """Whether it has failed often and long enough to say so."""
    return failing_since is not None and failures >= UNTIL_TOLD and at - failing_since >= TOLD_AFTER


def told_of(activities: Iterable[int]) -> dict[int, datetime]:
    """Of some activities those whose link does not open and whose host knows, with since when it failed. One query."""
    rows = OnlineLink.objects.filter(pk__in=list(activities), told_at__isnull=False).order_by("pk")
    return {pk: since for pk, since in rows.values_list("pk", "failing_since") if since is not None}


def _instants(texts: Iterable[str | None]) -> list[datetime]:
    return [instant for text in texts if text and (instant := parse_datetime(text))]
