"""Before anybody else sees it: draft, edit, copy, withdraw."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions.looking import look_again
from kepu.activities.actions.pictures import copy_pictures
from kepu.activities.actions.sittings import to_trace
from kepu.activities.actions.steps import check_length, check_seen, move, touch
from kepu.activities.actions.together import let_go
from kepu.activities.content import apply, changed_only, check_order, check_position, cleaned
from kepu.activities.copying import of_published, what_is_taken
from kepu.activities.models import Activity, Publication
from kepu.activities.sessions import spanned
from kepu.activities.workflow import Event, State
from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import NotAllowed
from kepu.notices.models import Season
from kepu.orgs.actor import Actor


def create_draft(
    token: UUID, *, season: Season, content: Mapping[str, Any] | None = None, pictures_of: Activity | None = None,
    hands: Collection[int] = (), by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """A new draft of the unit acted for. Idempotent: the same token again gives the draft it made before.

    ``content`` may hold anything of :data:`~kepu.activities.models.CONTENT`; nothing is required yet. The pictures of
    another activity (``pictures_of``) come along. ``hands`` are ids of people who have written the content besides.
    """
    return _once(
        token, season, dict(content or {}), pictures_of=pictures_of, by=by, at=at, **with_hands(hands)
    )


def copy_activity(
    activity: Activity, token: UUID, *, season: Season | None = None, changes: Mapping[str, Any] | None = None,
    by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """A new draft with the content of another activity of the same unit, but its dates. Idempotent like a new draft.

    What the lists of the season it goes into do not know is left behind: :func:`what_is_taken` says what.
    """
    into = season or activity.season
    rules.check_copy(by, activity, into)
    taken = what_is_taken(activity, into, at=at)
    content = {**taken.content, **(changes or {})}
    return _once(token, into, content, pictures_of=activity, by=by, at=at, copied_from=activity.pk)


def copy_published(
    publication: Publication, token: UUID, *, season: Season, by: Actor, at: datetime
) -> Activity:
    """A new draft of the unit acted for from what the public reads of another's activity. Idempotent like a new draft.

    Nothing of its host goes along: no place, no link, no unit, nobody's name. What is left behind :func:`of_published` says.
    """
    rules.check_copy_published(by, season)
    assert by.unit is not None  # the check has seen to it
    taken = of_published(publication, season, unit=by.unit, at=at)
    return _once(token, season, taken.content, by=by, at=at, copied_from=publication.pk)


@transaction
def edit_draft(
    activity: Activity,
    *,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
    while_writing: bool = False,
    hands: Collection[int] = (),
    by: Actor,
    at: datetime,
) -> Activity:
    """Write into a draft or a returned activity. Another tab that wrote since is told so; nothing of it is lost.

    Writing what already stands there does nothing, whatever version was seen: a save that is sent again because its
    answer was lost finds its own words. ``while_writing`` is a save that nobody pressed a button for; those of one
    sitting share their trace (see :mod:`kepu.activities.actions.sittings`). ``hands`` as in a new draft.
    """
    rules.check_edit(by, activity)
    values = changed_only(activity, spanned(cleaned(changes), activity))
    if not values:
        return activity
    check_seen(activity, expected_version)
    check_order(values, activity)
    check_position(values, activity)
    fields = to_trace(activity, values, by=by, at=at) if while_writing else sorted(values)
    touch(
        activity, Event.EDITED if fields else None, values, by=by, at=at, fields=fields, **with_hands(hands)
    )
    return activity


@transaction
def withdraw_activity(
    activity: Activity, *, reason: str = "", expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """Take back what is not yet public. The row and its trace stay; what counted with it counts again itself."""
    rules.check_withdraw(by, activity)
    check_seen(activity, expected_version)
    check_length(reason)
    for pk in let_go(activity, by=by, at=at) if activity.filed_at else ():
        look_again(pk, at=at)
    move(activity, State.WITHDRAWN, Event.WITHDRAWN, {"withdrawn_at": at}, by=by, at=at, reason=reason)
    return activity


def _once(
    token: UUID, season: Season, content: dict[str, Any], *, pictures_of: Activity | None = None, by: Actor, at: datetime,
    **detail: Any,
) -> Activity:  # fmt: skip
    """A new draft, or the one that the token made before."""
    try:
        return _draft(token, season, content, pictures_of=pictures_of, by=by, at=at, **detail)
    except (
        IntegrityError
    ):  # another sending of the same form was faster, or the content names what does not exist
        if not Activity.objects.filter(token=token).exists():
            raise
        return made_before(token, by=by)


@transaction
def _draft(
    token: UUID, season: Season, content: dict[str, Any], *, pictures_of: Activity | None, by: Actor, at: datetime,
    **detail: Any,
) -> Activity:  # fmt: skip
    rules.check_create(by, season)
    if Activity.objects.filter(token=token).exists():
        return made_before(token, by=by)
    return drafted(token, season, content, pictures_of=pictures_of, by=by, at=at, **detail)


@in_transaction
def drafted(
    token: UUID, season: Season, content: dict[str, Any], *, pictures_of: Activity | None = None, by: Actor,
    at: datetime, **detail: Any,
) -> Activity:  # fmt: skip
    """The row of a new draft of the unit acted for, with its trace."""
    unit = by.unit
    assert unit is not None  # check_create has seen to it
    values = spanned(cleaned(content))
    check_order(values)
    check_position(values)
    activity = Activity(
        season=season, unit=unit, place_path=unit.place_path, line_path=unit.line_path, token=token,
        place_id=unit.place_id, activity_level=_level_of(unit.level), turn_since=at, drafted_at=at,
    )  # fmt: skip
    apply(activity, values)
    activity.save(force_insert=True)
    audit.record(Event.DRAFTED, activity, by=by, at=at, **detail)
    if pictures_of is not None:
        copy_pictures(pictures_of, activity, by=by, at=at)
    return activity


def made_before(token: UUID, *, by: Actor) -> Activity:
    """The activity that a token made. Raises :class:`NotAllowed` where it is another unit's."""
    activity = Activity.objects.whole().get(token=token)
    if not by.acts_for(activity.unit_id):
        raise NotAllowed(_("这张表已经由另一个单位提交过。请重新打开新建页面。"))
    return activity


def with_hands(hands: Collection[int]) -> dict[str, Any]:
    """What the trace says of who else has written it."""
    return {"hands": sorted(hands)} if hands else {}


def _level_of(level: str) -> str:
    """Activities of a village count among the town's."""
    return "town" if level == "village" else level
