"""Messages to units: delivered once, mailed to the people who hold posts there, marked as read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core import audit, outbox
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import NotAllowed
from kepu.orgs.actions.hooks import pass_on
from kepu.orgs.actor import Actor
from kepu.orgs.models import Message, Post
from kepu.orgs.workflow import Event


@transaction
def deliver_message(
    *, key: str, unit_id: int, kind: str, subject: str, body: str, link: str, at: datetime
) -> Message:
    """Put a message before a unit and a mail to each of its people in the outbox. Idempotent on ``key``."""
    message, new = Message.objects.get_or_create(
        outbox_key=key,
        defaults={
            "unit_id": unit_id,
            "kind": kind,
            "subject": subject,
            "body": body,
            "link": link,
            "sent_at": at,
        },
    )
    if new:
        _send_on({unit_id: message.pk}, at)
    return message


@dataclass(frozen=True, slots=True)
class Note:
    """A message to one of many units. ``key`` is its own for ever: with the same key nothing is said twice."""

    unit_id: int
    key: str
    subject: str
    body: str
    link: str


@in_transaction
def deliver_messages(notes: Sequence[Note], kind: str, *, at: datetime) -> None:
    """Put messages before many units with the act under way, and mails to their people in the outbox.

    Five statements for some hundreds. Idempotent on the keys.
    """
    keys = [note.key for note in notes]
    there = set(Message.objects.filter(outbox_key__in=keys).values_list("outbox_key", flat=True))
    rows = [
        Message(
            unit_id=note.unit_id, kind=kind, subject=note.subject[:200], body=note.body, link=note.link, sent_at=at,
            outbox_key=note.key,
        )
        for note in notes if note.key not in there
    ]  # fmt: skip
    written = Message.objects.bulk_create(rows)
    _send_on({message.unit_id: message.pk for message in written}, at)


def _send_on(messages: Mapping[int, int], at: datetime) -> None:
    _mail_to_people(messages, at)
    pass_on(messages, at)


def _mail_to_people(messages: Mapping[int, int], at: datetime) -> None:
    """A row of the outbox for everybody who holds a post in one of the units ({unit: message}) and has an address."""
    holding = Post.objects.holding(at).filter(unit_id__in=list(messages), person__is_active=True)
    readers = holding.exclude(person__email="").order_by("unit_id", "person_id")
    for unit_id, person_id in readers.values_list("unit_id", "person_id").distinct():
        outbox.send("unit.mail", at=at, message_id=messages[unit_id], person_id=person_id)


def mail_message(*, message_id: int, person_id: int) -> None:
    """Mail a message to one person. Not an act: it changes nothing here, and a worker that dies mails again."""
    message = Message.objects.filter(pk=message_id).select_related("unit").first()
    person = Person.objects.filter(pk=person_id, is_active=True).exclude(email="").first()
    if message is None or person is None:
        return
    link = f"{settings.KEPU_PUBLIC_URL}{message.link}" if message.link.startswith("/") else message.link
    parts = [message.body, link, _("（发给：%(unit)s）") % {"unit": message.unit.name}]
    EmailMessage(message.subject, "\n\n".join(part for part in parts if part), to=[person.email]).send()


@transaction
def read_message(message: Message, *, by: Actor, at: datetime) -> None:
    """Note that somebody of the unit has read a message. Idempotent: the first reading counts."""
    if not by.acts_for(message.unit_id):
        raise NotAllowed(_("这条消息发给了别的单位。"))
    if Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at):
        audit.record(Event.MESSAGE_READ, message, by=by, at=at)
    message.refresh_from_db()
