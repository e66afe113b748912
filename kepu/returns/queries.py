"""Reads: what a unit owes and where each duty stands, what waits for a receiver, who has not answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kepu.core.calendar import day_of
from kepu.core.paging import Page, page
from kepu.notices import conditions
from kepu.notices.duties import Owed
from kepu.notices.kinds.base import Strictness
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.orgs.queries import units_in_scope
from kepu.returns import bound
from kepu.returns.models import Return, ReturnQuerySet, ReturnVersion
from kepu.returns.receivers import Receiver, receivers_of
from kepu.returns.rules import deadline_of, owed_under, visible_to
from kepu.returns.workflow import ANSWERED, HANDED, TURN, State, Turn


@dataclass(frozen=True, slots=True)
class DutyState:
    """One duty of one unit: what it is, by when, to whom, where it stands. ``owed`` is None where no rule asks any more."""

    key: str
    title: str
    state: State
    due: datetime | None
    due_words: str
    late: bool  # handed in late, or not handed in and past its deadline
    days_left: int | None  # whole days in China to the last day; None without a date, and once it is answered
    receiver: Receiver
    cite: str
    notice_code: str
    clause_code: str
    strictness: Strictness = Strictness.NONE
    only_for: str = ""  # binds only a part of its audience, named later
    owed: Owed | None = None
    return_id: int | None = None
    version: int = 0  # what an act takes as ``expected_version``; 0 while nothing is kept

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURN[self.state]

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody waits for it: not where a notice only invites, nor before it is known whom it means."""
        return self.owed is not None and bound.is_waited_for(self.owed.rule)

    @property
    def is_settled(self) -> bool:
        """Whether the deadline is a date of its own, and not one announced for later."""
        return self.owed is None or self.owed.settled


def duties_for(unit: Unit, season: Season, *, at: datetime) -> list[DutyState]:
    """What a unit owes in a season and where each duty stands, by deadline; what it handed in stays in the list.

    Two queries: its returns, and the receivers.
    """
    owed = owed_under(rules_in_force(unit, season, at=at))
    rows = {
        row.duty: row
        for row in Return.objects.filter(season=season, unit=unit).order_by("pk").defer("sections", "rows")
    }
    receivers = receivers_of(owed, unit)
    states = [duty_state(o, rows.pop(o.key, None), receivers[o.key], at=at) for o in owed]
    return states + [_no_longer_asked(row) for row in rows.values()]


def duty_for(unit: Unit, season: Season, duty: str, *, at: datetime) -> DutyState | None:
    """One duty of a unit by its key; None where no rule lays it on the unit and nothing was handed in for it."""
    return next((state for state in duties_for(unit, season, at=at) if state.key == duty), None)


def duty_state(owed: Owed, row: Return | None, receiver: Receiver, *, at: datetime) -> DutyState:
    """A duty merged with the row that answers it. Pure."""
    clause, state = owed.rule.clause, State(row.state) if row else State.OPEN
    if row is not None and state in HANDED:
        due, late = row.due_at, row.late
    else:
        due = deadline_of(owed)
        late = due is not None and at > due and state not in ANSWERED and bound.is_waited_for(owed.rule)
    left = None if due is None or state in ANSWERED else (day_of(due) - day_of(at)).days
    return DutyState(
        owed.key, owed.title, state, due, owed.due_words, late, left, receiver, owed.cite, clause.notice.code,
        clause.code, owed.rule.strictness, owed.only_for, owed, row.pk if row else None, row.version if row else 0,
    )  # fmt: skip


def _no_longer_asked(row: Return) -> DutyState:
    receiver = Receiver(row.receiver_name, row.receiver_id)
    return DutyState(
        row.duty, row.title, State(row.state), row.due_at, row.due_words, row.late, None, receiver, row.cite,
        row.notice_code, row.clause_code, return_id=row.pk, version=row.version,
    )  # fmt: skip


def returns_in_scope(actor: Actor) -> ReturnQuerySet:
    """The returns an actor may see; unordered, to be narrowed and ordered by the caller."""
    return visible_to(actor)


def inbox(actor: Actor, *, cursor: str = "", size: int = 50) -> Page[Return]:
    """What was handed in to the unit acted for and waits for it, the longest waiting first. One query."""
    waiting = Return.objects.filter(receiver_id=actor.unit_id, state=State.HANDED_IN)
    if actor.unit_id is None:
        waiting = waiting.none()
    return page(
        waiting.select_related("unit", "season").defer("sections", "rows"),
        order=("turn_since", "id"),
        cursor=cursor,
        size=size,
    )


def handed_in(
    season: Season, duty: str, area: str, *, actor: Actor, cursor: str = "", size: int = 50
) -> Page[Return]:
    """The returns of an area for one duty, as its table goes up. One query."""
    rows = visible_to(actor).filter(season=season, duty=duty).under(area).handed().select_related("unit")
    return page(rows, order=("place_path", "id"), cursor=cursor, size=size)


def outstanding(
    season: Season, duty: str, area: str, *, actor: Actor, at: datetime, cursor: str = "", size: int = 50
) -> Page[Unit]:
    """The units of an area that owe a duty and have not answered: nothing yet, a draft, or sent back. One query.

    Each unit carries ``return_state`` (None while it has not begun).
    """
    found = bound.duties_bound(season, at=at).get(duty)
    if found is None:
        return Page([])
    rows = Return.objects.filter(season=season, duty=duty, unit_id=OuterRef("pk"))
    owing = (
        conditions.units(at=at, among=units_in_scope(actor))
        .under(area)
        .filter(found.units, ~Q(answered(season, duty)))
    )
    return page(
        owing.annotate(return_state=Subquery(rows.values("state")[:1])),
        order=("place_path", "id"),
        cursor=cursor,
        size=size,
    )


def answered(season: Season, duty: str) -> Exists:
    """In a query over units: whether the unit has answered a duty."""
    return Exists(Return.objects.filter(season=season, duty=duty, unit_id=OuterRef("pk")).answered())


def versions_of(row: Return) -> QuerySet[ReturnVersion]:
    """The frozen copies of a return, newest first."""
    return row.versions.order_by("-number")
