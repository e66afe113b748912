"""What the worker does for the copying of a season: one batch per row, until none is left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kepu.core import outbox
from kepu.notices.actions.copying import copy_next_notices
from kepu.notices.queries.seasons import COPY
from kepu.orgs.actor import SYSTEM


@outbox.handles(COPY)
def carry_copy_on(payload: dict[str, Any], at: datetime) -> None:
    copy_next_notices(**payload, by=SYSTEM, at=at)
