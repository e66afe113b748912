"""Moments as what they come to: the same day or instant, the same count of days, or that word is awaited."""

from __future__ import annotations

from typing import Any

from kepu.notices.kinds.moments import Moment

WAITS = ("waits",)


def first_day(moment: Moment | None) -> Any:
    """What a stretch of time begins with."""
    return _when(moment, 0)


def last_day(moment: Moment | None) -> Any:
    """What a stretch of time ends with."""
    return _when(moment, 1)


def deadline(moment: Moment | None) -> Any:
    """The last instant that is in time; to the hour where the notice says one."""
    if moment is not None and moment.span() is not None:
        return ("at", moment.resolve().at)
    return _when(moment, 1)


def _when(moment: Moment | None, side: int) -> Any:
    if moment is None:
        return None
    if (span := moment.span()) is not None:
        return ("on", span[side])
    if moment.reference is not None:
        return WAITS
    count = ("days", moment.days) if moment.days is not None else ("working days", moment.working_days)
    return (
        *count,
        "before" if moment.before else "after",
        _anchor(moment.before or moment.after or ""),
        moment.time,
    )


def _anchor(anchor: str) -> str:
    """What days are counted from, without the codes that a person chose; the end of the whole is the end of all of it."""
    if anchor == "activity_end" or (anchor.startswith("window.") and anchor.endswith(".end")):
        return "end"
    kind, dot, rest = anchor.partition(".")
    if not dot:
        return anchor
    return f"{kind}.{rest.rpartition('.')[2]}" if rest.endswith((".start", ".end")) else kind
