"""A unit's calendar: what it has to hand in, what its activities ask of it, the windows and programme that hold for it.

Everything comes from rules in force, and every entry knows the rule it comes from. What has no date yet stands apart:
nothing is put on a day that no notice names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kepu.activities.models import Activity
from kepu.activities.workflow import AFTERWARDS, IN_PUBLIC, State
from kepu.notices.duties import duties_of
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds import Status
from kepu.notices.kinds.gate import Gate
from kepu.notices.kinds.moments import Anchors
from kepu.notices.kinds.programme import Programme
from kepu.notices.kinds.window import Window
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit
from kepu.oversight.spans import Span, deadline, of_window, span_of
from kepu.returns.bound import is_waited_for
from kepu.returns.queries import DutyState, duties_for
from kepu.returns.rules import anchors_of

MOST_ACTIVITIES = 500  # of one unit, the latest; a calendar of more is read by nobody
SUMMARY = "activity_summary"


class Kind(StrEnum):
    DUTY = "duty"
    ACTIVITY = "activity"  # a duty about one activity
    WINDOW = "window"
    PROGRAMME = "programme"
    PUBLISHING = "publishing"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the calendar. ``key`` stays the same for ever, whatever becomes of the date."""

    kind: Kind
    key: str
    title: str
    rule: InForce | None
    span: Span | None  # None: the date is pending, or there is none
    words: str = ""  # the date as the notice writes it
    is_deadline: bool = False
    edge: str = ""  # "start" or "end" where a window has only one of them
    duty: DutyState | None = None
    activity: Activity | None = None
    is_done: bool = False
    is_late: bool = False

    @property
    def is_tentative(self) -> bool:
        return self.rule is not None and self.rule.status is Status.TENTATIVE

    def asks(self) -> bool:
        """Whether the unit still has to do something by the date: then a calendar reminds of it."""
        if not self.is_deadline or self.is_done:
            return False
        return self.rule is not None and is_waited_for(self.rule)


@dataclass(frozen=True, slots=True)
class Agenda:
    """``dated`` by time, ``pending`` as the notices go. ``is_cut``: the unit has more activities than are shown."""

    dated: tuple[Entry, ...]
    pending: tuple[Entry, ...]
    is_cut: bool = False

    def between(self, first: date, last: date) -> list[Entry]:
        """The entries that touch a stretch of days."""
        return [e for e in self.dated if e.span and e.span.first <= last and e.span.last >= first]


def agenda_of(unit: Unit, season: Season, *, at: datetime) -> Agenda:
    """What stands on the calendar of a unit in a season. Three queries: its returns, their receivers, its activities."""
    rules = rules_in_force(unit, season, at=at)
    anchors = anchors_of(rules)
    activities = list(_activities(unit, season))
    entries = [
        *map(_of_duty, duties_for(unit, season, at=at)),
        *_windows(rules),
        *_programme(rules, anchors),
        *_publishing(rules, anchors),
        *(entry for a in activities[:MOST_ACTIVITIES] for entry in _of_activity(a, rules, anchors, at)),
    ]
    dated = sorted((e for e in entries if e.span), key=_when)
    return Agenda(
        tuple(dated), tuple(e for e in entries if e.span is None), len(activities) > MOST_ACTIVITIES
    )


def _when(entry: Entry) -> tuple[datetime, datetime, str]:
    assert entry.span is not None
    return entry.span.ends if entry.is_deadline else entry.span.begins, entry.span.ends, entry.key


def _of_duty(state: DutyState) -> Entry:
    span = deadline(state.due) if state.due is not None and state.is_settled else None
    rule = state.owed.rule if state.owed else None
    waits = state.turn == "unit"
    return Entry(
        Kind.DUTY, state.key, state.title, rule, span, state.due_words, True, duty=state, is_done=not waits,
        is_late=state.late,
    )  # fmt: skip


def _windows(rules: Rules) -> Iterator[Entry]:
    for rule in rules.of_kind("window"):
        if isinstance(rule.params, Window):
            begins, ends = rule.params.begins(), rule.params.ends()
            edge = "" if begins and ends else "start" if begins else "end" if ends else ""
            yield Entry(
                Kind.WINDOW, rule.key, rule.params.title, rule, of_window(rule.params), _words(rule.params), edge=edge
            )  # fmt: skip


def _words(window: Window) -> str:
    return next((m.words() for m in (window.start, window.end) if m is not None), "")


def _programme(rules: Rules, anchors: Anchors) -> Iterator[Entry]:
    for rule in rules.of_kind("programme"):
        if isinstance(rule.params, Programme) and rule.params.when is not None:
            when = rule.params.when
            yield Entry(
                Kind.PROGRAMME, rule.key, rule.params.title, rule, span_of(when, anchors), when.words()
            )


def _publishing(rules: Rules, anchors: Anchors) -> Iterator[Entry]:
    """From when, and until when, activities may be published."""
    for rule in rules.of_kind("gate"):
        if not isinstance(rule.params, Gate) or rule.params.fact != "published_at":
            continue
        for edge, moment in (("start", rule.params.not_before), ("end", rule.params.not_after)):
            if moment is not None:
                span = span_of(moment, anchors)
                key = f"{rule.key}.{edge}"
                yield Entry(Kind.PUBLISHING, key, "", rule, span, moment.words(), edge=edge)


def _activities(unit: Unit, season: Season) -> Iterator[Activity]:
    live = sorted({State.FILED, State.APPROVED} | IN_PUBLIC | AFTERWARDS)
    rows = Activity.objects.filter(unit_id=unit.pk, season=season, state__in=live).order_by("-id")
    return rows.only(
        "title", "state", "starts_at", "ends_at", "time_pending", "ended_at", "filed_at", "summary_due_at", "summary_late"
    )[: MOST_ACTIVITIES + 1].iterator()  # fmt: skip


def _of_activity(activity: Activity, rules: Rules, anchors: Anchors, at: datetime) -> Iterator[Entry]:
    """What the rules ask of one activity by a date: its summary, and whatever else a notice wants before or after it."""
    for owed in duties_of(rules, about="activity", anchors={**anchors, **_anchors(activity)}):
        summary = owed.what == SUMMARY
        due, settled = owed.due, owed.settled
        if summary and activity.ended_at is not None:  # fixed when it was held
            due, settled = activity.summary_due_at, activity.summary_due_at is not None
        over = activity.state in AFTERWARDS
        done = activity.state == State.SUMMARISED if summary else over
        late = due is not None and at > due and summary and not done
        if due is None and (owed.params.due is None or done or not _is_planned(activity)):
            continue  # no date of its own, or none any more
        yield Entry(
            Kind.ACTIVITY, f"activity.{activity.pk}.{owed.key}", owed.title, owed.rule,
            deadline(due) if due is not None and settled else None, owed.due_words, True,
            activity=activity, is_done=done, is_late=late or (done and summary and activity.summary_late),
        )  # fmt: skip


def _is_planned(activity: Activity) -> bool:
    return activity.ends_at is not None and not activity.time_pending


def _anchors(activity: Activity) -> Mapping[str, datetime]:
    ends = activity.ended_at or (None if activity.time_pending else activity.ends_at)
    starts = None if activity.time_pending else activity.starts_at
    found = {"activity_start": starts, "activity_end": ends, "activity_filed": activity.filed_at}
    return {name: instant for name, instant in found.items() if instant is not None}
