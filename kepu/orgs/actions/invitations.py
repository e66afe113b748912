"""Inviting somebody into a unit by a link, and taking the offer up."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kepu.accounts import actions as accounts
from kepu.accounts.models import Person
from kepu.core import audit, outbox
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.core.keys import decrypted, encrypted
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.orgs import people, post_messages, post_rules
from kepu.orgs.actions.posts import give, lock_people_of
from kepu.orgs.actor import Actor
from kepu.orgs.models import Invitation, Line, Place, Post, Role, Unit
from kepu.orgs.models.invitations import digest_of
from kepu.orgs.workflow import Event

VALID_FOR = timedelta(days=7)
MOST_OPEN = 20  # of one unit
_IN_THE_OUTBOX = "outbox.invitation"  # what the link is closed with while it waits to be mailed


@transaction
def invite(
    unit: Unit, role: Role, *, name: str, email: str = "", place: Place | None = None, line: Line | None = None,
    post_until: datetime | None = None, by: Actor, at: datetime,
) -> tuple[Invitation, str]:  # fmt: skip
    """Offer a post by link for a week; gives the invitation and its token, which is kept nowhere.

    With an address the link is mailed too. A unit has only so many invitations open.
    """
    role = Role(role)
    post_rules.check_invite(by, unit, role, place=place, line=line)
    _check_said(name, email, post_until, at)
    lock_people_of(unit.pk)  # the count below holds until the commit
    if Invitation.objects.open(at).filter(unit=unit).count() >= MOST_OPEN:
        raise NotAllowed(
            _("“%(unit)s”已有%(n)s个邀请没有用。请先收回不要的，再邀请。")
            % {"unit": unit.name, "n": MOST_OPEN}
        )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_digest=digest_of(token), unit=unit, role=role, place=place, line=line, post_until=post_until,
        name=name.strip(), email=email.strip(), given_by_id=by.person_id, given_for_id=by.unit_id, given_at=at,
        expires_at=at + VALID_FOR,
    )  # fmt: skip
    audit.record(
        Event.INVITED, invitation, by=by, at=at, unit=unit.pk, role=role, place=place.code if place else "",
        line=line.code if line else "", mailed=bool(invitation.email), post_until=post_until,
    )  # fmt: skip
    if invitation.email:
        closed = encrypted(token, column=_IN_THE_OUTBOX)
        outbox.send("invitation.mail", at=at, invitation_id=invitation.pk, token=closed)
    return invitation, token


@transaction
def withdraw_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Take an offer back: its link leads nowhere from now on."""
    post_rules.check_withdraw_invitation(by, invitation, at=at)
    if not Invitation.objects.open(at).filter(pk=invitation.pk).update(withdrawn_at=at, email=""):
        raise StaleState()
    audit.record(
        Event.INVITATION_WITHDRAWN, invitation, by=by, at=at, unit=invitation.unit_id, role=invitation.role
    )


@transaction
def accept_invitation(token: str, *, person: Person, at: datetime) -> Post:
    """Take up the offered post with the account one has. Whether the giver may still give it is asked again."""
    invitation, giver = _offer(token, at)
    if giver.person_id == person.pk:
        raise NotAllowed(_("这是您自己发出的邀请，请把链接转给要邀请的人。"))
    if not person.is_active:
        raise NotAllowed(_("这个账号已经停用，不能接受邀请。"))
    same = Post.objects.not_ended(at).filter(person=person, unit=invitation.unit, role=invitation.role)
    if same.filter(place=invitation.place, line=invitation.line).exists():
        raise NotAllowed(_("您已经担任这个岗位，不用再接受。请把链接转给要邀请的人。"))
    return _accept(invitation, person, giver=giver, at=at)


@transaction
def accept_with_new_account(
    token: str, *, username: str, name: str, email: str, password: str, language: str = "", at: datetime
) -> Post:
    """Make an account for whoever brings the link, and take up the offered post with it."""
    invitation, giver = _offer(token, at)
    person = accounts.add_person(
        username=username, name=name, email=email, password=password, language=language, by=giver, at=at
    )
    return _accept(invitation, person, giver=giver, at=at)


def mail_invitation(*, invitation_id: int, token: str, at: datetime) -> None:
    """Mail a link. Not an act: it changes nothing here, and a worker that dies mails the same link again."""
    invitation = Invitation.objects.open(at).filter(pk=invitation_id).select_related("unit").first()
    if invitation is None or not invitation.email:
        return
    said = {
        "name": invitation.name, "unit": invitation.unit.name, "role": invitation.get_role_display(),
        "link": link_of(decrypted(token, column=_IN_THE_OUTBOX)), "days": VALID_FOR.days,
    }  # fmt: skip
    EmailMessage(
        " ".join((_("请您担任“%(unit)s”的%(role)s人员") % said).split()),
        _(
            "%(name)s：\n\n“%(unit)s”请您担任%(role)s人员。打开下面的链接，登录或新建账号就能接受：\n\n%(link)s\n\n"
            "链接%(days)s天内有效，只能用一次，请不要转给别人。不是找您的，不用理会。"
        )
        % said,
        to=[invitation.email],
    ).send()


def link_of(token: str) -> str:
    """The address to pass on."""
    return f"{settings.KEPU_PUBLIC_URL}/invitations/{token}/"


def _offer(token: str, at: datetime) -> tuple[Invitation, Actor]:
    invitation = people.find_invitation(token)
    if invitation is None:
        raise NotAllowed(_("没有这个邀请。请核对链接是不是完整。"))
    post_rules.check_still_open(invitation, at=at)
    if invitation.unit.closed_on is not None and invitation.unit.closed_on <= day_of(at):
        raise NotAllowed(_("“%(unit)s”已经停用，不能再接受邀请。") % {"unit": invitation.unit.name})
    return invitation, people.giver_of(invitation, at)


@in_transaction
def _accept(invitation: Invitation, person: Person, *, giver: Actor, at: datetime) -> Post:
    unit = invitation.unit
    used = Invitation.objects.open(at).filter(pk=invitation.pk).update(used_at=at, used_by=person, email="")
    if not used:  # somebody was faster with the same link
        raise StaleState(_("这个邀请已经用过，一个链接只能用一次。已经接受过的，直接登录就行。"))
    post = give(
        person, unit, Role(invitation.role), place=invitation.place, line=invitation.line, since=None,
        until=invitation.post_until, by=giver, at=at, invitation=invitation.pk,
    )  # fmt: skip
    Invitation.objects.filter(pk=invitation.pk).update(post=post)
    taker = Actor(person_id=person.pk, person_name=person.name, unit=unit)
    audit.record(
        Event.INVITATION_ACCEPTED,
        invitation,
        by=taker,
        at=at,
        unit=unit.pk,
        role=invitation.role,
        post=post.pk,
    )
    post_messages.joined(unit, person, post, at=at)
    return post


def _check_said(name: str, email: str, post_until: datetime | None, at: datetime) -> None:
    reasons = []
    if not name.strip() or len(name.strip()) > 60:
        reasons.append(Reason(_("请写明邀请谁，最多60字。"), "name"))
    if email.strip():
        try:
            validate_email(email.strip())
        except ValidationError:
            reasons.append(Reason(_("电子邮箱的写法不对。请核对，或空着，自己把链接转过去。"), "email"))
    if post_until is not None and post_until <= at + VALID_FOR:
        reasons.append(
            Reason(_("岗位的结束时间应晚于邀请的有效期（%(n)s天）。") % {"n": VALID_FOR.days}, "post_until")
        )
    if reasons:
        raise Incomplete(reasons=reasons)
