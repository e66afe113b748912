"""Playing a season: day by day, each day once, through the same acts as the web."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from kepu.activities.models import Activity
from kepu.core.calendar import day_of
from kepu.core.refusals import Incomplete
from kepu.notices.models import Season
from kepu.orgs.models import Level, Unit
from kepu.rehearsal.activities import ActivityScenes
from kepu.rehearsal.cast import Cast, the_cast
from kepu.rehearsal.figures import Figures
from kepu.rehearsal.models import RehearsalState
from kepu.rehearsal.notices import NoticeScenes
from kepu.rehearsal.returns import ReturnScenes
from kepu.rehearsal.script import Hour, Part, Step, next_step, script_of, span_of
from kepu.rehearsal.stage import Stage, until

ONE_DAY = timedelta(days=1)
PATIENCE = 4  # refusals in a row after which a host leaves an activity alone
AT_ONCE = 500
WEIGHTS = {"association": 2.0, "bureau": 2.0, "leading_group_office": 2.0, "department": 1.2}


def open_rehearsal(
    season: Season, *, seed: int, activities: int, spared: Iterable[str] = ()
) -> RehearsalState:
    """Note what is to be played. Idempotent: a rehearsal that has begun stays as it was."""
    span = span_of(season)
    state, _new = RehearsalState.objects.get_or_create(
        pk=1,
        defaults={
            "season": season, "seed": seed, "activities": activities, "spared": sorted(spared),
            "first_day": span.first, "last_day": span.last, "played_through": span.first - ONE_DAY,
        },
    )  # fmt: skip
    return state


def play_until(
    at: datetime, *, figures: Figures | None = None, on_day: Callable[[date], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> int:  # fmt: skip
    """Play every day before the day of ``at`` that was not yet played; returns how many days.

    Idempotent, and safe beside a second player: a day is taken by whoever marks it first, and what an act finds
    already done it leaves. What a broken run left undone is done on the next day. ``stop`` is asked before each day.
    """
    state = RehearsalState.objects.select_related("season").filter(pk=1).first()
    if state is None:
        raise Incomplete(_("这里没有演练。请先用 kepu demo 或 kepu rehearse 准备。"))
    last = min(day_of(at) - ONE_DAY, state.last_day)
    if state.played_through >= last:
        return 0
    player = Player(state, the_cast(), figures or Figures())
    played = 0
    while (day := state.played_through + ONE_DAY) <= last and not stop():
        if _take(state, day):
            player.play(day)
            played += 1
            if on_day is not None:
                on_day(day)
    return played


def _take(state: RehearsalState, day: date) -> bool:
    """Mark a day as played before it is: of two players only one does."""
    mine = RehearsalState.objects.filter(pk=state.pk, played_through=day - ONE_DAY).update(played_through=day)
    state.refresh_from_db(fields=["played_through"])
    return bool(mine)


def hosts_of(cast: Cast, spared: Iterable[str]) -> dict[str, float]:
    """Who files, and how readily: whoever coordinates below a province more, the nation's departments seldom."""
    left_alone = set(spared)
    return {
        code: _weight(unit) for code, unit in cast.units.items() if code not in left_alone and _weight(unit)
    }


def _weight(unit: Unit) -> float:
    if unit.level == Level.NATION:
        return 0.1 if unit.kind == "department" else 0.5
    if unit.level == Level.PROVINCE and unit.kind == "association":
        return 0.3
    return WEIGHTS.get(unit.kind, 1.0)


class Player:
    """Plays days in their order. What it keeps in memory can be read again from the records at any time."""

    def __init__(self, state: RehearsalState, cast: Cast, figures: Figures) -> None:
        self.stage = Stage(
            season=state.season, span=span_of(state.season), seed=state.seed, cast=cast, spared=frozenset(state.spared),
            figures=figures,
        )  # fmt: skip
        hosts = hosts_of(cast, state.spared)
        script = script_of(hosts, state.activities, span=self.stage.span, seed=state.seed)
        self.parts = {part.number: part for part in script}
        self.activities = ActivityScenes(self.stage)
        self.returns = ReturnScenes(self.stage)
        self.notices = NoticeScenes(self.stage)
        self.agenda: dict[date, list[int]] = defaultdict(list)
        self.refused: dict[int, int] = defaultdict(int)
        self._take_up(state.played_through + ONE_DAY)

    def _take_up(self, day: date) -> None:
        """Find out where every activity stands and when it goes on."""
        standing = {a.token: a for a in Activity.objects.filter(season=self.stage.season).order_by("pk")}
        for part in self.parts.values():
            if (step := next_step(part, standing.get(part.token))) is not None:
                self.agenda[max(step.day, day)].append(part.number)
        self.returns.take_up(day)
        self.notices.take_up(day)

    def play(self, day: date) -> None:
        """Everything that happens on a day, hour by hour."""
        parts = [self.parts[number] for number in sorted(until(self.agenda, day))]
        standing = self._standing(parts)
        steps: dict[int, Step | None] = {p.number: next_step(p, standing.get(p.number)) for p in parts}
        for hour in Hour:
            self.stage.open_hour(day, hour)
            if hour is Hour.MORNING:
                self.notices.send(day)
                self.notices.look(day)
            for part in parts:
                step = steps[part.number]
                if step is not None and step.day <= day and step.hour == hour:
                    steps[part.number] = self._act(step, part, standing, day)
            if hour is Hour.NOON:
                self.returns.hand_in(day)
            elif hour is Hour.LATE:
                self.returns.receive(day)
        for number, step in steps.items():
            if step is not None:
                self.agenda[max(step.day, day + ONE_DAY)].append(number)

    def _act(self, step: Step, part: Part, standing: dict[int, Activity], day: date) -> Step | None:
        """Play one step; returns what comes next, which may be on the same day but never in an hour gone by."""
        activity = standing.get(part.number)
        if step.verb == "publish" and (not part.eager or self.refused[part.number]):
            opening = self.activities.opening(self.stage.cast.units[part.host], self.stage.tick())
            if opening is not None and opening > day:
                return Step(opening, Hour.LATE, "publish")
        before = (activity.state, activity.version) if activity else None
        activity = self.activities.play(step.verb, part, activity)
        if activity is not None:
            standing[part.number] = activity
        after = (activity.state, activity.version) if activity else None
        following = next_step(part, activity)
        if before == after:  # refused: try again on another day, but not for ever
            self.refused[part.number] += 1
            if self.refused[part.number] > PATIENCE:
                return None
            return following and following._replace(day=max(following.day, day + ONE_DAY))
        self.refused[part.number] = 0
        if following is not None and following.day <= day and following.hour <= step.hour:
            return following._replace(day=day + ONE_DAY)
        return following

    def _standing(self, parts: Sequence[Part]) -> dict[int, Activity]:
        """The activities of some parts as they stand, with what acts ask of them. One query for each 500."""
        numbers = {part.token: part.number for part in parts}
        tokens = list(numbers)
        found: dict[int, Activity] = {}
        for start in range(0, len(tokens), AT_ONCE):
            rows = Activity.objects.whole().filter(token__in=tokens[start : start + AT_ONCE]).order_by("pk")
            found |= {numbers[a.token]: a for a in rows}
        return found
