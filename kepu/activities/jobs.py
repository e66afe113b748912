"""What the worker does for this module, and the recount that its tallies must agree with."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from traceback import format_exc
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError

from kepu.activities import actions, queries
from kepu.activities.actions.looking import LOOK, OLDER
from kepu.activities.models import Activity, ActivityQuerySet, Publication
from kepu.activities.workflow import AFTERWARDS
from kepu.core import outbox, tallies
from kepu.core.contacts import mask_text
from kepu.core.refusals import Refused
from kepu.notices.models import Season
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Unit

log = logging.getLogger(__name__)
MOST_TOLD = 1000

tallies.recounts(queries.recount)
tallies.recounts(queries.recount_lists)


def turn_to_next_sessions(at: datetime, *, size: int = 200, stop: Callable[[], bool] = bool) -> int:
    """Where a session has begun, the next one comes into the lists in its place; returns how many. Idempotent.

    One query where none has begun.
    """
    turned = 0
    due = Publication.objects.filter(turns_at__lte=at).order_by("turns_at").values_list("pk", flat=True)
    for pk in due[:size]:
        if stop():
            break
        turned += actions.turn_to_next(pk, at=at)
    return turned


Key = tuple[datetime, int]


@dataclass(slots=True)
class Pass:
    """How far a worker has come in the queue. Its next run goes on behind that, and begins anew once the end is reached."""

    behind: Key | None = None
    told: set[int] = field(default_factory=set)  # activities that the log names already


def publish_due(
    at: datetime, *, size: int = 100, most: int = 500, stop: Callable[[], bool] = bool, since: Pass | None = None
) -> int:  # fmt: skip
    """Publish up to ``size`` activities whose time has come; returns how many were settled. Idempotent.

    One act each: what a gate holds back is called off and its host told, so it is settled too. What cannot be published
    whatever is tried (its row is damaged) is logged and passed by, within a run and, with ``since``, from run to run, so
    it holds up no other. A run looks at no more than ``most``. One query where nothing is due.
    """
    since = Pass() if since is None else since
    settled = looked = 0
    while settled < size and looked < most:
        wanted = min(size - settled, most - looked)
        page = list(_due(at, since.behind)[:wanted])
        for activity in page:
            if stop():
                return settled
            looked += 1
            since.behind = _key(activity)
            settled += _published(activity, since.told, at)
        if len(page) < wanted:  # the end: whatever was passed by is tried again from the next run on
            since.behind = None
            break
    return settled


def _due(at: datetime, behind: Key | None) -> ActivityQuerySet:
    due = Activity.objects.whole().filter(publish_at__lte=at).order_by("publish_at", "id")
    if behind is None:
        return due
    when, pk = behind
    return due.filter(publish_at__gte=when).exclude(publish_at=when, id__lte=pk)


def _key(activity: Activity) -> Key:
    assert activity.publish_at is not None  # it is due
    return activity.publish_at, activity.pk


def _published(activity: Activity, told: set[int], at: datetime) -> bool:
    """Whether it was settled. What is not refused but fails is written down once."""
    try:
        actions.publish_scheduled(activity, by=SYSTEM, at=at)
    except Refused:  # somebody was writing into it, or another worker was faster
        return False
    except (OperationalError, InterfaceError):  # not the row's fault: the database is away
        raise
    except Exception:  # noqa: BLE001  # a damaged row may fail in any way, and must not hold up the rows behind it
        if activity.pk not in told and len(told) < MOST_TOLD:
            told.add(activity.pk)
            log.error("Activity %s could not be published: %s", activity.pk, mask_text(format_exc()))
        return False
    return True


def escalate_late_reviews(at: datetime, *, size: int = 200, stop: Callable[[], bool] = lambda: False) -> int:
    """Whenever the worker looks: reviews whose time has run out are made known, unit by unit; returns how many.

    Each is told of once. A run that finds nothing costs one look at an index.
    """
    told = 0
    while not stop():
        by_unit: dict[Unit, list[Activity]] = {}
        for activity in queries.newly_late(at)[:size]:
            if activity.reviewing_unit is not None:
                by_unit.setdefault(activity.reviewing_unit, []).append(activity)
        n = sum(actions.escalate_reviews(unit, late, by=SYSTEM, at=at) for unit, late in by_unit.items())
        if not n:
            break
        told += n
    return told


def gather_links(at: datetime, *, size: int = 500, rounds: int = 4, stop: Callable[[], bool] = bool) -> int:
    """Once a minute: find the links of what was published or changed in the open seasons; how many copies were gone
    through. A run goes through ``rounds * size`` at most, and the next one goes on from there.
    """
    if not settings.KEPU_CHECK_LINKS:
        return 0
    gone_through = 0
    for season in Season.objects.filter(is_open=True).order_by("pk"):
        for _round in range(rounds):
            if stop() or not (n := actions.gather_links(season, at=at, size=size)):
                break
            gone_through += n
    return gone_through


def look_at_links(at: datetime, *, size: int = 8) -> int:
    """Whenever the worker looks: up to ``size`` links that are due, each of another server; how many were looked at.

    One query where nothing is due.
    """
    if not settings.KEPU_CHECK_LINKS:
        return 0
    claimed = actions.claim_links(at=at, size=size)
    for activity_id, seen in actions.look_at_each(claimed).items():
        actions.note_look(activity_id, seen, at=at)
    return len(claimed)


@outbox.handles(LOOK)
def look_for_doubles(payload: dict[str, Any], at: datetime) -> None:
    actions.look_for_doubles(payload["activity_id"], at=at)


@outbox.handles(OLDER)
def look_at_older(payload: dict[str, Any], at: datetime) -> None:
    """Once for an installation that has activities from before there were likeness marks: migration 0013 orders it."""
    actions.look_at_older(payload["after"], at=at)


def archive_season(season: Season, at: datetime, *, size: int = 500) -> int:
    """Archive up to ``size`` activities of a season that has been closed; returns how many. Run until it says 0.

    Those that are refused just now are passed by, and hold up none behind them.
    """
    if season.is_open:
        return 0
    rows = Activity.objects.whole().filter(season=season, state__in=sorted(AFTERWARDS)).order_by("id")
    archived, last = 0, 0
    while archived < size and (page := list(rows.filter(id__gt=last)[: size - archived])):
        last = page[-1].pk
        for activity in page:
            try:
                actions.archive_activity(activity, by=SYSTEM, at=at)
            except Refused:  # somebody was writing into it; the next run sees it again
                continue
            archived += 1
    return archived
