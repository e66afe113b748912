"""What allauth has done leaves its trace with us, and a changed password ends what was open elsewhere.

allauth tells of it by its own signals; each is turned into one act of ours here and nowhere else.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from allauth.usersessions.models import UserSession

from kepu.accounts.models import Person
from kepu.accounts.signing_in import change_email, note
from kepu.accounts.workflow import Event
from kepu.core.refusals import Refused
from kepu.orgs.actor import Actor
from kepu.web.request import Request
from kepu.web.signin import second_step, throttle
from kepu.web.signin.session_pages import end


def listen() -> None:
    account.user_logged_in.connect(_signed_in)
    account.authentication_step_completed.connect(_step_taken)
    account.password_changed.connect(_password_changed)
    account.password_set.connect(_password_changed)
    account.password_reset.connect(_password_reset)
    mfa.authenticator_added.connect(_second_step_added)
    mfa.authenticator_removed.connect(_second_step_removed)
    mfa.authenticator_reset.connect(_codes_made)
    social.social_account_added.connect(_linked)


def _note(event: Event, person: Person, request: Request, **detail: Any) -> None:
    by = Actor(person_id=person.pk, person_name=str(person), unit=None)
    note(event, person, by=by, at=request.at, **detail)


def _signed_in(request: Request, user: Person, **_more: Any) -> None:
    methods = [record["method"] for record in get_authentication_records(request, user)]
    _note(Event.SIGNED_IN, user, request, methods=methods)


def _step_taken(request: Request, user: Person, method: str, **details: Any) -> None:
    """Whoever typed the code that a letter brought has shown that the address is theirs."""
    address = details.get("email")
    if method != "code" or not address or address.lower() != user.email.lower():
        return
    if EmailAddress.objects.filter(user_id=user.pk, email=address.lower(), verified=True).exists():
        return
    with suppress(
        Refused
    ):  # somebody else has confirmed it; it lets them in all the same, as a forgotten password would
        by = Actor(person_id=user.pk, person_name=str(user), unit=None)
        change_email(user, user.email, by=by, at=request.at)


def _password_changed(request: Request, user: Person, **_more: Any) -> None:
    others = UserSession.objects.filter(user_id=user.pk).exclude(session_key=request.session.session_key)
    _note(Event.PASSWORD_CHANGED, user, request, sessions_ended=end(others))


def _password_reset(request: Request, user: Person, **_more: Any) -> None:
    throttle.forgive(request, user.username)
    ended = end(UserSession.objects.filter(user_id=user.pk))
    _note(Event.PASSWORD_CHANGED, user, request, by_mail=True, sessions_ended=ended)


def _second_step_added(request: Request, user: Person, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note(Event.RECOVERY_CODES_MADE, user, request)
    else:
        second_step.set_up_here(request)
        _note(Event.SECOND_STEP_ADDED, user, request, type=authenticator.type)


def _second_step_removed(request: Request, user: Person, authenticator: Authenticator, **_more: Any) -> None:
    _note(Event.SECOND_STEP_REMOVED, user, request, type=authenticator.type)


def _codes_made(request: Request, user: Person, **_more: Any) -> None:
    _note(Event.RECOVERY_CODES_MADE, user, request)


def _linked(request: Request, sociallogin: Any, **_more: Any) -> None:
    _note(Event.IDENTITY_LINKED, sociallogin.user, request, provider=sociallogin.account.provider)
