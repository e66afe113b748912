"""Withdraw a notice: it no longer holds; what was filed under it keeps its rules."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kepu.core.db import transaction
from kepu.core.refusals import Incomplete, StaleState
from kepu.notices import rules
from kepu.notices.actions.seasons import note_change
from kepu.notices.actions.tracing import trace_withdrawal
from kepu.notices.models import Notice
from kepu.orgs.actor import Actor


@transaction
def withdraw_notice(notice: Notice, *, by: Actor, at: datetime, reason: str) -> None:
    """A notice no longer holds from ``at`` on. What was filed under it keeps its rules. Once only: StaleState after that."""
    rules.check_issue(by, notice.place, notice.line)
    if not reason.strip():
        raise Incomplete(_("请写明撤回的原因。"))
    if not Notice.objects.filter(pk=notice.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise StaleState()
    note_change(notice.season_id, at=at)
    trace_withdrawal(notice, reason=reason.strip(), by=by, at=at)
