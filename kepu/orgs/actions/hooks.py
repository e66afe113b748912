"""Pushing a unit's messages to a system of its own: addresses given, tried, paused and taken away."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _
from standardwebhooks.webhooks import Webhook

from kepu.core import audit, outbox, outgoing
from kepu.core.db import in_transaction, transaction
from kepu.core.outgoing import NotReached, NotSafe
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.orgs import rules
from kepu.orgs.actor import SYSTEM, Actor
from kepu.orgs.messages import tell
from kepu.orgs.models import Hook, Message, Unit
from kepu.orgs.workflow import Event

MOST = 5  # addresses of one unit
UNTIL_PAUSED = 20  # failures one after another


class PushFailed(Exception):
    """The address did not take the message; the outbox tries again."""


@transaction
def add_hook(unit: Unit, *, name: str, address: str, by: Actor, at: datetime) -> Hook:
    """Let a unit's messages be pushed to an address from now on. The secret that signs them is made here."""
    rules.check_keep_hooks(by, unit)
    name, address = name.strip(), address.strip()
    reasons = []
    if not name or len(name) > 60:
        reasons.append(Reason(_("请给推送地址起个名字，60 字以内，例如“办公系统”。"), "name"))
    try:
        outgoing.parsed(address)
    except NotSafe as fault:
        reasons.append(Reason(str(fault), "address"))
    if reasons:
        raise Incomplete(reasons=reasons)
    Unit.objects.select_for_update().get(pk=unit.pk)  # two at once would be one too many
    if Hook.objects.filter(unit=unit).count() >= MOST:
        raise Incomplete(_("一个单位最多 %(n)d 个推送地址。请先删掉不用的。") % {"n": MOST})
    hook = Hook.objects.create(
        unit=unit, name=name, address=address, secret=b64encode(secrets.token_bytes(32)).decode(), added_at=at
    )
    audit.record(Event.HOOK_ADDED, hook, by=by, at=at, unit=unit.pk, name=name)
    return hook


@transaction
def remove_hook(hook: Hook, *, by: Actor, at: datetime) -> None:
    """Push nothing there any more."""
    rules.check_keep_hooks(by, hook.unit)
    pk = hook.pk
    if not Hook.objects.filter(pk=pk).delete()[0]:
        raise StaleState
    hook.pk = pk
    audit.record(Event.HOOK_REMOVED, hook, by=by, at=at, unit=hook.unit_id, name=hook.name)


@transaction
def resume_hook(hook: Hook, *, by: Actor, at: datetime) -> None:
    """Push there again after a pause. Idempotent."""
    rules.check_keep_hooks(by, hook.unit)
    if Hook.objects.filter(pk=hook.pk, paused_at__isnull=False).update(paused_at=None, failures=0):
        audit.record(Event.HOOK_RESUMED, hook, by=by, at=at, unit=hook.unit_id, name=hook.name)


@transaction
def try_hook(hook: Hook, *, by: Actor, at: datetime) -> None:
    """Push a message that says it is a try; how it went stands on the page a moment later."""
    rules.check_keep_hooks(by, hook.unit)
    outbox.send("unit.push", at=at, hook_id=hook.pk, message_id=None)
    audit.record(Event.HOOK_TRIED, hook, by=by, at=at, unit=hook.unit_id, name=hook.name)


@in_transaction
def pass_on(messages: Mapping[int, int], at: datetime) -> None:
    """A row of the outbox for every address of the units ({unit: message}) that is not paused. One query."""
    hooks = Hook.objects.filter(unit_id__in=list(messages), paused_at__isnull=True).order_by("pk")
    for hook_id, unit_id in hooks.values_list("pk", "unit_id"):
        outbox.send("unit.push", at=at, hook_id=hook_id, message_id=messages[unit_id])


def push_message(*, hook_id: int, message_id: int | None, at: datetime) -> None:
    """Send one message to one address and note how it went. Not an act: the request leaves us, the note is one.

    The receiver knows a message that came twice by its ``webhook-id``. Raises :class:`PushFailed`, to be tried again.
    """
    hook = Hook.objects.select_related("unit").filter(pk=hook_id).first()
    message = Message.objects.filter(pk=message_id).first() if message_id else None
    if hook is None or (message_id and message is None) or (hook.paused_at and message_id):
        return
    number = f"kepu-{hook.pk}-{message_id or f'try-{int(at.timestamp())}'}"
    body = _body(hook.unit, message, at)
    try:
        status = outgoing.post(hook.address, body.encode(), _headers(hook, number, at, body))
    except (NotSafe, NotReached) as fault:
        answer, went_well = str(fault), False
    else:
        answer, went_well = f"HTTP {status}", 200 <= status < 300
    note_push(hook, answer=answer, went_well=went_well, at=at)
    if not went_well and message_id:
        raise PushFailed(answer)


@transaction
def note_push(hook: Hook, *, answer: str, went_well: bool, at: datetime) -> None:
    """Remember how the last push went; after many failures one after another, pause and tell the unit."""
    rows = Hook.objects.filter(pk=hook.pk)
    if went_well:
        rows.update(failures=0, last_at=at, last_answer=answer[:200])
        return
    rows.update(failures=F("failures") + 1, last_at=at, last_answer=answer[:200])
    if rows.filter(failures__gte=UNTIL_PAUSED, paused_at__isnull=True).update(paused_at=at):
        audit.record(Event.HOOK_PAUSED, hook, by=SYSTEM, at=at, unit=hook.unit_id, name=hook.name)
        tell(
            hook.unit_id, "hook.paused", _("推送地址“%(name)s”已暂停") % {"name": hook.name},
            _("连续 %(n)d 次没有送到，最后一次：%(answer)s。修好以后，请在“推送”页面恢复。")
            % {"n": UNTIL_PAUSED, "answer": answer}, "/workspace/hooks/", at=at,
        )  # fmt: skip


def _headers(hook: Hook, number: str, at: datetime, body: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": number,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(hook.secret).sign(msg_id=number, timestamp=at, data=body),
    }


def _body(unit: Unit, message: Message | None, at: datetime) -> str:
    """The message as JSON: ``type``, ``timestamp``, and ``data`` with the unit, the words and the page to open."""
    data = {"unit": unit.code, "unit_name": unit.name}
    if message is None:
        words = {
            "subject": _("试推送"),
            "text": _("收到这一条，说明推送地址可以用。"),
            "link": settings.KEPU_PUBLIC_URL,
        }
        kind, when = "hook.tried", at
    else:
        link = f"{settings.KEPU_PUBLIC_URL}{message.link}" if message.link.startswith("/") else message.link
        words = {"subject": message.subject, "text": message.body, "link": link}
        kind, when = message.kind, message.sent_at
    return json.dumps({"type": kind, "timestamp": when.isoformat(), "data": data | words}, ensure_ascii=False)
