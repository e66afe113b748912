"""When somebody leaves: their posts go to a successor, in one act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.orgs import post_messages, post_rules, rules
from kepu.orgs.actions.posts import check_can_sign_in, end, give, lock_people_of
from kepu.orgs.actor import Actor
from kepu.orgs.models import Deputy, Post, Role, Unit
from kepu.orgs.workflow import Event

FARTHEST = timedelta(days=366)


@transaction
def hand_over(
    leaver: Person, successor: Person, unit: Unit, *, posts: Collection[int] | None = None, on: datetime | None = None,
    in_hand: Mapping[str, int] | None = None, by: Actor, at: datetime,
) -> list[Post]:  # fmt: skip
    """Give the successor the leaver's posts in a unit on an instant, now where none is said, and end the leaver's.

    ``posts`` chooses some by their ids; None takes all. ``in_hand`` is what lay in the leaver's hands as the page showed
    it: the trace keeps the figures. Where all are handed over, what the leaver did as a deputy in the unit ends too.
    """
    lock_people_of(unit.pk)
    day = max(on, at) if on is not None else at
    if day - at > FARTHEST:
        raise _unfit(_("交接的日子最远一年以内。请改正。"), "on")
    if successor.pk == leaver.pk:
        raise _unfit(_("接手的人不能是本人。请选另一位。"), "successor")
    rules.check_not_oneself(by, successor.pk)
    check_can_sign_in(successor)
    theirs = list(
        Post.objects.not_ended(day).filter(unit=unit, person=leaver).select_related("unit", "place", "line").order_by("pk")
    )  # fmt: skip
    chosen = theirs if posts is None else [post for post in theirs if post.pk in set(posts)]
    if not chosen:
        raise StaleState(_("没有可以交接的岗位：到那一天都已经结束。请刷新后再看。"))
    colleague = Post.objects.holding(at).filter(unit=unit, person=successor).exists()
    for post in chosen:
        post_rules.check_hand_over(by, post, successor_is_colleague=colleague)
    given = []
    for post in chosen:
        given.append(_take_up(successor, post, day, by=by, at=at))
        end(post, on=day, by=by, at=at)
    if len(chosen) == len(theirs):
        stands_in = Deputy.objects.filter(person=leaver, post__unit=unit)
        stands_in.filter(since__gte=day).delete()
        stands_in.filter(until__gt=day).update(until=day)
    audit.record(
        Event.HANDED_OVER, unit, by=by, at=at, leaver=leaver.pk, successor=successor.pk, on=day,
        posts=[post.role for post in chosen], in_hand=dict(in_hand or {}),
    )  # fmt: skip
    post_messages.handed_over(unit, leaver, successor, at=at)
    return given


@in_transaction
def _take_up(successor: Person, post: Post, day: datetime, *, by: Actor, at: datetime) -> Post:
    """The same post for the successor from that day, until when it would have ended; one held already goes on."""
    same = Post.objects.filter(
        person=successor, unit=post.unit, role=post.role, place=post.place, line=post.line
    ).first()
    since: datetime | None = day
    if (
        same is not None
        and (same.until is None or same.until > at)
        and (same.since is None or same.since <= day)
    ):
        if same.until is None or (post.until is not None and same.until >= post.until):
            return same
        since = None  # what they hold already goes on
    return give(
        successor, post.unit, Role(post.role), place=post.place, line=post.line, since=since, until=post.until, by=by, at=at,
        handed_over_from=post.person_id,
    )  # fmt: skip


def _unfit(sentence: str, field: str) -> Incomplete:
    return Incomplete(reasons=[Reason(sentence, field)])
