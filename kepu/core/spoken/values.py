"""What a reading of spoken time is made of, and the flags it may carry with their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

# code: whether what is written cannot stand as it is, how much of the sureness is left, the sentence
FLAGS: dict[str, tuple[bool, float, Any]] = {
    "unread": (True, 0.0, _("“%(text)s”读不出日期。请写成“9月17日9:00-11:30”这样。")),
    "to_be_told": (True, 0.2, _("时间待定，请补上日期和钟点。")),
    "open_ended": (True, 0.2, _("“%(text)s”没有写明日期，请写出从哪天到哪天。")),
    "impossible_date": (True, 0.2, _("没有“%(text)s”这一天，请核对。")),
    "impossible_hour": (True, 0.3, _("没有“%(text)s”这个钟点，请核对。")),
    "reversed_days": (True, 0.3, _("“%(text)s”的结束日期早于开始日期，请核对。")),
    "reversed_hours": (True, 0.3, _("“%(text)s”的结束钟点早于开始钟点，请核对。")),
    "no_day": (True, 0.1, _("只写了钟点，没有写哪一天。")),
    "no_month": (True, 0.1, _("“%(text)s”没有写几月。")),
    "no_last_day": (True, 0.4, _("只写了从哪天起，没有写到哪天止。")),
    "only_until": (True, 0.2, _("只写了到哪天止，没有写从哪天起。")),
    "no_such_weekday": (True, 0.2, _("“%(text)s”里没有这样的一天，请核对。")),
    "too_many": (True, 0.3, _("读出的场次超过%(most)s场，只取了前面的。请分成几项活动。")),
    "wrong_weekday": (True, 0.5, _("%(day)s是星期%(right)s，表里写的是星期%(said)s，请核对。")),
    "wrong_count": (False, 0.7, _("写的是共%(said)s场，读出来是%(found)s场，请核对。")),
    "no_end": (False, 0.8, _("只写了开始的钟点，没有写几点结束。")),
    "approximate": (False, 0.5, _("“%(text)s”只是大概的日期，请写出哪几天。")),
    "tentative": (False, 0.8, _("时间是暂定的，请在确定后核对。")),
    "season_span": (False, 0.6, _("“%(text)s”按%(first)s至%(last)s读，请核对。")),
    "daily_assumed": (False, 0.8, _("“%(text)s”读作每天都是这个钟点，请核对。")),
    "weekdays_assumed": (False, 0.6, _("“%(text)s”读作这段时间里的每个这一天，请核对。")),
    "afternoon_assumed": (False, 0.7, _("“%(text)s”没有写上午还是下午，读作下午，请核对。")),
    "early_hour": (False, 0.7, _("“%(text)s”是凌晨的钟点，请核对。")),
    "past_midnight": (False, 0.9, _("“%(text)s”读作第二天凌晨结束，请核对。")),
    "outside_season": (False, 0.6, _("%(day)s不在本季活动时间（%(first)s至%(last)s）内，请核对。")),
    "other_year": (False, 0.5, _("写的是%(said)s年，本季是%(year)s年，请核对。")),
    "dashed_date": (False, 0.6, _("“%(text)s”读作%(month)s月%(day)s日，请核对。")),
    "serial": (False, 0.9, _("“%(text)s”是表格软件的日期序号，读作%(day)s，请核对。")),
    "words_left": (False, 0.8, _("时间里还有“%(text)s”没有读懂，请核对。")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What a cell leaves out: the year, and the days between which its season lies."""

    year: int
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something doubtful or wrong in a reading. ``grave`` where what is written cannot stand as it is."""

    code: str
    sentence: str
    grave: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One session: its first and last day; its instants in China's time where an hour was written, else None.

    ``part`` is what was written in place of an hour: "morning", "noon", "afternoon", "evening", "all_day", or "".
    """

    first: date
    last: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a cell says: sessions in the order of time, flags, words that are not about time, sureness from 0 to 1."""

    text: str
    sessions: tuple[Session, ...] = ()
    flags: tuple[Flag, ...] = ()
    rest: str = ""
    sure: float = 0.0

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(flag.code for flag in self.flags)

    @property
    def grave(self) -> tuple[Flag, ...]:
        return tuple(flag for flag in self.flags if flag.grave)


def flag(code: str, **said: Any) -> Flag:
    """A flag by its code, with what its sentence names."""
    grave, _left, sentence = FLAGS[code]
    return Flag(code, str(sentence) % said, grave)


def sureness(flags: tuple[Flag, ...]) -> float:
    """How sure a reading is with these flags: each code counts once."""
    sure = 1.0
    for code in {one.code for one in flags}:
        sure *= FLAGS[code][1]
    return round(sure, 3)


def spelled(day: date) -> str:
    """2023年9月17日."""
    return f"{day.year}年{day.month}月{day.day}日"
