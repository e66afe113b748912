"""What the worker does for this module: carries sendings on, batch by batch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kepu.core import outbox
from kepu.notices.actions.delivering import carry_on
from kepu.notices.actions.sending import CARRY_ON


@outbox.handles(CARRY_ON)
def carry_on_sending(payload: dict[str, Any], at: datetime) -> None:
    carry_on(**payload, at=at)
