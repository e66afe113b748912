"""Four eyes: nobody passes what they wrote themselves, through whichever unit and in whoever's stead.

Where a notice asks for it (``four_eyes`` of its routing) there is no way round. Elsewhere the one reviewer whom a unit
has may pass their own, so that a small unit does not stand still, and the trace says so. See decision 0014.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.gates import reason_of
from kepu.activities.models import Activity
from kepu.activities.workflow import Event, State
from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.core.refusals import NotAllowed
from kepu.notices.inheritance import Rules
from kepu.orgs.actor import Actor
from kepu.orgs.models import Post, Role

Another = Callable[[int, frozenset[int]], bool]  # whether a unit has a reviewer who is none of these people
_WHO = ("person_id", "detail__deputy_for", "detail__hands")  # hands: who else has written what was taken over
# a picture taken away is no writing: a reviewer who takes one away may still decide
_WROTE = (
    Event.DRAFTED, Event.EDITED, Event.FILED, Event.PICTURES_ADDED, Event.PICTURE_DESCRIBED, Event.PICTURE_MOVED,
)  # fmt: skip


def authors_of(activity: Activity) -> set[int]:
    """Whose hand is in what waits for review, and in whose stead: ids of people. One query.

    Of a filing it is everybody who drafted, edited or filed it, or added, described or moved its pictures; of a proposed
    change, whoever proposed it.
    """
    if activity.state == State.CHANGED:
        rows = audit.of(activity).filter(event=Event.CHANGE_PROPOSED).order_by("-id")[:1]
    else:
        rows = audit.of(activity).filter(event__in=_WROTE)
    return {person for row in rows.values_list(*_WHO) for person in _people(*row)}


def authors_of_filings(activities: Collection[Activity]) -> dict[int, set[int]]:
    """:func:`authors_of` for many filings, by id. One query.

    It stands as long as their versions do: whoever writes into a filing, or shows a picture with it, makes a new one.
    """
    things = {activity.pk for activity in activities}
    rows = AuditEntry.objects.filter(
        thing=Activity._meta.model_name, thing_id__in=things, event__in=_WROTE
    ).order_by("id")
    found: dict[int, set[int]] = {pk: set() for pk in things}
    for pk, *who in rows.values_list("thing_id", *_WHO):
        found[pk].update(_people(*who))
    return found


def _people(person: int | None, deputy_for: int | None, hands: Collection[int] | None) -> set[int]:
    return {pk for pk in (person, deputy_for, *(hands or ())) if pk is not None}


def check_four_eyes(
    activity: Activity, in_force: Rules, *, by: Actor, at: datetime, authors: Collection[int] | None = None,
    another: Another | None = None,
) -> bool:  # fmt: skip
    """Whether this is one's own, passed all the same because the unit has nobody else. At most two queries.

    ``authors`` where they are known already; ``another`` answers for many at once. Raises :class:`NotAllowed` where another must decide, with the clause where
    a notice asks for it.
    """
    authors = frozenset(authors_of(activity) if authors is None else authors)
    if not authors.intersection(by.persons):
        return False
    rule = in_force.get("routing.activity")
    params: Any = rule.params if rule is not None else None
    if rule is not None and params.four_eyes:
        sentence = _(
            "通知要求填报和审核由不同的人办理，这项活动您本人填过或改过。请由本单位另一位审核人审核；没有的，请统筹单位安排一位。"
        )
        raise NotAllowed(reasons=[reason_of(rule, sentence)])
    unit_id = activity.reviewing_unit_id or 0
    if another(unit_id, authors) if another else has_another_reviewer(unit_id, authors, at):
        raise NotAllowed(_("这项活动是您本人填报的。请由本单位另一位审核人审核。"))
    return True


def has_another_reviewer(unit_id: int, people: Collection[int], at: datetime) -> bool:
    """Whether somebody who is none of these people could review for the unit. One query."""
    posts = Post.objects.holding(at).filter(
        unit_id=unit_id, role__in=[Role.REVIEWER, Role.COORDINATOR], person__is_active=True
    )
    return posts.exclude(person_id__in=people).exists()
