"""Reads: who holds which post of a unit, who stands in for whom, which invitations are open and whether they still hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.paging import Page, page
from kepu.core.refusals import NotAllowed, Refused
from kepu.orgs import post_rules, queries
from kepu.orgs.actor import SYSTEM, Actor
from kepu.orgs.models import (
    Coordination,
    Deputy,
    Invitation,
    InvitationQuerySet,
    Post,
    PostQuerySet,
    Role,
    Unit,
)


def posts_now(unit: Unit, at: datetime, *, cursor: str = "", size: int = 60) -> Page[Post]:
    """The posts of a unit that hold or are still to begin, with their deputies. Two queries."""
    return page(
        _shown(unit).not_ended(at).prefetch_related(deputies_to_come(at)),
        order=("id",),
        cursor=cursor,
        size=size,
    )


def posts_ended(unit: Unit, at: datetime, *, cursor: str = "", size: int = 60) -> Page[Post]:
    """The posts of a unit that have ended, the last one first. One query."""
    return page(_shown(unit).filter(until__lte=at), order=("-until", "-id"), cursor=cursor, size=size)


def posts_of(person: Person, unit: Unit, at: datetime) -> list[Post]:
    """The posts that a person holds in a unit or is to begin there. One query."""
    return list(_shown(unit).filter(person=person).not_ended(at).order_by("id"))


def deputies_to_come(at: datetime) -> Prefetch[str]:
    """Those who stand in now or later, as ``deputies_now`` of each post."""
    deputies = Deputy.objects.filter(until__gt=at).select_related("person").order_by("since", "id")
    return Prefetch("deputies", deputies, to_attr="deputies_now")


def posts_visible_to(actor: Actor) -> PostQuerySet:
    """The posts of the units whose people the actor sees."""
    return Post.objects.filter(unit__in=post_rules.people_visible_to(actor)).select_related(
        "unit", "person", "place", "line"
    )


def invitations_visible_to(actor: Actor) -> InvitationQuerySet:
    """The invitations of the units whose people the actor sees."""
    return Invitation.objects.filter(unit__in=post_rules.people_visible_to(actor)).select_related(
        "unit", "place", "line"
    )


def open_invitations(unit: Unit, at: datetime) -> list[Invitation]:
    """What a unit offers and nobody has taken up yet: never more than it may have open. One query."""
    found = Invitation.objects.open(at).filter(unit=unit).select_related("place", "line", "given_by", "unit")
    return list(found.order_by("-id"))


def colleagues(unit: Unit, at: datetime) -> list[Person]:
    """Who holds a post in a unit now, by name. One query."""
    holding = Post.objects.holding(at).filter(unit=unit).values("person_id")
    return list(Person.objects.filter(pk__in=holding, is_active=True).order_by("name", "id"))


def with_username(username: str) -> Person | None:
    """The account of a login name, written as its owner would type it. One query."""
    wanted = Person.normalize_username(username.strip())
    return Person.objects.filter(username=wanted).first() if wanted and "\0" not in wanted else None


def coordinated_by(unit_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of the places and lines that units coordinate, by unit. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Coordination.objects.filter(unit_id__in=unit_ids).order_by("pk")
    for unit_id, place, line in rows.values_list("unit_id", "place__name", "line__name"):
        found[unit_id].append(place or line)
    return found


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever became of it. One query."""
    return (
        Invitation.objects.by_token(token)
        .select_related("unit", "place", "line", "given_by", "given_for")
        .first()
    )


def giver_of(invitation: Invitation, at: datetime) -> Actor:
    """Whoever offered the post, as they stand now. Raises :class:`NotAllowed` where they may give it no more."""
    if invitation.given_by is None or invitation.given_for_id is None:
        return SYSTEM
    try:
        giver = queries.actor_for(invitation.given_by, invitation.given_for_id, at)
        post_rules.check_invite(
            giver, invitation.unit, Role(invitation.role), place=invitation.place, line=invitation.line
        )
    except Refused:
        raise NotAllowed(
            _("发出邀请的人已经不能安排“%(unit)s”的这个岗位，邀请不再有效。请联系这个单位再发一次。")
            % {"unit": invitation.unit.name}
        ) from None
    return giver


def _shown(unit: Unit) -> PostQuerySet:
    return Post.objects.filter(unit=unit).select_related("person", "place", "line", "unit")
