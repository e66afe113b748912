"""The script of a rehearsal: for each activity what its host means to do, and when. Pure, drawn once from the seed.

Nothing of it depends on how the acts turn out: :func:`next_step` reads where an activity stands and says what comes
next, so that a rehearsal can be left and taken up again on any day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from kepu.activities.models import TakingPart
from kepu.activities.workflow import State
from kepu.core.calendar import CHINA, day_of
from kepu.notices.kinds.duty import Duty
from kepu.notices.kinds.window import Window
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book

if TYPE_CHECKING:
    from kepu.activities.models import Activity

NAMESPACE = UUID("5bd1c5a4-6f0e-4d5c-9d8e-6f4b52d4b7a1")
LONGEST = timedelta(days=120)  # a window longer than this is no season of activities but the year
AFTERMATH = timedelta(days=3)
FULL_BEFORE = 4  # days before the start


class Hour(IntEnum):
    """The parts of a day, in the order in which they are played; the value is the hour they begin."""

    MORNING = 9
    NOON = 12
    AFTERNOON = 14
    LATE = 17
    EVENING = 20


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a season, read from its notices."""

    first: date
    week_start: date
    week_end: date
    last: date


@dataclass(frozen=True, slots=True)
class Part:
    """One activity as its host means it to go."""

    number: int
    token: UUID
    host: str  # a unit's code
    files_on: date
    starts_at: datetime
    ends_at: datetime
    mode: str
    breaks: str  # the stage at which a clause is broken: "", filing, route, completion or summary
    eager: bool  # publishes as soon as it is approved, whether or not publishing has opened
    key: bool
    patience: int  # days until what was refused or returned is mended
    gives_up: bool
    review_days: int
    sent_back: str  # a reviewer's reason, or ""
    waived: bool  # whether the reviewer lets an "in principle" pass
    publish_days: int
    turn: str  # "", change, retouch, postpone, postpone_open, cancel
    turn_before: int  # days before the start
    held: bool
    completes_after: int | None
    summarises_after: int | None
    luck: int  # for the words of the activity


class Step(NamedTuple):
    day: date
    hour: Hour
    verb: str


def span_of(season: Season) -> Span:
    """From the day after the first notice to some days after the last date that any of them names."""
    book = rule_book(season)
    clauses = book.clauses_of(list(book.notices.values()))
    windows = [c.params for c in clauses if isinstance(c.params, Window) and c.params.purpose == "activity"]
    bounds = [(b, e) for w in windows if (b := w.begins()) and (e := w.ends()) and e - b <= LONGEST]
    dues = [
        at
        for c in clauses
        if isinstance(c.params, Duty) and c.params.due and (at := c.params.due.resolve().at)
    ]
    week = next(
        ((b, e) for c in clauses if c.key == "window.concentrated" and isinstance(c.params, Window)
         and (b := c.params.begins()) and (e := c.params.ends())), bounds[0] if bounds else None,
    )  # fmt: skip
    if week is None:
        raise ValueError("The season's notices name no days on which activities are held.")
    came = [n.in_force_at for n in book.notices.values() if n.in_force_at]
    first = min(
        day_of(min(came)) + timedelta(days=1) if came else day_of(week[0]), day_of(min(dues, default=week[0]))
    )
    last = max(*(day_of(e) for _b, e in bounds), *(day_of(at) for at in dues), day_of(week[1])) + AFTERMATH
    return Span(first, day_of(week[0]), day_of(week[1]), last)


def script_of(hosts: Mapping[str, float], count: int, *, span: Span, seed: int) -> list[Part]:
    """``count`` activities of the hosts (codes with their weights). The first ones are the same for every count."""
    codes = list(hosts)
    weights = list(hosts.values())
    return [_part(number, codes, weights, span, Random(f"{seed}/{number}")) for number in range(1, count + 1)]


