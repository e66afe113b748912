"""Days with the hours that were said for them, and the sessions they come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from kepu.core.calendar import CHINA, ONE_DAY
from kepu.core.spoken.hours import Hours
from kepu.core.spoken.values import Around, Flag, Session, flag, spelled

MOST = 200


@dataclass(slots=True)
class Days:
    """A stretch of days as written. ``vague`` where only a month or a third of it was; ``open`` where no end was."""

    first: date
    last: date
    said: str
    vague: bool = False
    open: bool = False


@dataclass(slots=True)
class Group:
    """Days, the weekdays among them that count, and their hours."""

    days: list[Days] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    off: set[int] = field(default_factory=set)
    nth: int = 0  # the first, second … such weekday of each month
    each: bool = False
    part: str = ""
    span_to: date | None = None  # 9月17日9:00至18日17:00: one session over several days
    span_end: int | None = None
    hours_first: bool = False  # the cell says hours before their days

    def can_span(self) -> bool:
        """Whether a day joined to the last hour ends one session that goes on over night."""
        return len(self.hours) == 1 and self.hours[0].end is None and len(self.days) == 1

    def sessions(self, around: Around) -> tuple[list[Session], list[Flag]]:
        """The sessions, and what is to be flagged of them."""
        flags = [one for hours in self.hours for one in hours.flags]
        first, last = around.first_day, around.last_day
        if not self.days and (self.weekdays or self.each) and first and last:
            self.days = [Days(first, last, "")]
            flags.append(
                flag(
                    "season_span",
                    text=_("每周") if self.weekdays else _("每天"),
                    first=spelled(first),
                    last=spelled(last),
                )
            )
        if not self.days:
            return [], [
                *flags,
                flag("no_day"),
            ] if self.hours or self.part or self.weekdays or self.each else flags
        if self.span_to:
            return self._over_night(flags)
        for days in self.days:
            if days.vague and not self.weekdays and not self.each:
                flags.append(flag("approximate", text=days.said))
            if days.open:
                flags.append(flag("no_last_day"))
        chosen = bool(self.weekdays or self.off)
        if chosen or self.each or self.hours:
            found = list(self._daily())
            if not found:
                return [], [*flags, flag("no_such_weekday", text=self.days[0].said)]
            long = next((d for d in self.days if d.last > d.first), None)
            if self.hours and long and not chosen and not self.each:
                flags.append(flag("daily_assumed", text=long.said))
            if any(hours.end is None and not hours.flags for hours in self.hours):
                flags.append(flag("no_end"))
            return found, flags
        return [Session(d.first, d.last, part=self.part) for d in self.days], flags

    def _daily(self) -> Iterator[Session]:
        made = 0
        for days in self.days:
            for n in range((days.last - days.first).days + 1):
                day = days.first + ONE_DAY * n
                if not self._takes(day):
                    continue
                for session in self._on(day):
                    yield session
                    made += 1
                    if made > MOST:
                        return

    def _takes(self, day: date) -> bool:
        if day.weekday() in self.off or (self.weekdays and day.weekday() not in self.weekdays):
            return False
        return not self.nth or (day.day - 1) // 7 + 1 == self.nth

    def _on(self, day: date) -> Iterator[Session]:
        if not self.hours:
            yield Session(day, day, part=self.part)
        for hours in self.hours:
            ends = instant(day, hours.end) if hours.end is not None else None
            yield Session(day, max(day, _last_day(ends, day)), instant(day, hours.start), ends)

    def _over_night(self, flags: list[Flag]) -> tuple[list[Session], list[Flag]]:
        first, last = self.days[0].first, self.span_to or self.days[0].first
        starts = instant(first, self.hours[0].start)
        ends = instant(last, self.span_end) if self.span_end is not None else None
        if last < first or (ends and ends <= starts):
            said = f"{self.days[0].said}{self.hours[0].said}"
            return [Session(first, first, starts)], [*flags, flag("reversed_days", text=said)]
        return [Session(first, last, starts, ends)], flags if ends else [*flags, flag("no_end")]


def instant(day: date, minutes: int) -> datetime:
    """So many minutes into a day of China."""
    return datetime.combine(day, time.min, CHINA) + timedelta(minutes=minutes)


def _last_day(ends: datetime | None, day: date) -> date:
    """The day on which a session ends; one that ends at midnight is over with its day."""
    return (ends - timedelta(microseconds=1)).date() if ends else day
