"""Naming somebody to stand in for the holder of a post, and relieving them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.orgs import post_messages, post_rules
from kepu.orgs.actions.posts import check_can_sign_in
from kepu.orgs.actor import Actor
from kepu.orgs.models import Deputy, Post
from kepu.orgs.workflow import Event


@transaction
def name_deputy(
    post: Post, person: Person, *, since: datetime, until: datetime, by: Actor, at: datetime
) -> Deputy:
    """Let somebody act in the stead of a post's holder between two instants. It ends by itself."""
    Post.objects.select_for_update().get(pk=post.pk)  # of two namings the second sees the first
    colleague = Post.objects.holding(at).filter(unit_id=post.unit_id, person_id=person.pk).exists()
    post_rules.check_name_deputy(by, post, deputy_is_colleague=colleague)
    if person.pk == post.person_id:
        raise _unfit(_("代理人不能是本人。请选另一位。"), "person")
    check_can_sign_in(person)
    if post.until is not None and post.until <= at:
        raise StaleState(_("这个岗位已经结束。请刷新后再看。"))
    post_rules.check_deputy_dates(post, since=since, until=until, at=at)
    if Deputy.objects.filter(post=post, since__lt=until, until__gt=since).exists():
        raise _unfit(_("这段时间已经有人代理这个岗位。请先结束那一个，或改时间。"), "since")
    deputy = Deputy.objects.create(post=post, person=person, since=since, until=until)
    audit.record(
        Event.DEPUTY_GIVEN, deputy, by=by, at=at, post=post.pk, person=person.pk, stands_in_for=post.person_id,
        unit=post.unit_id, role=post.role, since=since, until=until,
    )  # fmt: skip
    post_messages.deputy_named(deputy, post, at=at)
    return deputy


@transaction
def end_deputy(deputy: Deputy, *, by: Actor, at: datetime) -> None:
    """Let a deputy's time end now; one that has not begun is taken back."""
    post = deputy.post
    post_rules.check_end_deputy(by, post, deputy.person_id)
    same = Deputy.objects.filter(pk=deputy.pk)
    if not (
        same.filter(since__lt=at, until__gt=at).update(until=at) or same.filter(since__gte=at).delete()[0]
    ):
        raise StaleState(_("这次代理已经结束。请刷新后再看。"))
    audit.record(
        Event.DEPUTY_ENDED, deputy, by=by, at=at, post=post.pk, person=deputy.person_id,
        stands_in_for=post.person_id, unit=post.unit_id, role=post.role,
    )  # fmt: skip


def _unfit(sentence: str, field: str) -> Incomplete:
    return Incomplete(reasons=[Reason(sentence, field)])
