"""Giving and ending posts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kepu.accounts import actions as accounts
from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.orgs import rules
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place, Post, Role, Unit
from kepu.orgs.workflow import Event


@transaction
def appoint(
    person: Person, unit: Unit, role: Role, *, place: Place | None = None, line: Line | None = None,
    since: datetime | None = None, until: datetime | None = None, by: Actor, at: datetime,
) -> Post:  # fmt: skip
    """Give a person a post for a unit; without ``since`` it holds at once.

    A post that has ended is opened again; for one that still holds, its end is corrected.
    """
    rules.check_appoint(by, unit, Role(role), place=place, line=line)
    return _give(person, unit, role, place=place, line=line, since=since, until=until, by=by, at=at)


@transaction
def enrol(
    unit: Unit, role: Role, *, username: str, name: str, email: str = "", password: str | None = None,
    place: Place | None = None, line: Line | None = None, until: datetime | None = None, by: Actor, at: datetime,
) -> Post:  # fmt: skip
    """Make an account for somebody new and give them a post for a unit, in one act."""
    rules.check_appoint(by, unit, Role(role), place=place, line=line)
    person = accounts.add_person(username=username, name=name, email=email, password=password, by=by, at=at)
    return _give(person, unit, role, place=place, line=line, since=None, until=until, by=by, at=at)


@transaction
def end_post(post: Post, *, by: Actor, at: datetime) -> None:
    """Let a post end now; one that has not begun is taken back."""
    rules.check_end_post(by, post)
    same = Post.objects.filter(pk=post.pk)
    running = same.holding(at).exclude(since=at)
    if not (running.update(until=at) or same.filter(since__gte=at).delete()[0]):
        raise StaleState(_("这个岗位已经结束。请刷新后再看。"))
    audit.record(
        Event.POST_ENDED, post, by=by, at=at, person=post.person_id, unit=post.unit_id, role=post.role
    )


@in_transaction
def _give(
    person: Person, unit: Unit, role: Role, *, place: Place | None, line: Line | None,
    since: datetime | None, until: datetime | None, by: Actor, at: datetime,
) -> Post:  # fmt: skip
    begins = since or at
    if until is not None and until <= begins:
        raise Incomplete(reasons=[Reason(_("岗位的结束时间应晚于开始时间。请改正。"), "until")])
    post, new = Post.objects.get_or_create(
        person=person,
        unit=unit,
        role=role,
        place=place,
        line=line,
        defaults={"since": begins, "until": until},
    )
    if not new:
        ended = post.until is not None and post.until <= at
        post.since = begins if ended or since is not None else post.since
        post.until = until
        post.save(update_fields=["since", "until"])
    audit.record(
        Event.POST_GIVEN, post, by=by, at=at, person=person.pk, unit=unit.pk, role=role,
        place=place.code if place else "", line=line.code if line else "", since=post.since, until=until,
    )  # fmt: skip
    return post
