"""Reads: who has not opened a notice while the first day by which it asks something of them comes near."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kepu.core.calendar import add_working_days, day_of, start_of_day
from kepu.core.fields import under
from kepu.notices import conditions
from kepu.notices.inheritance import ClauseView
from kepu.notices.kinds import Status
from kepu.notices.kinds.duty import Duty
from kepu.notices.models import Delivery, Notice
from kepu.notices.queries.notices import clauses_of
from kepu.notices.rulebook import rule_book

_WAITING = Q(opened_at=None, reminded_at=None)


def notices_unopened() -> QuerySet[Notice]:
    """The notices of open seasons with units that have neither opened them nor been reminded. One query."""
    waiting = Delivery.objects.filter(_WAITING, notice=OuterRef("pk"))
    found = Notice.objects.filter(Exists(waiting), season__is_open=True, withdrawn_at=None)
    return found.select_related("season", "place", "line").order_by("pk")


def unopened_before_deadline(notice: Notice, at: datetime, *, days: int) -> QuerySet[Delivery]:
    """The deliveries that wait to be opened, of which nobody has been reminded yet, while something is due soon.

    Soon is within ``days`` working days, for a duty of this notice that binds the unit. What is not settled, or binds only
    a part that is named later, presses nobody. On the day of its delivery nobody is pressed either.
    """
    view, paths = rule_book(notice.season).notices.get(notice.pk), rule_book(notice.season).paths
    if view is None or not view.holds(at):
        return Delivery.objects.none()
    soon = [clause for clause in clauses_of(notice) if is_due_soon(clause, at, days)]
    if not soon:
        return Delivery.objects.none()
    owing = conditions.either(
        conditions.binds(c.audience, paths) & under("place_path", c.reach) & under("line_path", c.notice.line)
        for c in soon
    )
    units = conditions.units(at=at).filter(owing)
    return Delivery.objects.filter(
        _WAITING, notice=notice, sent_at__lt=start_of_day(day_of(at)), unit__in=units.values("pk")
    )


def is_due_soon(clause: ClauseView, at: datetime, days: int) -> bool:
    """Whether a clause asks every unit it binds for something within so many working days."""
    duty = clause.params
    if not isinstance(duty, Duty) or duty.about != "unit" or duty.due is None:
        return False
    if clause.status is Status.PENDING or clause.audience.only_for is not None:
        return False
    due = duty.due.resolve()
    if due.at is None or not due.settled:
        return False
    return at <= due.at and day_of(at) >= add_working_days(day_of(due.at), -days)
