"""Giving posts, changing their dates, ending them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.accounts import actions as accounts
from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.orgs import post_rules, rules
from kepu.orgs.actor import Actor
from kepu.orgs.models import Deputy, Line, Place, Post, Role, Unit
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
    rules.check_not_oneself(by, person.pk)
    check_can_sign_in(person)
    return give(person, unit, role, place=place, line=line, since=since, until=until, by=by, at=at)


@transaction
def enrol(
    unit: Unit, role: Role, *, username: str, name: str, email: str = "", password: str | None = None,
    place: Place | None = None, line: Line | None = None, until: datetime | None = None, by: Actor, at: datetime,
) -> Post:  # fmt: skip
    """Make an account for somebody new and give them a post for a unit, in one act."""
    rules.check_appoint(by, unit, Role(role), place=place, line=line)
    person = accounts.add_person(username=username, name=name, email=email, password=password, by=by, at=at)
    return give(person, unit, role, place=place, line=line, since=None, until=until, by=by, at=at)


@transaction
def end_post(post: Post, *, confirmed: bool = False, by: Actor, at: datetime) -> None:
    """Let a post end now; one that has not begun is taken back.

    The last filer or coordinator of a unit goes only when the coordinator above has ``confirmed`` it.
    """
    post_rules.check_end_post(by, post)
    lock_people_of(post.unit_id)
    if _has_begun(post, at) and is_last(post, at):
        post_rules.check_leave(by, post, confirmed=confirmed)
    end(post, on=at, by=by, at=at)


@transaction
def change_post(
    post: Post, *, until: datetime | None, since: datetime | None = None, confirmed: bool = False, by: Actor, at: datetime
) -> Post:  # fmt: skip
    """Correct until when a post holds, and of one that has not begun from when. What has been stays as it was."""
    post_rules.check_change_post(by, post)
    lock_people_of(post.unit_id)
    if post.until is not None and post.until <= at:
        raise StaleState(_("这个岗位已经结束。要再担任，请重新安排。"))
    begins = post.since
    if since is not None and since != post.since:
        if _has_begun(post, at):
            raise _unfit(_("岗位已经开始，开始时间不能再改。"), "since")
        begins = since
    if until is not None and (until <= at or (begins is not None and until <= begins)):
        raise _unfit(_("岗位的结束时间应晚于开始时间，也晚于现在。马上结束的，请用“结束岗位”。"), "until")
    if until is not None and is_last(post, until):
        post_rules.check_leave(by, post, confirmed=confirmed)
    if not Post.objects.filter(pk=post.pk, since=post.since, until=post.until).update(
        since=begins, until=until
    ):
        raise StaleState()
    audit.record(
        Event.POST_CHANGED, post, by=by, at=at, person=post.person_id, unit=post.unit_id, role=post.role,
        since=[post.since, begins], until=[post.until, until],
    )  # fmt: skip
    post.since, post.until = begins, until
    if until is not None:
        relieve_deputies(post, on=until)
    return post


@in_transaction
def end(post: Post, *, on: datetime, by: Actor, at: datetime) -> None:
    """End a post on an instant, with its deputies; one that has not begun by then is taken back."""
    same = Post.objects.filter(pk=post.pk)
    running = same.filter(Q(since__isnull=True) | Q(since__lt=on), Q(until__isnull=True) | Q(until__gt=on))
    relieve_deputies(post, on=on)
    if not (running.update(until=on) or same.filter(since__gte=on).delete()[0]):
        raise StaleState(_("这个岗位已经结束。请刷新后再看。"))
    audit.record(
        Event.POST_ENDED, post, by=by, at=at, person=post.person_id, unit=post.unit_id, role=post.role, on=on
    )


@in_transaction
def lock_people_of(unit_id: int) -> None:
    """Of two who leave a unit at once, the second sees that the first has gone."""
    Unit.objects.select_for_update().only("pk").get(pk=unit_id)


@in_transaction
def relieve_deputies(post: Post, *, on: datetime) -> None:
    """No deputy outlives the post."""
    theirs = Deputy.objects.filter(post_id=post.pk)
    theirs.filter(since__gte=on).delete()
    theirs.filter(until__gt=on).update(until=on)


@in_transaction
def give(
    person: Person, unit: Unit, role: Role, *, place: Place | None, line: Line | None,
    since: datetime | None, until: datetime | None, by: Actor, at: datetime, **detail: object,
) -> Post:  # fmt: skip
    """:func:`appoint` as a part of another act, which has asked who may."""
    begins = since or at
    if until is not None and until <= begins:
        raise _unfit(_("岗位的结束时间应晚于开始时间。请改正。"), "until")
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
        place=place.code if place else "", line=line.code if line else "", since=post.since, until=until, **detail,
    )  # fmt: skip
    return post


def check_can_sign_in(person: Person) -> None:
    """A post is of use only to somebody whose account is open."""
    if not person.is_active:
        raise NotAllowed(_("“%(person)s”的账号已经停用，不能安排岗位。") % {"person": person})


def is_last(post: Post, on: datetime) -> bool:
    """Whether nobody else is in the same role of the unit at an instant."""
    others = Post.objects.holding(on).filter(unit_id=post.unit_id, role=post.role, person__is_active=True)
    return not others.exclude(person_id=post.person_id).exists()


def _has_begun(post: Post, at: datetime) -> bool:
    return post.since is None or post.since < at


def _unfit(sentence: str, field: str) -> Incomplete:
    return Incomplete(reasons=[Reason(sentence, field)])
