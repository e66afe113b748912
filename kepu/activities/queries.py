"""Reads: what is a unit's, what waits for it, what is due, what the public sees. Each says its number of queries.

Lists are unordered querysets, to be paged by the key that stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from kepu.accounts.models import Person
from kepu.activities import listing, rules
from kepu.activities.alike import Alike as Alike
from kepu.activities.alike import like_these as like_these
from kepu.activities.alike import like_this as like_this
from kepu.activities.models import (
    Activity,
    ActivityQuerySet,
    BatchOfReviews,
    FiledVersion,
    Publication,
    ReviewNote,
)
from kepu.activities.tallying import COLUMNS, counted, spot_of
from kepu.activities.workflow import AWAITING_REVIEW, IN_PUBLIC, Event, State
from kepu.core import audit
from kepu.core.fields import ancestors, under
from kepu.core.tallies import Counted
from kepu.notices.models import Season
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Coordination, Role, Unit

OWN_ORDER = ("-id",)
INBOX_ORDER = ("turn_since", "id")
DUE_ORDER = ("review_due_at", "id")
DECIDED_ORDER = ("-turn_since", "-id")
COUNTED_TO = 1000
AREA_ORDER = ("place_path", "id")


def unit_activities(actor: Actor, season: Season | None = None) -> ActivityQuerySet:
    """The activities of the unit acted for; page by :data:`OWN_ORDER`. One query."""
    own = Activity.objects.filter(unit_id=actor.unit_id or 0).select_related(
        "season", "unit", "reviewing_unit"
    )
    return own.filter(season=season) if season else own


def inbox(actor: Actor) -> ActivityQuerySet:
    """What waits for the review of the unit acted for; page by :data:`INBOX_ORDER`, the longest waiting first."""
    return Activity.objects.filter(reviewing_unit_id=actor.unit_id).awaiting_review().whole()


def decided_by(actor: Actor, season: Season) -> list[ActivityQuerySet]:
    """What the unit acted for has reviewed, a queryset for each state, so that each keeps to its index; page all of them
    together by :data:`DECIDED_ORDER`."""
    ours = Activity.objects.filter(reviewing_unit_id=actor.unit_id, season=season).whole()
    return [ours.filter(state=state) for state in State if state not in (*AWAITING_REVIEW, State.DRAFT)]


def at_most(rows: QuerySet[Any]) -> int:
    """How many there are, counted no further than one more than :data:`COUNTED_TO`. One query."""
    return rows.order_by()[: COUNTED_TO + 1].count()


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with reviews that are late: how many (no further than :data:`COUNTED_TO` all together), the oldest limit."""

    unit: Unit
    count: int
    since: datetime


def late_below(actor: Actor, season: Season) -> list[LateUnit]:
    """Where reviews are late below a coordinator, the longest waiting first. Two queries, of what is late alone."""
    reached = Q()
    for path in actor.places_as(Role.COORDINATOR):
        reached |= under("place_path", path) & under("reviewing_unit__place_path", path)
    for path in actor.lines_as(Role.COORDINATOR):
        reached |= under("line_path", path) & under("reviewing_unit__line_path", path)
    if not reached:
        return []
    rows = Activity.objects.filter(reached, season=season, escalated_at__isnull=False)
    found = rows.exclude(reviewing_unit_id=actor.unit_id).order_by("place_path", "id")
    by_unit: dict[int, list[datetime]] = {}
    for unit_id, due in found.values_list("reviewing_unit_id", "review_due_at")[:COUNTED_TO]:
        if unit_id is not None and due is not None:
            by_unit.setdefault(unit_id, []).append(due)
    units = Unit.objects.in_bulk(by_unit)
    late = [LateUnit(units[pk], len(dues), min(dues)) for pk, dues in by_unit.items()]
    return sorted(late, key=lambda one: (one.since, one.unit.pk))


def late_at(unit: Unit, season: Season) -> int:
    """How many reviews that those above know to be late wait for a unit. One query."""
    rows = Activity.objects.filter(
        reviewing_unit=unit, season=season, state__in=sorted(AWAITING_REVIEW), escalated_at__isnull=False
    )
    return at_most(rows)


def newly_late(at: datetime) -> ActivityQuerySet:
    """Reviews whose time has run out and of which those above do not know yet; ordered by how long."""
    rows = Activity.objects.filter(
        state__in=[State.FILED, State.CHANGED], review_due_at__isnull=False, review_due_at__lt=at, escalated_at__isnull=True
    )  # fmt: skip
    return rows.whole().order_by("review_due_at", "id")


def above(unit: Unit) -> int | None:
    """The unit that coordinates above a unit: nearest by place, else by line; None at the top. At most two queries."""
    for column, path in (("place__path", unit.place_path), ("line__path", unit.line_path)):
        if path:
            chain = Coordination.objects.filter(**{f"{column}__in": ancestors(path)}).exclude(unit_id=unit.pk)
            nearest = chain.order_by(f"-{column}").values_list("unit_id", flat=True).first()
            if nearest is not None:
                return nearest
    return None


