"""What the worker does of a sending: one batch after the other, each an act of its own, each exactly once.

A batch begins where the sending stands and moves it on in the same transaction, so that a worker that dies loses
nothing and one that comes twice finds the batch done. All that writes deliveries of a notice holds the notice's row.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from kepu.core import audit, outbox
from kepu.core.db import in_transaction, transaction
from kepu.notices.actions.sending import CARRY_ON
from kepu.notices.format.schema import Recipient
from kepu.notices.messages import words_of
from kepu.notices.models import Delivery, Notice, Sending, SendingKind
from kepu.notices.queries.deliveries import to_remind
from kepu.notices.recipients import (
    Within,
    addressed,
    units_addressed,
    within_coordination,
    within_notice,
)
from kepu.orgs.actions import deliver_messages
from kepu.orgs.actor import SYSTEM

BATCH = 500


@transaction
def carry_on(*, sending_id: int, notice_id: int, after: int, at: datetime) -> None:
    """Deal with the units of a sending after ``after``, at most :data:`BATCH`, and put the next batch into the outbox.

    Idempotent: a sending that stands elsewhere has been carried on already.
    """
    Notice.objects.select_for_update(no_key=True).filter(pk=notice_id).first()
    whole = Sending.objects.select_related("notice__place", "notice__line", "file", "source__unit")
    sending = whole.filter(pk=sending_id, after=after, done_at=None).first()
    if sending is None:
        return
    count, last = 0, None
    if sending.notice.withdrawn_at is None:
        batch = _deliver if sending.kind in (SendingKind.SEND, SendingKind.FORWARD) else _remind
        count, last = batch(sending, at)
    moved = {"after": last} if last is not None else {"done_at": at}
    Sending.objects.filter(pk=sending.pk).update(**moved, reached=F("reached") + count)
    if last is not None:
        # as of the sending's own instant: it goes on before the mails that it sets going
        outbox.send(CARRY_ON, at=sending.at, sending_id=sending.pk, notice_id=notice_id, after=last)


@in_transaction
def _deliver(sending: Sending, at: datetime) -> tuple[int, int | None]:
    """Deliver to those of the next units that have not got the notice; returns how many, and the last unit if there are more."""
    assert sending.file is not None
    notice, source = sending.notice, sending.source
    lines = addressed([Recipient.model_validate(r) for r in sending.recipients], _within(sending))
    units = units_addressed(lines, at=at).filter(pk__gt=sending.after).order_by("pk")
    found = list(units.values_list("pk", "level", "place_path", "by_line")[:BATCH])  # type: ignore[misc]  # annotated
    there = Delivery.objects.filter(notice=notice, unit_id__in=[pk for pk, *_rest in found])
    have_it = set(there.values_list("unit_id", flat=True))
    made = Delivery.objects.bulk_create(
        Delivery(
            notice=notice, unit_id=pk, role=lines[line].recipient.role, title=lines[line].recipient.title[:200],
            level=level, part=part_of(notice.place.path, path), forwarded_from=source, digest=sending.file.digest,
            sent_at=sending.at,
        )
        for pk, level, path, line in found if pk not in have_it
    )  # fmt: skip
    if made:
        if source is not None:
            Delivery.objects.filter(pk=source.pk).update(forwards=F("forwards") + len(made))
        words = words_of(sending)
        deliver_messages([words.to(d, f"delivery:{d.pk}") for d in made], words.kind, at=at)
        _trace(sending, "notice.delivered", made, at, digest=sending.file.digest)
    return len(made), found[-1][0] if len(found) == BATCH else None


@in_transaction
def _remind(sending: Sending, at: datetime) -> tuple[int, int | None]:
    """Remind the next units; returns how many, and the last one if there are more."""
    waiting = to_remind(sending.notice, SendingKind(sending.kind), sending.at)
    rows = list(waiting.filter(unit_id__gt=sending.after).order_by("unit_id")[:BATCH])
    if rows:
        ids = [d.pk for d in rows]
        Delivery.objects.filter(pk__in=ids).update(reminded_at=sending.at, reminders=F("reminders") + 1)
        words = words_of(sending)
        deliver_messages([words.to(d, f"reminder:{sending.pk}:{d.pk}") for d in rows], words.kind, at=at)
        _trace(sending, "notice.reminders_sent", rows, at)
    return len(rows), rows[-1].unit_id if len(rows) == BATCH else None


def _within(sending: Sending) -> Within:
    if sending.source is not None:
        return within_coordination(sending.source.unit, sending.places, sending.lines)
    return within_notice(sending.notice.place, sending.notice.line, sending.notice.issuer_unit_id)


def _trace(sending: Sending, event: str, rows: list[Delivery], at: datetime, **detail: Any) -> None:
    first, last = rows[0].unit_id, rows[-1].unit_id
    detail |= {"sending": sending.pk, "count": len(rows), "first_unit": first, "last_unit": last}
    audit.record(event, sending.notice, by=SYSTEM, at=at, **detail)


def part_of(place: str, within: str) -> str:
    """The place directly below ``place`` in which ``within`` lies (paths); "" at the place itself and outside it."""
    if within == place or not within.startswith(place):
        return ""
    return place + within[len(place) :].split("/", 1)[0] + "/"
