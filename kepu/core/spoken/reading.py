"""From the pieces of a cell to its sessions: days gathered until hours are said for them, then the next days."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from kepu.core.calendar import CHINA, ONE_DAY, part_of_month
from kepu.core.spoken.groups import MOST, Days, Group
from kepu.core.spoken.hours import ended, started
from kepu.core.spoken.tokens import Token, plain, real_day, tokens_of
from kepu.core.spoken.values import Around, Flag, Session, Spoken, flag, spelled, sureness

LONGEST = 500
_SERIAL = re.compile(r"(?P<day>[34]\d{4}|5[0-4]\d{3})(?P<time>\.\d+)?")
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
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


def read(text: str, around: Around) -> Spoken:
    """What a cell says of time. Never raises: a cell without a date has no sessions and a flag that says so."""
    said = plain(text[:LONGEST])
    if not said:
        return Spoken(text)
    if serial := _SERIAL.fullmatch(said):
        return _serial(text, serial, around)
    reader = _Reader(tokens_of(said), around)
    reader.walk()
    sessions, flags, rest = reader.result()
    if not sessions and not any(one.grave for one in flags):
        flags = (flag("unread", text=_short(text)), *(one for one in flags if one.code != "words_left"))
    return Spoken(text, sessions, flags, rest, sureness(flags) if sessions else 0.0)


def _serial(text: str, serial: re.Match[str], around: Around) -> Spoken:
    day = _EPOCH + timedelta(days=int(serial["day"]))
    minutes = round(float(serial["time"] or 0) * 1440)
    starts = (
        datetime.combine(day, datetime.min.time(), CHINA) + timedelta(minutes=minutes) if minutes else None
    )
    flags = [flag("serial", text=text.strip(), day=spelled(day)), *_season_flags([day], around)]
    if starts:
        flags.append(flag("no_end"))
    return Spoken(text, (Session(day, day, starts),), tuple(flags), "", sureness(tuple(flags)))


class _Reader:
    def __init__(self, tokens: list[Token], around: Around) -> None:
        self.tokens, self.around = tokens, around
        self.groups = [Group()]
        self.flags: list[Flag] = []
        self.left: list[tuple[int, str]] = []
        self.year: int | None = None
        self.month: int | None = None
        self.period = ""
        self.join = self.next_day = False
        self.last = ""  # what was read last: "day", "hour", "" for neither
        self.counted = 0

    @property
    def group(self) -> Group:
        return self.groups[-1]

    def walk(self) -> None:
        for i, token in enumerate(self.tokens):
            getattr(self, f"_{token.kind}")(i, token)

    # days

    def _date(self, i: int, token: Token) -> None:
        if token.word == "dashed":
            self.flags.append(flag("dashed_date", text=token.text, month=token.month, day=token.day))
        self.month = token.month
        self._begin(i, token, real_day(self._year_of(token), token.month, token.day))

    def _day(self, i: int, token: Token) -> None:
        month = self.month or self._only_month()
        if month is None:
            self.flags.append(flag("no_month", text=token.text))
            return
        self.month = month
        self._begin(i, token, real_day(self._year_of(Token("day", "", month=month)), month, token.day))

    def _begin(self, i: int, token: Token, day: date | None) -> None:
        """A day: the end of a stretch where it is joined to one before, else a new one."""
        joined, self.join = self.join, False
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

    def _month(self, i: int, token: Token) -> None:
        year = self._year_of(token)
        self.month = token.month
        if not token.month or not 1 <= token.month <= 12:
            self.flags.append(flag("impossible_date", text=token.text))
            return
        first, last = part_of_month(year, token.month, _THIRDS.get(token.word, ""))
        if self.join and self.last == "day" and self.group.days and self.group.days[-1].vague:
            self.join = False
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

    # hours

    def _hour(self, i: int, token: Token) -> None:
        group = self.group
        joined, self.join = self.join, False
        if self.last == "hour" and joined and group.hours and group.hours[-1].end is None:
            ended(group.hours[-1], token, self._own_period(i), next_day=self.next_day)
        elif group.span_to and group.span_end is None:
            hours = started(token, self._own_period(i))
            group.span_end = hours.start if hours else None
        else:
            hours = started(token, self.period)
            if hours is None:
                self.flags.append(flag("impossible_hour", text=token.text))
                return
            if not group.days and not group.weekdays and len(self.groups) == 1:
                group.hours_first = True
            elif group.hours_first and group.hours and group.days and self.last == "day":
                self.groups.append(Group(hours_first=True))
            self.group.hours.append(hours)
        self.group.part = ""
        self.next_day = False
        self.last = "hour"

    def _own_period(self, i: int) -> str:
        """The part of the day said right before this hour, not inherited."""
        behind = [t for t in self.tokens[max(0, i - 3) : i] if t.kind != "noise"]
        return behind[-1].word if behind and behind[-1].kind == "period" else ""

    def _period(self, i: int, token: Token) -> None:
        follower = next((t for t in self.tokens[i + 1 :] if t.kind not in ("noise",)), None)
        self.period = token.word if token.word != "all_day" else ""
        if follower is None or follower.kind not in ("hour", "number") or token.word == "all_day":
            group = self.group
            if not group.hours:
                both = group.part and group.part != token.word
                group.part = "all_day" if both else token.word

    def _next(self, i: int, token: Token) -> None:
        if self.join and self.last == "hour":
            self.next_day = True
        else:
            self._words(i, token)

    def _lasts(self, i: int, token: Token) -> None:
        group = self.group
        if token.word == "天":
            if len(group.days) == 1 and group.days[0].first == group.days[0].last and token.number >= 1:
                group.days[0].last += ONE_DAY * (int(token.number) - 1)
                group.days[0].open = False
        elif group.hours and group.hours[-1].end is None:
            minutes = token.number * (60 if token.word == "小时" else 1)
            group.hours[-1].end = group.hours[-1].start + int(minutes)

    def _number(self, i: int, token: Token) -> None:
        """A bare number takes its meaning from what stands beside it: 17-23日, 9-11点, 9.17-23."""
        after = [t for t in self.tokens[i + 1 : i + 4] if t.kind != "noise"]
        ahead = after[1].kind if len(after) > 1 and after[0].kind in ("join", "comma") else ""
        bare = next((t for t in reversed(self.tokens[:i]) if t.kind in ("date", "day", "hour")), None)
        value = int(token.number)
        if ahead == "hour" or self._own_period(i) or (self.join and self.last == "hour"):
            self._hour(i, Token("hour", token.text, hour=value))
        elif ahead == "month" and 1 <= value <= 12:
            self._month(i, Token("month", token.text, month=value))
        elif ahead == "day" or (
            self.last == "day"
            and bare is not None
            and bare.word == "bare"
            and (self.join or self._after_comma(i))
        ):
            self._day(i, Token("day", token.text, day=value, word="bare"))
        else:
            self._words(i, token)

    def _after_comma(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].text == "、"

    # the rest

    def _join(self, i: int, token: Token) -> None:
        if self.last and not (token.text == "到" and self.left and self.left[-1][0] == i - 1):
            self.join = True
        else:
            self._words(i, token)

    def _comma(self, i: int, token: Token) -> None:
        self.join = False
        if self.left and self.left[-1][0] == i - 1:
            self.left.append((i, token.text))

    def _noise(self, i: int, token: Token) -> None:
        if self.left and self.left[-1][0] == i - 1:
            self.left.append((i, token.text))

    def _label(self, i: int, token: Token) -> None:
        pass

    def _listed(self, i: int, token: Token) -> None:
        pass

    def _count(self, i: int, token: Token) -> None:
        self.counted = int(token.number)

    def _maybe(self, i: int, token: Token) -> None:
        self.flags.append(flag("tentative"))

    def _words(self, i: int, token: Token) -> None:
        if self.join and self.tokens[i - 1].text in (
            "至",
            "到",
        ):  # 至善楼: no join, but the beginning of a word
            self.left.append((i - 1, self.tokens[i - 1].text))
        self.left.append((i, token.text))
        self.join = False

    def _year_of(self, token: Token) -> int:
        """The year written, else the one written before it, else the one in which the day lies in the season."""
        if token.year is not None:
            self.year = token.year
            if token.year != self.around.year and not self._in_season_years(token.year):
                self.flags.append(flag("other_year", said=token.year, year=self.around.year))
            return token.year
        if self.year is not None:
            return self.year
        first, last = self.around.first_day, self.around.last_day
        if first and last and first.year != last.year:
            return last.year if (token.month or 1) < first.month else first.year
        return self.around.year

    def _in_season_years(self, year: int) -> bool:
        first, last = self.around.first_day, self.around.last_day
        return bool(first and last and first.year <= year <= last.year)

    def _only_month(self) -> int | None:
        first, last = self.around.first_day, self.around.last_day
        return (
            first.month if first and last and (first.year, first.month) == (last.year, last.month) else None
        )

    def result(self) -> tuple[tuple[Session, ...], tuple[Flag, ...], str]:
        sessions: list[Session] = []
        for group in self.groups:
            made, flags = group.sessions(self.around)
            sessions += made
            self.flags += flags
        sessions = sorted(dict.fromkeys(sessions), key=_order)
        if len(sessions) > MOST:
            sessions = sessions[:MOST]
            self.flags.append(flag("too_many", most=MOST))
        if self.counted and sessions and self.counted != len(sessions) and all(s.starts_at for s in sessions):
            self.flags.append(flag("wrong_count", said=self.counted, found=len(sessions)))
        self.flags += _season_flags([day for s in sessions for day in (s.first, s.last)], self.around)
        rest = _tidy("".join(text for _i, text in self.left))
        if rest and any(c.isalnum() for c in rest):
            self.flags.append(flag("words_left", text=_short(rest)))
        else:
            rest = ""
        return tuple(sessions), tuple(dict.fromkeys(self.flags)), rest


def _tidy(rest: str) -> str:
    """Words as they stood: without the marks that led to them, and with the marks of a Chinese text."""
    rest = rest.strip(" ,;:、。\n-~")
    if rest.count("(") != rest.count(")"):
        rest = rest.strip("()")
    elif rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    return rest.translate(str.maketrans("(),;", "（），；")) if re.search("[\u4e00-\u9fff]", rest) else rest


def _season_flags(days: list[date], around: Around) -> list[Flag]:
    first, last = around.first_day, around.last_day
    if first is None or last is None:
        return []
    out = next((day for day in days if not first <= day <= last), None)
    return [flag("outside_season", day=spelled(out), first=spelled(first), last=spelled(last))] if out else []


def _order(session: Session) -> tuple[str, str]:
    starts = session.starts_at
    return session.first.isoformat(), starts.isoformat() if starts else ""


def _short(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= 30 else text[:29] + "…"
