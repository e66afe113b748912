"""What a unit does with a notice that was sent to it: open it, receive it (签收), forward it (转发)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete
from kepu.notices import rules
from kepu.notices.actions.sending import begin, keep_file
from kepu.notices.format.schema import Recipient
from kepu.notices.models import Delivery, Notice, Sending, SendingKind
from kepu.notices.recipients import addressed, reached, units_addressed, within_coordination
from kepu.orgs.actor import Actor
from kepu.orgs.models import Role


@transaction
def open_delivery(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Note the first look of the unit at a notice. Idempotent: the first one counts."""
    rules.check_open(by, delivery)
    if Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(
        opened_at=at, opened_by_id=by.person_id
    ):
        audit.record("delivery.opened", delivery, by=by, at=at, notice=delivery.notice.code)
    delivery.refresh_from_db()
    return delivery


@transaction
def receive_notice(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Receive a notice for the unit: who, when, and the digest of the file that was sent. Idempotent: the first counts.

    Who receives it without having looked before has opened it now.
    """
    rules.check_receive(by, delivery)
    received = {
        "received_at": at,
        "received_by_id": by.person_id,
        "opened_at": Coalesce(F("opened_at"), at),
        "opened_by_id": Coalesce(F("opened_by_id"), by.person_id),
    }
    if Delivery.objects.filter(pk=delivery.pk, received_at=None).update(**received):
        detail = {"notice": delivery.notice.code, "digest": delivery.digest}
        audit.record("delivery.received", delivery, by=by, at=at, **detail)
    delivery.refresh_from_db()
    return delivery


@transaction
def forward_notice(
    delivery: Delivery, recipients: Sequence[Recipient], *, by: Actor, at: datetime
) -> Sending:
    """Forward a notice to units of the area that the unit coordinates; those who have it already are left alone.

    The wording is the one of today. Raises :class:`Incomplete` where nobody is named, or nobody new.
    """
    rules.check_forward(by, delivery)
    notice = Notice.objects.select_for_update(no_key=True).get(pk=delivery.notice_id)
    if not recipients:
        raise Incomplete(_("请选择转发给哪些单位：单位类别、级别，或点名单位。"))
    places, lines = by.places_as(Role.COORDINATOR), by.lines_as(Role.COORDINATOR)
    found = addressed(recipients, within_coordination(delivery.unit, places, lines))
    every = units_addressed(found, at=at)
    if not every.filter(~reached(notice)).exists():
        raise Incomplete(
            _("选中的单位都已经收到这份通知，不用再转发。")
            if every.exists()
            else _("在您统筹的范围内没有找到这样的单位。请换一种选法，或先登记单位。")
        )
    sending = begin(
        notice, SendingKind.FORWARD, by=by, at=at, file=keep_file(notice, at), source=delivery, recipients=recipients,
        places=places, lines=lines,
    )  # fmt: skip
    Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=at, opened_by_id=by.person_id)
    audit.record("delivery.forwarded", delivery, by=by, at=at, notice=notice.code, sending=sending.pk)
    return sending
