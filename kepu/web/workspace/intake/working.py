"""A short sheet is worked through at once: a town clerk waits for no worker. A long one is the worker's."""

from __future__ import annotations

from datetime import datetime

from kepu.intake import actions
from kepu.intake.models import SheetImport

CHECKED_AT_ONCE, FILED_AT_ONCE = 60, 50  # lines


def check_now(sheet: SheetImport, *, at: datetime) -> bool:
    """The dry run of a short sheet; whether it was short."""
    if sheet.asked > CHECKED_AT_ONCE:
        return False
    while actions.check_some(sheet.pk, at=at):
        pass
    return True


def file_now(sheet: SheetImport, *, at: datetime) -> bool:
    """The filing of a few lines; whether they were few."""
    if sheet.asked > FILED_AT_ONCE:
        return False
    while actions.file_some(sheet.pk, at=at):
        pass
    return True
