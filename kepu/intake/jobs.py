"""What the worker does for this module: sheets checked and filed piece by piece, old cells forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from kepu.core import outbox
from kepu.intake import actions
from kepu.intake.actions.steps import CHECK, FILE

KEPT = timedelta(days=90)


@outbox.handles(CHECK)
def check_some(payload: dict[str, Any], at: datetime) -> None:
    actions.check_some(payload["sheet_id"], version=payload["version"], at=at)


@outbox.handles(FILE)
def file_some(payload: dict[str, Any], at: datetime) -> None:
    actions.file_some(payload["sheet_id"], version=payload["version"], at=at)


def forget_old(at: datetime) -> int:
    """Once a day: the cells of sheets handed in long ago. Returns how many sheets."""
    done = 0
    while n := actions.forget_cells(before=at - KEPT, at=at):
        done += n
    return done
