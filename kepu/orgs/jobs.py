"""What the worker does for this module: delivers messages and mails, and lets dated titles begin and end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kepu.core import outbox
from kepu.orgs import actions, coming_messages


@outbox.handles("unit.message")
def deliver_message(payload: dict[str, Any], at: datetime) -> None:
    actions.deliver_message(**payload, at=at)


@outbox.handles("unit.mail")
def mail_message(payload: dict[str, Any], at: datetime) -> None:
    actions.mail_message(**payload)


@outbox.handles("unit.push")
def push_message(payload: dict[str, Any], at: datetime) -> None:
    actions.push_message(**payload, at=at)


@outbox.handles("invitation.mail")
def mail_invitation(payload: dict[str, Any], at: datetime) -> None:
    actions.mail_invitation(**payload, at=at)


@outbox.handles(coming_messages.MAIL)
def mail_applicant(payload: dict[str, Any], at: datetime) -> None:
    actions.mail_applicant(**payload)


def carry_out_changes(at: datetime) -> tuple[int, int]:
    """Once a day: what was laid down for today takes effect. Returns how many did and how many were held up."""
    return actions.carry_out_changes(at)


def forget_contacts(at: datetime) -> int:
    """Once a day: whom to call about an application decided long ago is forgotten. Returns how many."""
    return actions.forget_contacts(at)


def keep_traits_true(at: datetime) -> int:
    """Once a day: titles and seats that begin or end today. Returns how many units changed."""
    return actions.refresh_traits(at)
