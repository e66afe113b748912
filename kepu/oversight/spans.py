"""When something is that a notice names: a stretch of days, an instant, a last day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kepu.core.calendar import at_hour, day_of, end_of_day, start_of_day
from kepu.notices.kinds import Params
from kepu.notices.kinds.gate import Gate
from kepu.notices.kinds.moments import Anchors, Moment
from kepu.notices.kinds.window import Window


@dataclass(frozen=True, slots=True)
class Span:
    """When something is. ``begins`` and ``ends`` are one for a deadline; ``all_day`` where only days are said."""

    begins: datetime
    ends: datetime
    all_day: bool

    @property
    def first(self) -> date:
        return day_of(self.begins)

    @property
    def last(self) -> date:
        return day_of(self.ends)


def dates_of(params: Params, anchors: Anchors) -> Span | None:
    """The days that a rule's parameters name, whatever their kind; None where there are none, or not yet."""
    if isinstance(params, Window):
        return of_window(params)
    if isinstance(params, Gate):
        moment = params.not_before or params.not_after
    else:
        moment = (
            getattr(params, "due", None) or getattr(params, "when", None) or getattr(params, "closes", None)
        )
    return span_of(moment, anchors) if isinstance(moment, Moment) else None


def span_of(moment: Moment, anchors: Anchors) -> Span | None:
    """The days or the instant that a moment names; None while it is pending."""
    days = moment.span()
    if days is not None and moment.time is None:
        return Span(start_of_day(days[0]), end_of_day(days[1]), True)
    if days is not None:
        return deadline(at_hour(days[1], moment.time or "24:00"))
    found = moment.resolve(anchors)
    return deadline(found.at) if found.at is not None and found.settled else None


def deadline(instant: datetime) -> Span:
    """A last instant: the whole day where it is the end of one."""
    day = day_of(instant)
    return _whole(day) if instant == end_of_day(day) else Span(instant, instant, False)


def of_window(window: Window) -> Span | None:
    """From its beginning to its end; its one day where it has only one of them."""
    begins, ends = window.begins(), window.ends()
    all_day = not any(m is not None and m.time not in (None, "24:00") for m in (window.start, window.end))
    if begins and ends:
        return Span(begins, ends, all_day)
    edge = begins or ends
    if edge is None:
        return None
    return _whole(day_of(edge)) if all_day else Span(edge, edge, False)


def _whole(day: date) -> Span:
    return Span(start_of_day(day), end_of_day(day), True)
