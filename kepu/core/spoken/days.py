"""The days of a cell, gathered: single ones, stretches, months, weekdays among them, and what only stands for a day."""

from __future__ import annotations

from datetime import date, timedelta

from kepu.core.calendar import part_of_month
from kepu.core.spoken.groups import Days, Group
from kepu.core.spoken.state import State
from kepu.core.spoken.tokens import Token, real_day
from kepu.core.spoken.values import flag, spelled

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_THIRDS = {
    "上旬": "early",
    "初": "early",
    "中旬": "middle",
    "中": "middle",
    "下旬": "late",
    "底": "late",
    "末": "late",
}
_SAID = "一二三四五六日"


class DaysReader(State):
    """Reads the pieces that are about days; a method for each kind of piece, named after it."""

    def _date(self, i: int, token: Token) -> None:
        if token.word == "dashed":
            self.flags.append(flag("dashed_date", text=token.text, month=token.month, day=token.day))
        self.month = token.month
        self._begin(i, token, real_day(self._year_of(token), token.month, token.day))

    def _serial(self, i: int, token: Token) -> None:
        """A day as a spreadsheet counts it, its hour as a fraction of the day."""
        day = EPOCH + timedelta(days=int(token.number))
        minutes = round(token.number % 1 * 1440)
        self.flags.append(flag("serial", text=token.text, day=spelled(day)))
        self.month = day.month
        self._begin(i, token, day)
        if minutes:
            self.read(i, Token("hour", token.text, hour=minutes // 60, minute=minutes % 60, word="0"))

    def _day(self, i: int, token: Token) -> None:
        if i and self.tokens[i - 1].kind == "words":  # 中山路3号
            self._words(i, token)
            return
        month = self.month or self._only_month()
        if month is None:
            self.flags.append(flag("no_month", text=token.text))
            return
        self.month = month
        self._begin(i, token, real_day(self._year_of(Token("day", "", month=month)), month, token.day))

    def _begin(self, i: int, token: Token, day: date | None) -> None:
        """A day: the end of a stretch where it is joined to one before, else a new one."""
        joined, self.join = self.join, False
        if self.only_until and not self.group.days:
            self.only_until = False
            return
        if day is None:
            self.flags.append(flag("impossible_date", text=token.text))
            if joined and self.group.days:
                self.group.days.pop()
            self.last = "day"
            return
        if joined and self.last == "hour" and self.group.can_span():
            self.group.span_to = day
        elif joined and self.last == "day" and self.group.days:
            self._stretch(day, token)
        else:
            self._new_group_if_full()
            self.group.days.append(Days(day, day, token.text))
        self.last = "day"

    def _stretch(self, last: date, token: Token) -> None:
        days = self.group.days[-1]
        if last < days.first and token.year is None and last.month < days.first.month:
            last = real_day(last.year + 1, last.month, last.day) or last
        days.said += f"-{token.text}"
        if last < days.first or (last - days.first).days > 400:
            self.flags.append(flag("reversed_days", text=days.said))
            return
        days.last = last

    def _new_group_if_full(self) -> None:
        group = self.group
        if group.days and (group.hours or group.part or group.span_to):
            self.groups.append(Group(hours_first=group.hours_first))
            self.period = ""

    def _now(self, i: int, token: Token) -> None:
        """即日起至9月30日 gives only the end."""
        self.flags.append(flag("only_until"))
        self.only_until = True

    def _month(self, i: int, token: Token) -> None:
        year = self._year_of(token)
        self.month = token.month
        if not token.month or not 1 <= token.month <= 12:
            self.flags.append(flag("impossible_date", text=token.text))
            return
        first, last = part_of_month(year, token.month, _THIRDS.get(token.word, ""))
        if self.join and self.last == "day" and self.group.days:
            self.join = False
            if not self.group.days[-1].vague:
                self.flags.append(flag("approximate", text=token.text))
            self._stretch(last, token)
            return
        self.join = False
        self._new_group_if_full()
        self.group.days.append(Days(first, last, token.text, vague=True))
        self.last = "day"

    def _season(self, i: int, token: Token) -> None:
        first, last = self.around.first_day, self.around.last_day
        if first is None or last is None:
            self.flags.append(flag("open_ended", text=token.text))
            return
        self._new_group_if_full()
        self.group.days.append(Days(first, last, token.text))
        self.flags.append(flag("season_span", text=token.text, first=spelled(first), last=spelled(last)))
        self.last = "day"

    def _long(self, i: int, token: Token) -> None:
        self.flags.append(flag("open_ended", text=token.text))

    def _vague(self, i: int, token: Token) -> None:
        self.flags.append(flag("to_be_told"))

    def _since(self, i: int, token: Token) -> None:
        if (
            self.last == "day"
            and self.group.days
            and not any(t.kind == "join" for t in self.tokens[i : i + 2])
        ):
            self.group.days[-1].open = True
        elif self.last == "":
            self._words(i, token)

    def _until(self, i: int, token: Token) -> None:
        if self.last != "day" or not self.group.days:
            self._words(i, token) if self.last == "" else None
        elif self.group.days[-1].first == self.group.days[-1].last and not self.group.hours:
            self.group.days.pop()
            self.flags.append(flag("only_until"))

    def _everyday(self, i: int, token: Token) -> None:
        self.group.each = True

    def _year(self, i: int, token: Token) -> None:
        self._year_of(token)

    def _week(self, i: int, token: Token) -> None:
        group = self.group
        before = self.tokens[i - 1].text if i else ""
        if token.word == "off" or before == "除":
            group.off |= set(token.weekdays)
            if before == "除":
                self.left = [(n, t) for n, t in self.left if n != i - 1]
            return
        if token.number:
            group.nth = int(token.number)
        elif token.word == "" and self.last == "day" and group.days and self._names_day(token):
            return
        if group.days and (group.hours or group.part) and not group.weekdays and not group.hours_first:
            self._again(i, token)
            return
        if token.word == "" and not token.number:
            self.flags.append(flag("weekdays_assumed", text=token.text))
        group.weekdays |= set(token.weekdays)
        self.last = "day"

    def _again(self, i: int, token: Token) -> None:
        """Weekdays behind hours that were said for days: they begin days of their own, in the same stretch."""
        days = self.group.days
        self.groups.append(
            Group([Days(d.first, d.last, d.said, vague=d.vague) for d in days], weekdays=set(token.weekdays))
        )
        self.period, self.last = "", "day"

    def _names_day(self, token: Token) -> bool:
        """Whether a weekday only names the day before it; a wrong one is flagged."""
        days = self.group.days[-1]
        if days.vague:
            return False
        last = self.group.span_to or days.last
        length = (last - days.first).days + 1 if not self.group.span_to else 1
        if len(token.weekdays) > 1 and length > len(token.weekdays) and length > 2:
            return False
        if len(token.weekdays) == 1 and length > 7 and last.weekday() not in token.weekdays:
            return False
        if last.weekday() not in token.weekdays or (
            len(token.weekdays) == length > 1 and days.first.weekday() not in token.weekdays
        ):
            said = "、".join(_SAID[n] for n in token.weekdays)
            right = _SAID[last.weekday()]
            self.flags.append(flag("wrong_weekday", day=spelled(last), right=right, said=said))
        return True
