"""Cancelling an import, and taking up work that has stopped."""

from __future__ import annotations

from datetime import datetime

from kepu.core.db import transaction
from kepu.intake import rules
from kepu.intake.actions.steps import CHECK, FILE, go_on, move, touch
from kepu.intake.models import SheetImport
from kepu.intake.workflow import Event, LineState, State
from kepu.orgs.actor import Actor


@transaction
def cancel_import(sheet: SheetImport, *, by: Actor, at: datetime) -> SheetImport:
    """Go no further with a sheet. What has become an activity stays one; the lines can be looked at until they are forgotten."""
    rules.check_cancel(by, sheet)
    sheet.lines.filter(state=LineState.ASKED).update(state=LineState.READY)
    move(sheet, State.CANCELLED, event=Event.CANCELLED, by=by, at=at, before=str(sheet.state))
    return sheet


@transaction
def resume_import(sheet: SheetImport, *, by: Actor, at: datetime) -> SheetImport:
    """Hand work that has not come on for a while to the worker again."""
    rules.check_resume(by, sheet, at)
    touch(sheet, event=Event.RESUMED, by=by, at=at)
    go_on(sheet, CHECK if sheet.state == State.CHECKING else FILE, at=at)
    return sheet
