"""What the worker does for this module, and the recount that its tallies must agree with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kepu.activities import actions, queries
from kepu.activities.actions.looking import LOOK
from kepu.activities.models import Activity, Publication
from kepu.activities.workflow import AFTERWARDS
from kepu.core import outbox, tallies
from kepu.core.refusals import Refused
from kepu.notices.models import Season
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Unit

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


def publish_due(at: datetime, *, size: int = 100, stop: Callable[[], bool] = bool) -> int:
    """Publish up to ``size`` activities whose time has come; returns how many were settled. Idempotent.

    One act each: what a gate holds back is called off and its host told, so it is settled too. One query where nothing
    is due.
    """
    due = Activity.objects.whole().filter(publish_at__lte=at).order_by("publish_at", "id")[:size]
    settled = 0
    for activity in due:
        if stop():
            break
        try:
            actions.publish_scheduled(activity, by=SYSTEM, at=at)
        except Refused:  # somebody was writing into it, or another worker was faster
            continue
        settled += 1
    return settled


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


@outbox.handles(LOOK)
def look_for_doubles(payload: dict[str, Any], at: datetime) -> None:
    actions.look_for_doubles(payload["activity_id"], at=at)


def archive_season(season: Season, at: datetime, *, size: int = 500) -> int:
    """Archive up to ``size`` activities of a season that has been closed; returns how many. Run until it says 0."""
    if season.is_open:
        return 0
    rows = Activity.objects.whole().filter(season=season, state__in=sorted(AFTERWARDS)).order_by("id")[:size]
    archived = 0
    for activity in rows:
        try:
            actions.archive_activity(activity, by=SYSTEM, at=at)
        except Refused:  # somebody was writing into it; the next run sees it again
            continue
        archived += 1
    return archived
