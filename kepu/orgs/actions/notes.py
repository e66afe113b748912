"""Messages to units: delivered once, mailed to the people who hold posts there, marked as read."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core import audit, outbox
from kepu.core.db import transaction
from kepu.core.refusals import NotAllowed
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
        holding = Post.objects.holding(at).filter(unit_id=unit_id).values("person_id")
        readers = Person.objects.filter(pk__in=holding, is_active=True).exclude(email="").order_by("pk")
        for pk in readers.values_list("pk", flat=True):
            outbox.send("unit.mail", at=at, message_id=message.pk, person_id=pk)
    return message


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
