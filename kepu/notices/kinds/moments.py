"""Dates as notices write them: a day, an hour, part of a month, so many days before or after something, or a reference.

"9月8日前" is ``date``: the day counts to its end in China's time. "16:00" and "24点" are ``time``. "9月上旬" is
``month`` with ``part``; a month alone ends with its last day. "结束后10日内" is ``days`` ``after``; "5个工作日" is
``working_days``. "以网站提示为准" is ``reference``: nothing is pretended, and ``outer`` may name a date that bounds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Self

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kepu.core import calendar

ANCHORS = {
    "activity_start": _("活动开始"),
    "activity_end": _("活动结束"),
    "activity_filed": _("活动填报"),
    "notice_issued": _("通知印发"),
    "notice_received": _("收到通知"),
    "results_published": _("结果公布"),
    "shortlist_published": _("入围名单公布"),
    "publicity_start": _("公示开始"),
}
Day = date  # a field below is called "date", and hides the type of that name
Anchors = Mapping[str, datetime | Day]
_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_TIME = re.compile(r"^([01]?\d|2[0-3]):[0-5]\d$|^24:00$")


@dataclass(frozen=True, slots=True)
class Instant:
    """An answer to "by when?": an instant, or None with the words for what it waits for."""

    at: datetime | None
    words: str
    settled: bool = True


class Moment(BaseModel):
    """A point in time in one of the ways a notice writes it. Exactly one way per moment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: Day | None = Field(None, description="某年某月某日")
    time: str | None = Field(None, description="几点，如 16:00；24:00 是当天结束")
    month: str | None = Field(None, description="只写到月，如 2023-09")
    part: Literal["early", "middle", "late"] | None = Field(None, description="上旬、中旬、下旬")
    days: int | None = Field(None, ge=0, description="自然日数，与 before 或 after 同用")
    working_days: int | None = Field(None, ge=0, description="工作日数，与 before 或 after 同用")
    before: str | None = Field(None, description="在什么之前")
    after: str | None = Field(None, description="在什么之后")
    reference: str | None = Field(None, description="另行通知、以平台提示为准等：等什么")
    outer: Day | None = Field(None, description="最晚不过哪一天（仅与 reference 同用）")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [w for w in ("date", "month", "reference") if getattr(self, w) is not None]
        if self.days is not None or self.working_days is not None:
            ways.append("days")
        if len(ways) != 1:
            raise ValueError(
                str(
                    _(
                        "时间要用且只用一种写法：date、month、days/working_days 加 before/after，或 reference。"
                    )
                )
            )
        if self.days is not None and self.working_days is not None:
            raise ValueError(str(_("days 和 working_days 只能写一个。")))
        if ways == ["days"] and (self.before is None) == (self.after is None):
            raise ValueError(str(_("写了天数，就要写在什么之前（before）或之后（after），二者择一。")))
        if ways != ["days"] and (self.before or self.after):
            raise ValueError(str(_("before、after 只和 days 或 working_days 同用。")))
        if self.part and not self.month:
            raise ValueError(str(_("part（上中下旬）只和 month 同用。")))
        if self.month and not _MONTH.match(self.month):
            raise ValueError(str(_("month 要写成 2023-09 这样。")))
        if self.time and not _TIME.match(self.time):
            raise ValueError(str(_("time 要写成 16:00 这样，最晚 24:00。")))
        if self.outer and not self.reference:
            raise ValueError(str(_("outer 只和 reference 同用。")))
        anchor = self.before or self.after
        if anchor and anchor not in ANCHORS and not re.match(r"^(window|duty|event)\.[a-z0-9_.-]+$", anchor):
            known = str(_("、")).join(ANCHORS)
            raise ValueError(
                str(
                    _(
                        "不认识“%(anchor)s”。可以写 %(known)s，或 window.代码.start、window.代码.end、event.代码。"
                    )
                )
                % {"anchor": anchor, "known": known}
            )
        return self

    def span(self) -> tuple[Day, Day] | None:
        """First and last day where the calendar alone says it; None for relative dates and references."""
        if self.date is not None:
            return self.date, self.date
        if self.month is not None:
            year, month = map(int, self.month.split("-"))
            return calendar.part_of_month(year, month, self.part or "")
        return None

    def resolve(self, anchors: Anchors | None = None) -> Instant:
        """The last instant that is in time. ``anchors`` gives the instants or days that relative dates count from."""
        days = self.span()
        if days is not None:
            last = calendar.at_hour(days[1], self.time) if self.time else calendar.end_of_day(days[1])
            return Instant(last, self.words())
        if self.reference is not None:
            return Instant(
                calendar.end_of_day(self.outer) if self.outer else None, self.words(), settled=False
            )
        found = (anchors or {}).get(self.before or self.after or "")
        if found is None:
            return Instant(None, self.words(), settled=False)
        if self.before and self.days == 0 and not self.time and isinstance(found, datetime):
            return Instant(found, self.words())  # "before each event starts": the event's own instant
        day = calendar.day_of(found) if isinstance(found, datetime) else found
        count = self.days if self.days is not None else self.working_days or 0
        sign = 1 if self.after else -1
        if self.working_days is not None:
            day = calendar.add_working_days(day, sign * count)
        else:
            day += timedelta(days=sign * count)
        return Instant(
            calendar.at_hour(day, self.time) if self.time else calendar.end_of_day(day), self.words()
        )

    def begins(self) -> datetime | None:
        """The first instant of a day or month given by the calendar: for the opening side of a window."""
        days = self.span()
        if days is None:
            return None
        return calendar.at_hour(days[0], self.time) if self.time else calendar.start_of_day(days[0])

    def words(self) -> str:
        """The moment in words."""
        hour = f" {self.time}" if self.time else ""
        if self.date is not None:
            return day_words(self.date) + hour
        if self.month is not None:
            part = {"early": _("上旬"), "middle": _("中旬"), "late": _("下旬")}.get(self.part or "", "")
            year, month = map(int, self.month.split("-"))
            if _chinese():
                return f"{year}年{month}月{part}"
            return f"{part} {date_format(Day(year, month, 1), 'F Y')}".strip()
        if self.reference is not None:
            outer = (
                str(_("（最晚 %(day)s）")) % {"day": self.outer if _chinese() else day_words(self.outer)}
                if self.outer
                else ""
            )
            return self.reference + outer
        anchor = anchor_words(self.before or self.after or "")
        if self.before and self.days == 0:
            return str(_("%(anchor)s之前")) % {"anchor": anchor} + hour
        if self.working_days is not None:
            text = _("%(anchor)s前%(n)s个工作日") if self.before else _("%(anchor)s后%(n)s个工作日内")
            return str(text) % {"anchor": anchor, "n": self.working_days} + hour
        text = _("%(anchor)s前%(n)s日") if self.before else _("%(anchor)s后%(n)s日内")
        return str(text) % {"anchor": anchor, "n": self.days} + hour


