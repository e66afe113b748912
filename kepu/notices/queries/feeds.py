"""Reads: the calendar address of a unit, and the unit of an address."""

from __future__ import annotations

from datetime import datetime

from kepu.core.calendar import day_of
from kepu.notices.models import FeedKey
from kepu.orgs.models import Unit


def feed_key_of(unit: Unit) -> FeedKey | None:
    """The key in use of a unit's calendar. One query."""
    return FeedKey.objects.filter(unit=unit, ended_at=None).first()


def unit_of_feed(key: str, at: datetime) -> Unit | None:
    """The unit whose calendar a key opens; None for one that is unknown or ended, and for a unit that is closed. One query."""
    return Unit.objects.open(day_of(at)).filter(feed_keys__key=key, feed_keys__ended_at=None).first()
