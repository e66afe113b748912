"""A person's own number and mailbox: confirmed with their consent to what it is for, in one act, and taken out with it."""

from __future__ import annotations

from datetime import datetime

from kepu.accounts.models import Person
from kepu.accounts.signing_in import drop_phone, take_email, take_phone
from kepu.core.audit import Doer
from kepu.core.db import transaction
from kepu.privacy.actions.consents import end_consent, note_consent
from kepu.privacy.workflow import Purpose


@transaction
def confirm_email(person: Person, address: str, *, by: Doer, at: datetime) -> str:
    """Give a person the mail address they have just shown to be theirs; returns the one before."""
    before = take_email(person, address, by=by, at=at)
    note_consent(Purpose.MAIL, person=person, by=by, at=at)
    return before


@transaction
def confirm_phone(person: Person, number: str, *, by: Doer, at: datetime) -> str:
    """Give a person the number at which they have just received a code; returns the one before."""
    before = take_phone(person, number, by=by, at=at)
    note_consent(Purpose.PHONE, person=person, by=by, at=at)
    return before


@transaction
def take_out_phone(person: Person, *, by: Doer, at: datetime) -> None:
    """Take a person's number out of their account, and with it the consent to its use. Idempotent."""
    drop_phone(person, by=by, at=at)
    end_consent(person, Purpose.PHONE, by=by, at=at)
