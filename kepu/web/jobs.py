"""What the worker draws for the portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kepu.activities.showing import SHOWN
from kepu.core import outbox
from kepu.web.portal.activities import storing
from kepu.web.portal.activities.beside import storing as beside


@outbox.handles(SHOWN)
def draw_what_was_published(payload: dict[str, Any], at: datetime) -> None:
    storing.store([payload["activity_id"]], at=at)
    beside.look([payload["activity_id"]], at=at)


@outbox.handles(storing.ANEW)
def draw_anew(payload: dict[str, Any], at: datetime) -> None:
    storing.store_next(payload["after"], at=at)


@outbox.handles(beside.OLDER)
def look_beside_older(payload: dict[str, Any], at: datetime) -> None:
    """Once for an installation with activities from before anything stood beside them: migration 0003 orders it."""
    beside.look_at_older(payload["after"], at=at)
