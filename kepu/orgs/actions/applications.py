"""Coming in: somebody applies for a unit; the coordinator above approves, sends back, merges or refuses."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kepu.accounts import actions as accounts
from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.orgs import coming_messages, coming_queries, coming_rules
from kepu.orgs.actions.history import register_in_history
from kepu.orgs.actions.parts import take_in_now
from kepu.orgs.actions.posts import _give
from kepu.orgs.actions.receiving import receiver_of
from kepu.orgs.actions.traits import retrait
from kepu.orgs.actions.units import _check_free, check_particulars, check_term, new_unit
from kepu.orgs.actor import Actor
from kepu.orgs.coming import TRANSITIONS, ApplicationKind, ApplicationState
from kepu.orgs.models import Application, Line, Place, Role, Unit, Vocabulary
from kepu.orgs.models.applications import token_digest
from kepu.orgs.workflow import Event

CONSENT = "2026-11"  # the text an applicant agrees to; a new text gets a new version
_PHONE = re.compile(r"\+?[0-9][0-9 \-()（）]{5,24}")
LONGEST_REASON = 1000
CODES_TRIED = 20


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: kept closed, shown to nobody but who decides."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an application says of the unit."""

    name: str
    kind: str
    place: Place
    line: Line | None = None
    credit_code: str = ""
    purpose: str = ""
    is_another: bool = False


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
    _check_said(said, contact)
    return _file(
        Application(kind=ApplicationKind.NEW, **_columns(said)),
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
    _raise_if([*_of_contact(contact), *_of_purpose(purpose)])
    application = Application(
        kind=ApplicationKind.CLAIM, unit=unit, name=unit.name, unit_kind=unit.kind, place=unit.place,
        place_path=unit.place_path, line=unit.line, line_path=unit.line_path, credit_code=unit.credit_code or "",
        purpose=_plain(purpose),
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
        purpose=_plain(purpose)[:500], person_id=by.person_id,
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
        _check_said(said, whole, but=application.pk)
        values |= _columns(said)
    else:
        _raise_if([*_of_contact(whole), *_of_purpose(said.purpose)])
        values["purpose"] = _plain(said.purpose)
    for name, value in values.items():
        setattr(application, name, value)
    values |= {
        "name_key": Application._meta.get_field("name_key").pre_save(application, False), "round": application.round + 1,
        "receiver_id": receiver_of(application), "filed_at": at,
    }  # fmt: skip
    _move(
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
    _decide(application, ApplicationState.WITHDRAWN, Event.APPLICATION_WITHDRAWN, forgotten, by=by, at=at)


@transaction
def approve_application(
    application: Application, *, code: str = "", expected_version: int | None = None, by: Actor, at: datetime
) -> Unit:
    """Let the unit in, and give the applicant its first post; ``code`` is the unit's number, made up where empty."""
    coming_rules.check_decide(by, application)
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
    _decide(
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
    person = _first_post(application, unit, by=by, at=at)
    _decide(
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
    _move(
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
    _decide(
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
    application.contact_name, application.contact_phone = _plain(contact.name), _plain(contact.phone)
    application.contact_email, application.language = _plain(contact.email), language
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


@in_transaction
def _move(
    application: Application, to: ApplicationState, event: Event, values: dict[str, Any], *,
    expected_version: int | None = None, by: Actor, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    """Move the row only if it is still where the caller saw it."""
    if to not in TRANSITIONS[ApplicationState(application.state)]:
        raise StaleState()
    if expected_version is not None and expected_version != application.version:
        raise StaleState()
    before = application.state
    values = {**values, "state": to, "turn_since": at, "version": application.version + 1}
    same = Application.objects.filter(pk=application.pk, state=before, version=application.version)
    if not same.update(**values):
        raise StaleState()
    application.refresh_from_db()
    audit.record(event, application, by=by, at=at, before=str(before), **detail)


@in_transaction
def _decide(
    application: Application, to: ApplicationState, event: Event, values: dict[str, Any], *,
    expected_version: int | None = None, by: Actor, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    values = {**values, "decided_at": at, "decided_by_id": by.person_id}
    _move(application, to, event, values, expected_version=expected_version, by=by, at=at, **detail)


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
    unit.save()
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
    """The applicant files for the unit from now on: with the account that was signed in, else with one of that address.

    An address is no proof: whoever holds it must still follow a mail to it before anything can be done.
    """
    person = application.person or _account_of(application.contact_email)
    if person is None:
        person = accounts.add_person(
            username=_username(application),
            name=application.contact_name,
            email=application.contact_email,
            by=by,
            at=at,
        )
    _give(person, unit, Role.FILER, place=None, line=None, since=None, until=None, by=by, at=at)
    return person


def _account_of(email: str) -> Person | None:
    """The one account with this address; none where several have it."""
    found = (
        list(Person.objects.filter(email__iexact=email, is_active=True).order_by("pk")[:2]) if email else []
    )
    return found[0] if len(found) == 1 else None


def _username(application: Application) -> str:
    """The address is the name to sign in with, where it is short enough and free."""
    wanted = Person.normalize_username(application.contact_email)
    if len(wanted) <= 60 and not Person.objects.filter(username=wanted).exists():
        return wanted
    return f"u{application.pk}"


def _columns(said: Said) -> dict[str, Any]:
    return {
        "name": _plain(said.name), "unit_kind": said.kind, "place": said.place, "place_path": said.place.path,
        "line": said.line, "line_path": said.line.path if said.line else "", "credit_code": said.credit_code,
        "purpose": _plain(said.purpose), "is_another": said.is_another,
    }  # fmt: skip


def _plain(text: str) -> str:
    return text.replace("\0", "").strip()


def _check_consent(consented: bool) -> None:
    if not consented:
        raise Incomplete(reasons=[Reason(_("请先阅读并同意个人信息的收集说明，才能提交。"), "consented")])


def _check_said(said: Said, contact: Contact, *, but: int | None = None) -> None:
    """Raise :class:`Incomplete` with everything that cannot be right, and with units that look the same."""
    reasons = [*_of_contact(contact), *_of_purpose(said.purpose)]
    for check in (
        lambda: check_particulars(code="x", name=_plain(said.name), credit_code=said.credit_code),
        lambda: check_term(Vocabulary.UNIT_KIND, said.kind, field="kind"),
    ):
        try:
            check()
        except Incomplete as refusal:
            reasons += refusal.reasons
    _raise_if(reasons or list(_of_lookalikes(said, but)))


def _of_lookalikes(said: Said, but: int | None) -> list[Reason]:
    """The same credit code is the same unit; the same name may be, and the applicant is asked."""
    found = coming_queries.lookalikes(name=said.name, place=said.place, credit_code=said.credit_code)
    reasons = [
        Reason(f"{one}{_('请改为认领这个单位。')}", "credit_code", code="lookalike")
        for one in found
        if one.by_code
    ]
    waiting = coming_queries.applications_alike(
        name=said.name, place=said.place, credit_code=said.credit_code, but=but
    )
    if said.credit_code and waiting.filter(credit_code=said.credit_code).exists():
        sentence = _("已经有人用这个统一社会信用代码提交了登记申请，正在审核。请先问本单位的同事。")
        reasons.append(Reason(sentence, "credit_code", code="waiting"))
    if reasons or said.is_another:
        return reasons
    reasons = [
        Reason(
            f"{one}{_('如果就是它，请认领；如果不是，请勾选“不是上面的单位”。')}", "name", code="lookalike"
        )
        for one in found
    ]
    if waiting.exists():
        sentence = _(
            "已经有人为同一地区的同名单位提交了登记申请，正在审核。如果不是同一个单位，请勾选“不是上面的单位”。"
        )
        reasons.append(Reason(sentence, "name", code="waiting"))
    return reasons


def _of_contact(contact: Contact) -> list[Reason]:
    reasons = []
    if not _plain(contact.name) or len(contact.name) > 60:
        reasons.append(Reason(_("联系人空着或超过 60 字。请填写姓名。"), "contact_name"))
    if not _PHONE.fullmatch(_plain(contact.phone)):
        reasons.append(Reason(_("电话不对：写手机号，或区号和固定电话。"), "contact_phone"))
    try:
        if len(contact.email) > 120:
            raise ValidationError("")
        validate_email(_plain(contact.email))
    except ValidationError:
        reasons.append(
            Reason(_("邮箱不对：应像 name@example.cn。审核结果和登录的链接会发到这里。"), "contact_email")
        )
    return reasons


def _of_purpose(purpose: str) -> list[Reason]:
    if not _plain(purpose) or len(purpose) > 500:
        return [Reason(_("用途空着或超过 500 字。请写一句登记以后要办什么，如填报科普日活动。"), "purpose")]
    return []


def _raise_if(reasons: list[Reason]) -> None:
    if reasons:
        raise Incomplete(reasons=reasons)


def _reason(reason: str, missing: str) -> str:
    text = _plain(reason)
    if not text or len(text) > LONGEST_REASON:
        raise Incomplete(reasons=[Reason(missing if not text else _("说明最多 1000 字。"), "reason")])
    return text