def unfinished_batches(actor: Actor, season: Season) -> QuerySet[BatchOfReviews]:
    """Batches of the unit that stopped in the middle, the newest first."""
    rows = BatchOfReviews.objects.filter(unit_id=actor.unit_id or 0, season=season, done_at=None)
    return rows.order_by("-id")


def filed_before(activity: Activity) -> FiledVersion | None:
    """What was handed in the round before this one; None for the first, and for what is older than its being kept."""
    if activity.round < 2:
        return None
    return FiledVersion.objects.filter(activity_id=activity.pk, round=activity.round - 1).first()


def area_activities(actor: Actor, season: Season, place_path: str) -> ActivityQuerySet:
    """What was handed in below a place and the actor may see; page by :data:`AREA_ORDER`, place by place. One query.

    Within what the actor oversees it is a range of the index; elsewhere whatever else is in sight is picked out.
    """
    whole = any(place_path.startswith(path) for path in actor.places_as(*OVERSEEING))
    rows = Activity.objects.whole() if whole or actor.is_system else rules.visible_to(actor)
    return rows.filter(season=season).handed_in().under(place_path)


def notes_on(activity: Activity) -> QuerySet[ReviewNote]:
    """What reviewers said, oldest first. One query."""
    return ReviewNote.objects.filter(activity_id=activity.pk).select_related("unit").order_by("id")


class What(StrEnum):
    """What is due of a host after the day."""

    HOLD = "hold"  # confirm that it was held, with its numbers
    COMPLETE = "complete"
    SUMMARISE = "summarise"


@dataclass(frozen=True, slots=True)
class Due:
    """Something a host has to do, since when, and until when where a notice says so."""

    activity: Activity
    what: What
    since: datetime
    due: datetime | None
    late: bool


def activities_due(actor: Actor, season: Season, *, at: datetime) -> list[Due]:
    """What the unit acted for still has to do after its activities, the most pressing first. One query."""
    over = Q(state__in=sorted(IN_PUBLIC), ends_at__lte=at, time_pending=False)
    todo = over | Q(state=State.HELD) | Q(state=State.COMPLETED, summary_due_at__isnull=False)
    rows = Activity.objects.filter(todo, unit_id=actor.unit_id or 0, season=season).whole()
    found = [_due(activity, at) for activity in rows.order_by("id")]
    return sorted(found, key=lambda d: (d.due is None, d.due or d.since, d.activity.pk))


def _due(activity: Activity, at: datetime) -> Due:
    due = activity.summary_due_at
    what = {State.HELD: What.COMPLETE, State.COMPLETED: What.SUMMARISE}.get(State(activity.state), What.HOLD)
    since = activity.ended_at or activity.ends_at or activity.turn_since
    return Due(activity, what, since, due, due is not None and at > due)


def published_detail(pk: int) -> Publication | None:
    """The current copy of one activity with all its content; None where there is none. One query."""
    return Publication.objects.select_related("season").filter(pk=pk).first()


def recount() -> Iterable[Counted]:
    """Every activity handed in, for what it counts; memory stays flat."""
    rows = Activity.objects.handed_in().only("pk", *(name.removesuffix("_id") for name in COLUMNS))
    for activity in rows.iterator(chunk_size=2000):
        for measure, n in counted(activity).items():
            yield spot_of(activity), measure, "", n


def recount_lists() -> Iterable[Counted]:
    """What lists count every publication for, by its columns and its days; memory stays flat."""
    rows = Publication.objects.order_by("pk").only(
        "season_id", "labels", "mode", "key_activity", "main_venue", "next_at", "listed"
    )
    for row in rows.iterator(chunk_size=2000):
        columns = {name: getattr(row, name) for name in ("labels", "mode", "key_activity", "main_venue")}
        now = {"facets": listing.facets_of(columns), "begins": listing.begins(row.next_at)}
        yield from listing.counts_of(row.season_id, {**row.listed, **now})


def where_contact(person_id: int | None) -> ActivityQuerySet:
    """The activities that name a person as their contact, by a number the person has proven as their own."""
    own = Person.objects.filter(pk=person_id or 0, phone_verified_at__isnull=False).exclude(phone_digest="")
    return Activity.objects.filter(contact_digest__in=own.values("phone_digest"))


def texts_approved(activity: Activity) -> dict[str, str]:
    """The texts as their reviewer last saw them, by the name of the question, of those corrected since. One query."""
    rows = (
        audit.of(activity).filter(event__in=[Event.APPROVED, Event.CHANGED, Event.CORRECTED]).order_by("-id")
    )
    found: dict[str, str] = {}
    seen: set[str] = set()
    for event, detail in rows.values_list("event", "detail"):
        if event == Event.APPROVED:
            break
        if event == Event.CORRECTED:
            found |= {name: pair[0] for name, pair in detail["corrections"].items() if name not in seen}
        elif detail.get("before") == State.CHANGED:  # agreed to
            seen.update(detail["fields"])
    return found
