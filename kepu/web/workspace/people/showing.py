"""Posts in words: the role, how far it reaches, from when until when. A person is shown by name and role only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.core.refusals import Verdict, verdict
from kepu.notices.kinds.base import listed
from kepu.orgs import post_rules
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Deputy, Invitation, Post

Reaches = Mapping[int, Sequence[str]]  # what units coordinate, by name


@dataclass(frozen=True, slots=True)
class ShownDeputy:
    """Who stands in, and for how long."""

    deputy: Deputy
    span: str
    now: bool
    may_end: Verdict


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post as a list shows it, with what may be done with it."""

    post: Post
    role: str
    reach: str
    span: str
    to_come: bool
    own: bool
    deputies: tuple[ShownDeputy, ...]
    may_change: bool
    may_end: bool
    may_name_deputy: bool


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    invitation: Invitation
    role: str
    reach: str
    expires: str
    may_withdraw: bool


def shown_post(post: Post, actor: Actor, reaches: Reaches, *, at: datetime) -> ShownPost:
    own = post_rules.is_own(actor, post)
    deputies = tuple(
        ShownDeputy(
            one, span_words(one.since, one.until), one.since <= at,
            verdict(post_rules.check_end_deputy, actor, post, one.person_id),
        )
        for one in getattr(post, "deputies_now", ())
    )  # fmt: skip
    return ShownPost(
        post, str(post.get_role_display()), reach_words(post, reaches), span_words(post.since, post.until),
        post.since is not None and post.since > at, own, deputies,
        bool(verdict(post_rules.check_change_post, actor, post)), bool(verdict(post_rules.check_end_post, actor, post)),
        bool(verdict(post_rules.check_name_deputy, actor, post, deputy_is_colleague=True)),
    )  # fmt: skip


def shown_invitation(
    invitation: Invitation, actor: Actor, reaches: Reaches, *, at: datetime
) -> ShownInvitation:
    return ShownInvitation(
        invitation, str(invitation.get_role_display()), reach_words(invitation, reaches),
        moment(invitation.expires_at),
        bool(verdict(post_rules.check_withdraw_invitation, actor, invitation, at=at)),
    )  # fmt: skip


def reach_words(post: Post | Invitation, reaches: Reaches) -> str:
    """How far a post reaches: its own place or line, what its unit coordinates, or the unit alone."""
    if post.place is not None:
        return post.place.name
    if post.line is not None:
        return _("%(line)s系统") % {"line": post.line.name}
    coordinated = reaches.get(post.unit_id, ()) if post.role in OVERSEEING else ()
    return listed(list(coordinated)) if coordinated else _("本单位")


def span_words(since: datetime | None, until: datetime | None) -> str:
    """ "9月1日—9月30日", "9月1日起", "至9月30日"; the last day counts."""
    if since is None and until is None:
        return _("长期")
    if until is None:
        return _("%(day)s起") % {"day": first_day(since)} if since else ""
    if since is None:
        return _("至%(day)s") % {"day": last_day(until)}
    return _("%(first)s—%(last)s") % {"first": first_day(since), "last": last_day(until)}


def first_day(since: datetime | None) -> str:
    return date_format(localtime(since), "DATE_FORMAT") if since else ""


def last_day(until: datetime) -> str:
    """The day on which something ends: what ends at midnight ends with the day before."""
    return date_format(localtime(until - timedelta(microseconds=1)), "DATE_FORMAT")


def moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