def _part(number: int, codes: Sequence[str], weights: Sequence[float], span: Span, rng: Random) -> Part:
    start, end = _times(span, rng)
    breaks = rng.choices(["", "filing", "route", "completion", "summary"], [46, 26, 6, 11, 11])[0]
    lead = timedelta(days=rng.choice((8, 9, 9, 10, 10, 11, 12, 13, 15, 18, 22, 27)))
    turn = rng.choices(["", "change", "retouch", "postpone", "postpone_open", "cancel"], [84, 4, 3, 3, 2, 4])[
        0
    ]
    summary = rng.choices([rng.randint(2, 9), rng.randint(11, 15), None], [80, 12, 8])[0]
    completes = rng.choices([rng.randint(1, 5), None], [94, 6])[0]
    return Part(
        number=number, token=uuid5(NAMESPACE, f"{span.first.year}/{number}"), host=rng.choices(codes, weights)[0],
        files_on=max(span.first, day_of(start) - lead), starts_at=start, ends_at=end,
        mode=rng.choices(["offline", "online", "mixed"], [70, 18, 12])[0], breaks=breaks, eager=rng.random() < 0.3,
        key=rng.random() < 0.35, patience=rng.randint(1, 3), gives_up=rng.random() < 0.08,
        review_days=rng.choice((0, 1, 1, 2, 3)),
        sent_back=rng.choices(["", "incomplete", "incorrect", "content", "safety"], [89, 4, 3, 2, 2])[0],
        waived=rng.random() < 0.75, publish_days=rng.choice((0, 0, 0, 1)), turn=turn, turn_before=rng.randint(1, 4),
        held=rng.random() < 0.98, completes_after=completes,
        summarises_after=None if summary is None else max(summary, (completes or 0) + 1), luck=rng.getrandbits(30),
    )  # fmt: skip


def _times(span: Span, rng: Random) -> tuple[datetime, datetime]:
    """Two thirds in the week itself, the rest around it; most are a matter of hours."""
    where = rng.random()
    if where < 0.66:
        day = span.week_start + timedelta(days=rng.randint(0, (span.week_end - span.week_start).days))
    elif where < 0.83:
        early = max((span.week_start - span.first).days - 20, 1)
        day = span.week_start - timedelta(days=rng.randint(1, max(1, min(early, 24))))
    else:
        day = span.week_end + timedelta(days=rng.randint(1, max(1, (span.last - span.week_end).days - 6)))
    start = datetime(
        day.year, day.month, day.day, rng.choice((9, 10, 14, 15)), rng.choice((0, 30)), tzinfo=CHINA
    )
    longer = rng.randint(1, 2) if rng.random() < 0.08 else 0
    return start, start + timedelta(days=longer, hours=rng.choice((2, 2, 3)))


def next_step(part: Part, activity: Activity | None) -> Step | None:
    """What the season does next with an activity, and on which day at the earliest; None where it is left as it is."""
    if activity is None:
        return Step(part.files_on, Hour.MORNING, "draft")
    since = day_of(activity.turn_since)
    match State(activity.state):
        case State.DRAFT | State.RETURNED:
            verb = "abandon" if part.gives_up else "mend"
            return Step(since + timedelta(days=part.patience), Hour.MORNING, verb)
        case State.FILED:
            return Step(since + _review_days(part, activity), Hour.AFTERNOON, "review")
        case State.APPROVED:
            return Step(since + timedelta(days=0 if part.eager else part.publish_days), Hour.LATE, "publish")
        case State.CHANGED:
            return Step(since + _review_days(part, activity), Hour.AFTERNOON, "review_change")
        case State.PUBLISHED | State.POSTPONED:
            return _in_public(part, activity)
        case State.HELD:
            return _afterwards(part.completes_after, activity, "complete")
        case State.COMPLETED:
            return _afterwards(part.summarises_after, activity, "summarise")
        case _:
            return None


def hours_of(activity: Activity) -> tuple[datetime, datetime]:
    """When it begins and ends; whatever was handed in says so."""
    if activity.starts_at is None or activity.ends_at is None:
        raise ValueError(f"Activity {activity.pk} was handed in without its hours.")
    return activity.starts_at, activity.ends_at


def _in_public(part: Part, activity: Activity) -> Step | None:
    if activity.time_pending:
        return Step(day_of(activity.turn_since) + timedelta(days=part.patience), Hour.NOON, "set_time")
    starts, ends = (day_of(instant) for instant in hours_of(activity))
    untouched = activity.public_version == 1 and not activity.proposed
    if part.turn and untouched:
        day = max(day_of(activity.turn_since) + timedelta(days=1), starts - timedelta(days=part.turn_before))
        if day < starts:
            return Step(day, Hour.NOON, part.turn)
    if activity.taking_part == TakingPart.BOOKING and part.luck % 3 == 0 and not activity.full:
        day = max(day_of(activity.turn_since) + timedelta(days=1), starts - timedelta(days=FULL_BEFORE))
        if day < starts:
            return Step(day, Hour.NOON, "fill")
    return Step(ends, Hour.EVENING, "hold") if part.held else None


def _review_days(part: Part, activity: Activity) -> timedelta:
    """Reviewers look at what is near first."""
    near = activity.starts_at is not None and activity.starts_at - activity.turn_since < timedelta(days=5)
    return timedelta(days=0 if near else part.review_days)


def _afterwards(days: int | None, activity: Activity, verb: str) -> Step | None:
    if days is None or activity.ended_at is None:
        return None
    return Step(day_of(activity.ended_at) + timedelta(days=days), Hour.MORNING, verb)
