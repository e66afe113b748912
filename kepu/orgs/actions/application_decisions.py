"""The coordinator above decides on an application: approve, merge, send back, refuse; and looks at whom to call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kepu.accounts import actions as accounts
from kepu.accounts.models import Person
from kepu.accounts.signing_in import owner_of
from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.orgs import coming_messages, coming_queries, coming_rules
from kepu.orgs.actions.application_content import Contact, plain
from kepu.orgs.actions.application_steps import decide, hold, move
from kepu.orgs.actions.history import register_in_history
from kepu.orgs.actions.parts import take_in_now
from kepu.orgs.actions.posts import give
from kepu.orgs.actions.traits import retrait
from kepu.orgs.actions.units import _check_free, check_particulars, check_term, new_unit
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ApplicationKind, ApplicationState
from kepu.orgs.models import Application, Role, Unit, Vocabulary
from kepu.orgs.workflow import Event

LONGEST_REASON = 1000
CODES_TRIED = 20


@transaction
def approve_application(
    application: Application, *, code: str = "", expected_version: int | None = None, by: Actor, at: datetime
) -> Unit:
    """Let the unit in, and give the applicant its first post; ``code`` is the unit's number, made up where empty."""
    coming_rules.check_decide(by, application)
    hold(application)
    if application.kind == ApplicationKind.NEW:
        unit = _register(application, code.strip(), by=by, at=at)
    else:
        assert application.unit is not None  # a claim names one, and so says a constraint
        unit = coming_queries.kept(application.unit)
        coming_rules.check_still_open(unit)
    if application.kind == ApplicationKind.WITHIN:
        assert application.by_unit is not None
        take_in_now(application.by_unit, unit, by=by, at=at)
        given: dict[str, Any] = {}
    else:
        given = {"person_id": _first_post(application, unit, by=by, at=at).pk}
    decide(
        application, ApplicationState.APPROVED, Event.APPLICATION_APPROVED, {"unit_id": unit.pk, **given}, unit=unit.pk,
        expected_version=expected_version, by=by, at=at,
    )  # fmt: skip
    coming_messages.to_applicant(application, "approved", at=at)
    return unit


@transaction
def merge_application(
    application: Application, unit: Unit, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """The unit is there already: the applicant gets the post there, and no second record is made."""
    coming_rules.check_merge(by, application, unit)
    hold(application)
    person = _first_post(application, unit, by=by, at=at)
    decide(
        application, ApplicationState.MERGED, Event.APPLICATION_MERGED, {"unit_id": unit.pk, "person_id": person.pk},
        unit=unit.pk, expected_version=expected_version, by=by, at=at,
    )  # fmt: skip
    coming_messages.to_applicant(application, "merged", at=at)


@transaction
def return_application(
    application: Application, reason: str, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Send it back with what is to be put right."""
    coming_rules.check_decide(by, application)
    values = {"reason": _reason(reason, _("请写明要改什么，申请人会看到。"))}
    move(
        application, ApplicationState.RETURNED, Event.APPLICATION_RETURNED, values, expected_version=expected_version, by=by,
        at=at,
    )  # fmt: skip
    coming_messages.to_applicant(application, "returned", at=at)


@transaction
def refuse_application(
    application: Application, reason: str, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Say no for good, and why."""
    coming_rules.check_decide(by, application)
    values = {"reason": _reason(reason, _("请写明为什么不能登记，申请人会看到。"))}
    decide(
        application, ApplicationState.REFUSED, Event.APPLICATION_REFUSED, values, expected_version=expected_version, by=by,
        at=at,
    )  # fmt: skip
    coming_messages.to_applicant(application, "refused", at=at)


@transaction
def see_contact(application: Application, *, by: Actor, at: datetime) -> Contact:
    """Look at whom to call. A look at personal data is an act and leaves its trace."""
    coming_rules.check_see_contact(by, application)
    audit.record(Event.APPLICATION_CONTACT_SEEN, application, by=by, at=at, fields=["name", "phone", "email"])
    return Contact(application.contact_name, application.contact_phone, application.contact_email)


@in_transaction
def _register(application: Application, code: str, *, by: Actor, at: datetime) -> Unit:
    """The unit as the application says it is, under its own number."""
    code = code or _free_code(application)
    check_particulars(code=code, name=application.name, credit_code=application.credit_code)
    check_term(Vocabulary.UNIT_KIND, application.unit_kind, field="kind")
    _check_free(code, application.credit_code)
    unit = new_unit(
        code=code, name=application.name, kind=application.unit_kind, place=application.place, line=application.line,
        credit_code=application.credit_code,
    )  # fmt: skip
    try:
        unit.save()
    except IntegrityError:  # another was registered with the same code at the same instant
        raise StaleState() from None
    retrait([unit], day=day_of(at))
    audit.record(Event.UNIT_REGISTERED, unit, by=by, at=at, code=code, application=application.pk)
    register_in_history(unit, by=by, at=at)
    return unit


def _free_code(application: Application) -> str:
    """A number that is free: the place's code and the application's."""
    first = f"{application.place.code}-{application.pk}"
    taken = set(Unit.objects.filter(code__startswith=first).order_by().values_list("code", flat=True))
    return next(
        code for n in range(CODES_TRIED) for code in [f"{first}-{n}" if n else first] if code not in taken
    )


@in_transaction
def _first_post(application: Application, unit: Unit, *, by: Actor, at: datetime) -> Person:
    """The applicant files for the unit from now on: with the account that was signed in, else with the one that surely
    belongs to the address; where there is none, with a new one into which only a mail to that address leads.
    """
    signed_in = application.person
    person = (
        signed_in if signed_in is not None and signed_in.is_active else owner_of(application.contact_email)
    )
    if person is None:
        person = accounts.add_person(
            username=_username(application),
            name=application.contact_name,
            email=application.contact_email,
            by=by,
            at=at,
        )
    give(person, unit, Role.FILER, place=None, line=None, since=None, until=None, by=by, at=at)
    return person


def _username(application: Application) -> str:
    """The address is the name to sign in with, where it is short enough and free."""
    wanted = Person.normalize_username(application.contact_email)
    if len(wanted) <= 60 and not Person.objects.filter(username=wanted).exists():
        return wanted
    return f"u{application.pk}"


def _reason(reason: str, missing: str) -> str:
    text = plain(reason)
    if not text or len(text) > LONGEST_REASON:
        raise Incomplete(reasons=[Reason(missing if not text else _("说明最多 1000 字。"), "reason")])
    return text
