"""What the worker does for this module: carries sendings on, and reminds whoever has not opened a notice before a deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings

from kepu.core import outbox
from kepu.notices.actions.delivering import carry_on
from kepu.notices.actions.pressing import remind_before_deadline
from kepu.notices.actions.sending import CARRY_ON
from kepu.notices.queries.deadlines import notices_unopened
from kepu.orgs.actor import SYSTEM


@outbox.handles(CARRY_ON)
def carry_on_sending(payload: dict[str, Any], at: datetime) -> None:
    carry_on(**payload, at=at)


def remind_before_deadlines(at: datetime, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Once a day: remind whoever has not opened a notice that asks something soon, once for each; returns how many."""
    days = settings.KEPU_REMIND_WORKING_DAYS
    reminded = 0
    for notice in notices_unopened() if days > 0 else ():
        while not stop() and (n := remind_before_deadline(notice, days=days, by=SYSTEM, at=at)):
            reminded += n
    return reminded
