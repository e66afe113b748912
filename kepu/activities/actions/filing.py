"""Handing an activity in for review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from kepu.activities import messages, rules
from kepu.activities.actions.drafting import drafted, made_before, with_hands
from kepu.activities.actions.looking import look_again
from kepu.activities.actions.steps import check_seen, host_of, move, rules_for
from kepu.activities.content import as_plain
from kepu.activities.facts import facts_of
from kepu.activities.gates import at_filing, check_codes, check_form
from kepu.activities.models import CONTENT, Activity, FiledVersion
from kepu.activities.routing import Router
from kepu.activities.workflow import Event, State
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import GateClosed
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.gate import Stage
from kepu.notices.models import Season
from kepu.notices.rulebook import snapshot_id
from kepu.orgs.actor import Actor


@transaction
def file_activity(
    activity: Activity, *, expected_version: int | None = None, by: Actor, at: datetime
) -> Activity:
    """Hand a draft or returned activity to the unit that the notices lay down for its review.

    Hard gates refuse with every reason at once. What falls short of an "in principle" is handed in all the same: it
    waits, by name, for the reviewer's waiver. The rules it was filed under are kept with it.
    """
    rules.check_file(by, activity)
    check_seen(activity, expected_version)
    _file(activity, by=by, at=at)
    return activity


def file_new(
    token: UUID, *, season: Season, content: Mapping[str, Any], hands: Collection[int] = (), router: Router | None = None,
    by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Draft and hand in as one act, as a line of a sheet is: what cannot be handed in leaves no draft behind.

    Idempotent: the same token again gives the activity it made before, as that now is. ``hands`` as in a new draft.
    ``router`` is that of the host, where many are filed and it was asked for the way before.
    """
    try:
        return _file_new(token, season, dict(content), hands, router, by=by, at=at)
    except IntegrityError:  # another worker was faster, or the content names what does not exist
        if not Activity.objects.filter(token=token).exists():
            raise
        return made_before(token, by=by)


@transaction
def _file_new(
    token: UUID, season: Season, content: dict[str, Any], hands: Collection[int], router: Router | None, *,
    by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    rules.check_create(by, season)
    if Activity.objects.filter(token=token).exists():
        return made_before(token, by=by)
    activity = drafted(token, season, content, by=by, at=at, **with_hands(hands))
    rules.check_file(by, activity)
    _file(activity, router=router, by=by, at=at)
    return activity


def _file(activity: Activity, *, router: Router | None = None, by: Actor, at: datetime) -> None:
    in_force = rules_for(activity, by, at)
    values = handing_in(activity, in_force, router=router, by=by, at=at)
    move(
        activity, State.FILED, Event.FILED, values, by=by, at=at, round=values["round"], unmet=values["unmet"]
    )
    keep_filed(activity, at=at)
    look_again(activity.pk, at=at)
    messages.filed(activity, host_of(activity, by).name, in_force, at=at)


@in_transaction
def keep_filed(activity: Activity, *, at: datetime) -> None:
    """Keep what was handed in, so that the next round can be held against it."""
    columns = [Activity._meta.get_field(name).attname for name in CONTENT]  # type: ignore[union-attr]
    content = as_plain({name: getattr(activity, name) for name in columns})
    FiledVersion.objects.create(activity_id=activity.pk, round=activity.round, content=content, filed_at=at)


@in_transaction
def handing_in(
    activity: Activity, in_force: Rules, *, router: Router | None = None, by: Actor, at: datetime
) -> dict[str, Any]:
    """Check what must hold at filing, and give the columns of a filing that begins now."""
    check_form(activity)
    check_codes(activity, in_force)
    host = host_of(activity, by)
    found = at_filing(activity, in_force, host=host, at=at)
    if found.refusals:
        raise GateClosed(reasons=found.refusals)
    facts = facts_of(activity, host=host, at=at, stage=Stage.FILING)
    way = router or Router(in_force, host)
    chain = way.chain(facts, chosen=activity.responsible_unit_id)
    return {
        "filed_at": at, "filed_by_id": by.person_id, "round": activity.round + 1, "approved_at": None,
        "rules_id": snapshot_id(in_force), "route": chain.as_plain(), "reviewing_unit_id": chain.units[0],
        "review_step": 1, "review_due_at": chain.due(at), "unmet": found.unmet, "waivers": {},
    }  # fmt: skip
