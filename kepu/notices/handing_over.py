"""What becomes of notices when a unit is merged or closed: what is being written and what was not yet received goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from kepu.core.db import in_transaction
from kepu.notices.models import Delivery, NoticeDraft
from kepu.notices.models.drafts import DraftState
from kepu.orgs import settling
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit


class Notices(settling.Keeper):
    def in_the_way(self, unit: Unit) -> Iterator[str]:
        """Notices that the unit is writing. One query."""
        drafts = NoticeDraft.objects.filter(unit=unit, state=DraftState.OPEN).order_by("id")
        if n := drafts.count():
            yield _("还有 %(n)d 份通知稿在起草。请先发出或作废。") % {"n": n}

    @in_transaction
    def hand_over(self, unit: Unit, to: Unit, *, by: Actor, at: datetime) -> None:
        """Drafts go over, and notices not yet received that the other unit has not got; at the same place only, for
        deliveries are counted by place."""
        NoticeDraft.objects.filter(unit=unit, state=DraftState.OPEN).update(unit=to, version=F("version") + 1)
        if unit.place_path == to.place_path:
            there = Delivery.objects.filter(unit=to).values("notice_id")
            Delivery.objects.filter(unit=unit, received_at=None).exclude(notice_id__in=there).update(unit=to)


settling.register(Notices())
