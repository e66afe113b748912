"""Hours of a day as they are said: with 下午 before them or without, to an end that may lie after midnight."""

from __future__ import annotations

from dataclasses import dataclass, field

from kepu.core.spoken.tokens import Token
from kepu.core.spoken.values import Flag, flag

HALF_DAY, DAY = 12 * 60, 24 * 60
_LATER = ("afternoon", "evening")


@dataclass(slots=True)
class Hours:
    """From when to when, in minutes from the beginning of the day; an end beyond 24:00 lies in the next."""

    start: int
    end: int | None = None
    said: str = ""
    period: str = ""  # as written, or taken for granted
    assumed: bool = False
    flags: list[Flag] = field(default_factory=list)


def started(token: Token, period: str) -> Hours | None:
    """Hours that begin here; None for an hour that no day has."""
    minutes = _minutes(token, period)
    if minutes is None:
        return None
    hours = Hours(minutes, said=token.text, period=period)
    if not period and 1 <= token.hour <= 6:
        if token.word == "0":
            hours.flags.append(flag("early_hour", text=token.text))
        else:
            hours.start, hours.period, hours.assumed = minutes + HALF_DAY, "afternoon", True
            hours.flags.append(flag("afternoon_assumed", text=token.text))
    return hours


def ended(hours: Hours, token: Token, period: str, *, next_day: bool) -> None:
    """The hours with their end; an end without 上午 or 下午 lies on the same side of noon, or after it."""
    hours.said += f"-{token.text}"
    goes_on = (hours.period in _LATER and token.hour < 12) or (hours.period == "noon" and token.hour <= 3)
    own = period or (hours.period if goes_on else "")
    end = _minutes(token, own)
    if end is None:
        hours.flags.append(flag("impossible_hour", text=token.text))
        return
    if next_day:
        hours.end = end % DAY + DAY
        return
    if end <= hours.start and not period:
        if own and not hours.assumed:
            late = _minutes(token, "") or 0
            end = late + DAY if hours.period == "evening" and late < HALF_DAY else end
        elif (
            end < hours.start
            and end < HALF_DAY
            and hours.start < HALF_DAY
            and end + HALF_DAY > hours.start
            and token.hour <= 9
        ):
            end += HALF_DAY
            hours.flags.append(flag("afternoon_assumed", text=hours.said))
    if end <= hours.start and hours.start >= 17 * 60 and end <= 6 * 60:
        end += DAY
    if end <= hours.start:
        hours.flags.append(flag("reversed_hours", text=hours.said))
        return
    if end > DAY:
        hours.flags.append(flag("past_midnight", text=hours.said))
    hours.end = end


def _minutes(token: Token, period: str) -> int | None:
    hour = token.hour
    if hour > 24 or token.minute > 59 or (hour == 24 and token.minute):
        return None
    if (period in _LATER and hour < 12) or (period == "noon" and hour <= 3):
        hour += 12
    elif period == "evening" and hour == 12:
        hour = 24
    elif period == "small_hours" and hour == 12:
        hour = 0
    return hour * 60 + token.minute
