"""Somebody applies for a unit: new, claimed, or to be a part of another; corrects what was sent back, or withdraws."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason
from kepu.orgs import coming_messages, coming_queries, coming_rules
from kepu.orgs.actions.application_content import (
    Contact,
    Said,
    check_said,
    columns,
    of_contact,
    of_purpose,
    plain,
    raise_if,
)
from kepu.orgs.actions.application_steps import decide, move
from kepu.orgs.actions.receiving import receiver_of
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ApplicationKind, ApplicationState
from kepu.orgs.models import Application, Unit
from kepu.orgs.models.applications import token_digest
from kepu.orgs.workflow import Event

CONSENT = "2026-11"  # the text an applicant agrees to; a new text gets a new version


@dataclass(frozen=True, slots=True)
class Filed:
    """An application with the secret of the link that leads back to it. The secret is shown once."""

    application: Application
    token: str


@transaction
def apply_for_unit(
    said: Said, contact: Contact, *, person: Person | None = None, consented: bool, language: str = "",
    by: Actor, at: datetime,
) -> Filed:  # fmt: skip
    """Ask that a unit be registered. Whoever is signed in is the ``person``; nobody can act for it before approval."""
    _check_consent(consented)
    check_said(said, contact)
    return _file(
        Application(kind=ApplicationKind.NEW, **columns(said)),
        contact,
        person=person,
        language=language,
        by=by,
        at=at,
    )


@transaction
def claim_unit(
    unit: Unit, contact: Contact, purpose: str, *, person: Person | None = None, consented: bool, language: str = "",
    by: Actor, at: datetime,
) -> Filed:  # fmt: skip
    """Ask for the first post of a unit that is registered already."""
    _check_consent(consented)
    unit = coming_queries.kept(unit)
    coming_rules.check_still_open(unit)
    raise_if([*of_contact(contact), *of_purpose(purpose)])
    application = Application(
        kind=ApplicationKind.CLAIM, unit=unit, name=unit.name, unit_kind=unit.kind, place=unit.place,
        place_path=unit.place_path, line=unit.line, line_path=unit.line_path, credit_code=unit.credit_code or "",
        purpose=plain(purpose),
    )  # fmt: skip
    return _file(application, contact, person=person, language=language, by=by, at=at)


@transaction
def ask_for_part(parent: Unit, unit: Unit, purpose: str = "", *, by: Actor, at: datetime) -> Application:
    """A unit asks that another, which is registered already, belong to it. The coordinator of that one decides."""
    coming_rules.check_ask_for(by, parent, unit)
    if Application.objects.open().filter(kind=ApplicationKind.WITHIN, unit=unit, by_unit=parent).exists():
        raise NotAllowed(_("“%(unit)s”的归属申请已经在审核，不用再提一次。") % {"unit": unit.name})
    application = Application(
        kind=ApplicationKind.WITHIN, unit=unit, by_unit=parent, name=unit.name, unit_kind=unit.kind, place=unit.place,
        place_path=unit.place_path, line=unit.line, line_path=unit.line_path, credit_code=unit.credit_code or "",
        purpose=plain(purpose)[:500], person_id=by.person_id,
    )  # fmt: skip
    _write_new(application, by=by, at=at)
    return application


@transaction
def hand_in_again(
    application: Application, said: Said, contact: Mapping[str, str], *, expected_version: int | None = None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Correct an application that was sent back, and hand it in again. An empty field of ``contact`` stays as it was."""
    coming_rules.check_hand_in_again(application)
    whole = Contact(
        *(contact.get(name) or getattr(application, f"contact_{name}") for name in ("name", "phone", "email"))
    )
    values: dict[str, Any] = {f"contact_{name}": getattr(whole, name) for name in ("name", "phone", "email")}
    if application.kind == ApplicationKind.NEW:
        check_said(said, whole, but=application.pk)
        values |= columns(said)
    else:
        raise_if([*of_contact(whole), *of_purpose(said.purpose)])
        values["purpose"] = plain(said.purpose)
    for name, value in values.items():
        setattr(application, name, value)
    values |= {
        "name_key": Application._meta.get_field("name_key").pre_save(application, False), "round": application.round + 1,
        "receiver_id": receiver_of(application), "filed_at": at,
    }  # fmt: skip
    move(
        application, ApplicationState.FILED, Event.APPLICATION_FILED, values, expected_version=expected_version, by=by, at=at,
        round=values["round"],
    )  # fmt: skip
    coming_messages.filed(application, at=at)


@transaction
def withdraw_application(application: Application, *, by: Actor, at: datetime) -> None:
    """The applicant takes it back: by the link, or the unit that asked. What was entered to reach them is forgotten."""
    if application.by_unit_id is not None:
        coming_rules.check_withdraw_own(by, application)
    else:
        coming_rules.check_withdraw(application)
    forgotten = {"contact_name": "", "contact_phone": "", "contact_email": ""}
    decide(application, ApplicationState.WITHDRAWN, Event.APPLICATION_WITHDRAWN, forgotten, by=by, at=at)


def _check_consent(consented: bool) -> None:
    if not consented:
        raise Incomplete(reasons=[Reason(_("请先阅读并同意个人信息的收集说明，才能提交。"), "consented")])


@in_transaction
def _file(
    application: Application,
    contact: Contact,
    *,
    person: Person | None,
    language: str,
    by: Actor,
    at: datetime,
) -> Filed:
    token = secrets.token_urlsafe(32)
    application.token, application.token_digest = token, token_digest(token)
    application.contact_name, application.contact_phone = plain(contact.name), plain(contact.phone)
    application.contact_email, application.language = plain(contact.email), language
    application.person, application.consented_at, application.consent_version = person, at, CONSENT
    _write_new(application, by=by, at=at)
    return Filed(application, token)


@in_transaction
def _write_new(application: Application, *, by: Actor, at: datetime) -> None:
    application.state, application.filed_at, application.turn_since = ApplicationState.FILED, at, at
    application.receiver_id = receiver_of(application)
    application.save(force_insert=True)
    audit.record(Event.APPLICATION_FILED, application, by=by, at=at, kind=application.kind, round=1)
    coming_messages.filed(application, at=at)
