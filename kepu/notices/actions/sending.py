"""Send a notice to whom its recipients name, and remind those who have not looked. The worker carries it out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from kepu.core import audit, outbox
from kepu.core.calendar import day_of, start_of_day
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.notices import rules
from kepu.notices.format.schema import Recipient
from kepu.notices.format.writing import write_notice
from kepu.notices.models import Delivery, Notice, Sending, SendingKind, SentFile
from kepu.notices.queries import file_of
from kepu.notices.queries.deliveries import to_remind
from kepu.notices.recipients import recipients_of
from kepu.orgs.actor import SYSTEM, Actor

CARRY_ON = "notice.sending"  # the kind of the outbox's rows: one for each batch


@transaction
def send_notice(notice: Notice, *, by: Actor, at: datetime) -> Sending:
    """Send a notice to the units its recipients name; those who have it already are left alone.

    Idempotent while the same wording is still on its way. Raises :class:`NotAllowed`, and :class:`Incomplete` for a
    notice that names nobody.
    """
    rules.check_send(by, notice)
    sending = queue_deliveries(notice, at, by=by)
    if sending is None:
        raise Incomplete(
            _("“%(title)s”没有写主送和抄送，不知道发给谁。请先写明收文单位。") % {"title": notice.title}
        )
    return sending


@in_transaction
def queue_deliveries(notice: Notice, at: datetime, *, by: Actor = SYSTEM) -> Sending | None:
    """Let the worker deliver a notice once the act under way has committed; None where the notice names nobody.

    For the act that issues a notice, which has checked who may.
    """
    current = Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    recipients = recipients_of(current)
    if not recipients:
        return None
    file = keep_file(current, at)
    on_its_way = Sending.objects.filter(notice=current, kind=SendingKind.SEND, file=file, done_at=None)
    if sending := on_its_way.order_by("-pk").first():
        _go_on(sending, at)  # should its row of the outbox have failed for good
        return sending
    sending = begin(current, SendingKind.SEND, by=by, at=at, file=file, recipients=recipients)
    audit.record(
        "notice.sent", current, by=by, at=at, sending=sending.pk, file=file.number, digest=file.digest
    )
    return sending


@transaction
def remind(notice: Notice, which: SendingKind, *, by: Actor, at: datetime) -> int:
    """Remind the units that have not opened a notice, or not received it; returns how many that will be.

    Nobody is reminded twice on one day. Raises :class:`NotAllowed`, and :class:`Incomplete` where nobody is left.
    """
    rules.check_send(by, notice)
    if which not in (SendingKind.UNOPENED, SendingKind.UNRECEIVED):
        raise ValueError(which)
    Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    today = start_of_day(day_of(at))
    if Sending.objects.filter(notice=notice, kind=which, at__gte=today, done_at=None).exists():
        raise NotAllowed(_("刚才的催办还在进行。请过几分钟刷新再看。"))
    count = to_remind(notice, which, at).count()
    if not count:
        raise Incomplete(_("没有要催办的单位：都办过了，或者今天已经催过。一个单位一天只催一次。"))
    sending = begin(notice, which, by=by, at=at)
    audit.record("notice.reminded", notice, by=by, at=at, sending=sending.pk, which=str(which), count=count)
    return count


@in_transaction
def begin(
    notice: Notice, kind: SendingKind, *, by: Actor, at: datetime, file: SentFile | None = None,
    source: Delivery | None = None, recipients: Sequence[Recipient] = (), places: Sequence[str] = (), lines: Sequence[str] = (),
) -> Sending:  # fmt: skip
    """Note what is to be sent, and put its first batch into the outbox."""
    plain = [r.model_dump(mode="json", exclude_defaults=True) for r in recipients]
    sending = Sending.objects.create(
        notice=notice, kind=kind, file=file, source=source, recipients=plain, places=list(places), lines=list(lines),
        unit_id=by.unit_id, at=at,
    )  # fmt: skip
    _go_on(sending, at)
    return sending


@in_transaction
def _go_on(sending: Sending, at: datetime) -> None:
    outbox.send(CARRY_ON, at=at, sending_id=sending.pk, notice_id=sending.notice_id, after=sending.after)


@in_transaction
def keep_file(notice: Notice, at: datetime) -> SentFile:
    """The notice's file as it reads now, kept word for word at its first sending."""
    text = write_notice(file_of(notice))
    digest = hashlib.sha256(text.encode()).hexdigest()
    found = SentFile.objects.filter(notice=notice, digest=digest).first()
    if found is not None:
        return found
    last = SentFile.objects.filter(notice=notice).aggregate(last=Max("number"))["last"] or 0
    return SentFile.objects.create(notice=notice, number=last + 1, digest=digest, text=text, made_at=at)
