"""After a filing: what it is found by is written down, and what it may be a double of is shown to its reviewers.

Carried out by the worker, so that filing waits for none of it. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from kepu.activities import messages
from kepu.activities.actions.together import common, locked
from kepu.activities.alike import MOST_PAIRS, alike_to
from kepu.activities.double_rules import AWAY
from kepu.activities.doubles import Alikeness, area_of, days_of, marks_of, traits_of
from kepu.activities.models import Activity, Double, DoubleState, LikenessMark
from kepu.activities.workflow import Event
from kepu.core import audit, outbox
from kepu.core.db import in_transaction, transaction
from kepu.orgs.actor import SYSTEM

LOOK = "activity.doubles"
OLDER, AT_ONCE = "activity.look_at_older", 100
# a change of these may make it another's double, or end that
LOOKED_AT = frozenset({"title", "starts_at", "ends_at", "place", "venue", "co_hosts", "undertakers"})


@in_transaction
def look_again(activity_id: int, *, at: datetime) -> None:
    """Have the worker look for doubles once the act under way has committed: a row of its outbox, no statement of its own."""
    outbox.send(LOOK, at=at, activity_id=activity_id)


def look_for_doubles(activity_id: int, *, at: datetime) -> list[Double]:
    """Look for what a filed activity may be a double of; gives the pairs that are new. Idempotent.

    The marks are committed before anything is looked for: of two that are filed at once, the later always finds the other.
    What the other has found meanwhile stays, since this look may have been too early to see it.
    """
    activity = Activity.objects.select_related("place", "unit").filter(pk=activity_id).first()
    if activity is None or activity.filed_at is None or activity.state in AWAY:
        return []
    _mark(activity)
    before = set(_pairs_with(activity.pk).values_list("pk", flat=True))
    found = alike_to(activity)
    return _keep(activity.pk, found, before=before, at=at)


def look_at_older(after: int, *, at: datetime, size: int = AT_ONCE) -> bool:
    """Of the next activities behind an id look at those that were filed before there were marks; whether there is more.

    Idempotent: what has its marks is passed by. The next piece is ordered as a row of the outbox, so a worker that dies
    goes on where it was.
    """
    rows = Activity.objects.filter(pk__gt=after, filed_at__isnull=False, season__is_open=True).order_by("pk")
    found = dict(rows.values_list("pk", "state")[:size])
    marked = LikenessMark.objects.filter(activity__in=found).order_by("activity")
    there = set(marked.values_list("activity", flat=True).distinct())
    for pk, state in found.items():
        if pk not in there and state not in AWAY:
            look_for_doubles(pk, at=at)
    if len(found) < size:
        return False
    _go_on(max(found), at=at)
    return True


@transaction
def _go_on(after: int, *, at: datetime) -> None:
    outbox.send(OLDER, at=at, after=after)


@transaction
def _mark(activity: Activity) -> None:
    """Write what it is found by; what stands there already stays."""
    traits = traits_of(activity)
    (first, last), area = days_of(traits), area_of(traits.place)
    wanted = {(mark, area, first, last) for mark in marks_of(traits)}
    there = LikenessMark.objects.filter(activity=activity)
    kept = set(there.order_by("pk").values_list("mark", "area", "first_day", "last_day"))
    if kept == wanted:
        return
    there.delete()
    LikenessMark.objects.bulk_create(
        [
            LikenessMark(
                activity=activity,
                season_id=activity.season_id,
                mark=mark,
                area=area,
                first_day=first,
                last_day=last,
            )
            for mark, area, first, last in sorted(wanted)
        ],
        ignore_conflicts=True,  # another worker may be at the same filing
    )


@transaction
def _keep(
    activity_id: int, found: Sequence[tuple[Activity, Alikeness]], *, before: Collection[int], at: datetime
) -> list[Double]:
    """Bring the pairs of an activity up to what was found; what a person has decided stays. Tells of new ones, once.

    ``before`` are the pairs that stood when the look began: only of these it can say that they are alike no more.
    """
    pairs = _pairs_with(activity_id)
    known = {pair.b_id if pair.a_id == activity_id else pair.a_id: pair for pair in pairs}
    alike = {other.pk: how for other, how in found}
    _refresh({pk: pair for pk, pair in known.items() if pair.pk in before}, alike)
    room = MOST_PAIRS - sum(pk in alike and double.state == DoubleState.OPEN for pk, double in known.items())
    wanted = [other.pk for other, _how in found if other.pk not in known][: max(room, 0)]
    if not wanted:
        return []
    rows = locked([activity_id, *wanted])
    mine = rows[activity_id]
    made = [_pair(mine, rows[pk], alike[pk], at) for pk in wanted]
    there = set(_pairs_of(activity_id, wanted))  # another worker was at the other one
    new = [double for double in made if (double.a_id, double.b_id) not in there]
    if new:
        Double.objects.bulk_create(new)
        audit.record(Event.DOUBLE_FOUND, mine, by=SYSTEM, at=at, n=len(new))
        messages.doubles_found(mine, new, at=at)
    return new


def _refresh(known: dict[int, Double], alike: dict[int, Alikeness]) -> None:
    """Open pairs get today's score; those that are alike no more go."""
    for pk, double in known.items():
        if double.state != DoubleState.OPEN:
            continue
        rows = Double.objects.filter(pk=double.pk, state=DoubleState.OPEN)
        if pk not in alike:
            rows.delete()
        elif (score := _percent(alike[pk])) != double.score or alike[pk].why != double.why:
            rows.update(score=score, why=alike[pk].why)


def _pairs_with(activity_id: int) -> QuerySet[Double]:
    return Double.objects.filter(Q(a=activity_id) | Q(b=activity_id)).order_by("pk")


def _pairs_of(activity_id: int, others: Collection[int]) -> list[tuple[int, int]]:
    pairs = {(min(activity_id, pk), max(activity_id, pk)) for pk in others}
    rows = Double.objects.filter(a__in={a for a, _ in pairs}, b__in={b for _, b in pairs})
    return [pair for pair in rows.order_by("pk").values_list("a_id", "b_id") if pair in pairs]


def _pair(mine: Activity, other: Activity, how: Alikeness, at: datetime) -> Double:
    a, b = sorted((mine, other), key=lambda one: one.pk)
    line = common(a.line_path, b.line_path)
    return Double(
        season_id=a.season_id, a=a, b=b, score=_percent(how), why=how.why, found_at=at,
        place_path=common(a.place_path, b.place_path), line_path="" if line == "/" else line,
        host_id=a.unit_id if a.unit_id == b.unit_id else None,
    )  # fmt: skip


def _percent(how: Alikeness) -> int:
    return round(100 * how.score)
