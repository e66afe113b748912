"""What the worker does for this module: tells the units of a training."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kepu.core import outbox
from kepu.support import actions
from kepu.support.actions.telling import CARRY_ON


@outbox.handles(CARRY_ON)
def tell_units(payload: dict[str, Any], at: datetime) -> None:
    actions.tell_units(**payload, at=at)
