"""Consent given and withdrawn. What was kept on it alone goes when it is withdrawn."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress

from kepu.accounts.models import Person
from kepu.core import audit, keys
from kepu.core.audit import Doer
from kepu.core.db import in_transaction, transaction
from kepu.privacy import rules
from kepu.privacy.models import APPLICANT, Consent
from kepu.privacy.workflow import VERSION, Event, Purpose


@transaction
def give_consent(
    purpose: Purpose, *, person: Person | None = None, applicant: str = "", by: Doer, at: datetime
) -> Consent:
    """Note that a person, or an ``applicant`` known by the address given, agreed to the statement as it reads now. Idempotent."""
    return note_consent(purpose, person=person, applicant=applicant, by=by, at=at)


@in_transaction
def note_consent(
    purpose: Purpose, *, person: Person | None = None, applicant: str = "", by: Doer, at: datetime
) -> Consent:
    """:func:`give_consent` as a part of another act, such as an application or an invitation accepted."""
    if person is not None:
        rules.check_own(by, person)
    found = {
        "person": person,
        "applicant_digest": keys.digest(applicant, column=APPLICANT),
        "purpose": purpose,
        "version": VERSION,
    }
    consent, made = Consent.objects.get_or_create(**found, withdrawn_at=None, defaults={"at": at})
    if made:
        audit.record(Event.CONSENT_GIVEN, person or consent, by=by, at=at, purpose=purpose, version=VERSION)
    return consent


@transaction
def withdraw_consent(person: Person, purpose: Purpose, *, by: Doer, at: datetime) -> None:
    """Take a consent back: the number or the mailbox kept on it goes. Idempotent."""
    rules.check_own(by, person)
    if not end_consent(person, purpose, by=by, at=at):
        return
    if purpose == Purpose.PHONE:
        person.put_phone("")
        person.phone_verified_at = None
        person.save(update_fields=["phone", "phone_digest", "phone_verified_at"])
    if purpose == Purpose.MAIL:
        person.email = ""
        person.save(update_fields=["email"])
        EmailAddress.objects.filter(user_id=person.pk).delete()  # that it was confirmed


@in_transaction
def end_consent(person: Person, purpose: Purpose, *, by: Doer, at: datetime) -> bool:
    """A consent holds no longer; whether there was one."""
    if not Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=at):
        return False
    audit.record(Event.CONSENT_WITHDRAWN, person, by=by, at=at, purpose=purpose)
    return True
