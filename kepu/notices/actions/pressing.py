"""Remind by itself, once, whoever has not opened a notice while something it asks is due soon."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import NotAllowed
from kepu.notices.messages import words_before_deadline
from kepu.notices.models import Delivery, Notice
from kepu.notices.queries.deadlines import unopened_before_deadline
from kepu.notices.workflow import Event
from kepu.orgs.actions import deliver_messages
from kepu.orgs.actor import Actor

BATCH = 500


@transaction
def remind_before_deadline(notice: Notice, *, days: int, by: Actor, at: datetime) -> int:
    """Remind up to :data:`BATCH` units; returns how many. Run until it says 0. Idempotent.

    Whoever has been reminded of the notice before, by hand or by this, is left alone: once for each unit and notice.
    """
    if not by.is_system:
        raise NotAllowed(_("到期以前的催办由后台办理。"))
    Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    rows = list(unopened_before_deadline(notice, at, days=days).order_by("unit_id")[:BATCH])
    if not rows:
        return 0
    Delivery.objects.filter(pk__in=[d.pk for d in rows]).update(reminded_at=at, reminders=F("reminders") + 1)
    words = words_before_deadline(notice)
    deliver_messages([words.to(d, f"deadline:{d.pk}") for d in rows], words.kind, at=at)
    audit.record(
        Event.REMINDED_BEFORE_DEADLINE, notice, by=by, at=at, days=days, count=len(rows), first_unit=rows[0].unit_id,
        last_unit=rows[-1].unit_id,
    )  # fmt: skip
    return len(rows)
