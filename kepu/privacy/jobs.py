"""What the worker does for this module once a day."""

from __future__ import annotations

from datetime import datetime

from kepu.core.calendar import day_of
from kepu.notices.models import Season
from kepu.orgs.actor import SYSTEM
from kepu.privacy import actions, rules


def erase_due(at: datetime) -> list[Season]:
    """Take the people out of every closed season whose term is over; gives the seasons. Idempotent."""
    due = []
    for season in Season.objects.filter(is_open=False).exclude(erasure__done_at__isnull=False).order_by("pk"):
        first = rules.erasable_on(season)
        if first is not None and day_of(at) >= first:
            actions.erase_season(season, by=SYSTEM, at=at)
            due.append(season)
    return due