def anchor_words(anchor: str) -> str:
    """A name for what a relative date counts from."""
    return str(ANCHORS.get(anchor, anchor))


def day_words(day: Day) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if _chinese() else date_format(day, "DATE_FORMAT")


def _chinese() -> bool:
    from django.utils.translation import get_language

    return not (get_language() or "zh").startswith("en")


def _as_moment(value: Any) -> Any:
    """A bare TOML date stands for ``{date = …}``; a local date-time for date and time."""
    if isinstance(value, datetime):
        return {"date": value.date(), "time": value.strftime("%H:%M")}
    return {"date": value} if isinstance(value, date) else value


When = Annotated[Moment, BeforeValidator(_as_moment, json_schema_input_type=Moment | date | datetime)]


def later_than(mine: Moment, theirs: Moment) -> bool | None:
    """Whether ``mine`` ends later than ``theirs``; None where the two cannot be compared yet."""
    a, b = mine.resolve(), theirs.resolve()
    if a.at and b.at:
        return a.at > b.at
    if mine.reference is not None and b.at:
        return True  # a day was given; to wait for word from elsewhere has no end
    same = (mine.before, mine.after) == (theirs.before, theirs.after)
    if same and mine.days is not None and theirs.days is not None:
        return mine.days > theirs.days if mine.after else mine.days < theirs.days
    if same and mine.working_days is not None and theirs.working_days is not None:
        longer = mine.working_days > theirs.working_days
        return longer if mine.after else mine.working_days < theirs.working_days
    if same and mine.after and mine.working_days is not None and theirs.days is not None:
        return True if mine.working_days > theirs.days else None  # working days are never quicker than days
    return None
