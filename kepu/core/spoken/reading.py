"""From the pieces of a cell to its sessions: days gathered until hours are said for them, then the next days."""

from __future__ import annotations

import re
from datetime import date

from kepu.core.calendar import ONE_DAY
from kepu.core.spoken.days import DaysReader
from kepu.core.spoken.groups import MOST, Group
from kepu.core.spoken.hours import ended, started
from kepu.core.spoken.tokens import Token, plain, tokens_of
from kepu.core.spoken.values import Around, Flag, Session, Spoken, flag, spelled, sureness

LONGEST = 2000  # what stands behind is words that were not read


def read(text: str, around: Around) -> Spoken:
    """What a cell says of time. Never raises: a cell without a date has no sessions and a flag that says so."""
    said = plain(text[:LONGEST])
    if not said:
        return Spoken(text)
    reader = _Reader(tokens_of(said), around)
    reader.walk()
    sessions, flags, rest = reader.result(beyond=text[LONGEST:])
    if not sessions and not any(one.grave for one in flags):
        flags = (flag("unread", text=_short(text)), *(one for one in flags if one.code != "words_left"))
    return Spoken(text, sessions, flags, rest, sureness(flags) if sessions else 0.0)


class _Reader(DaysReader):
    """Goes through the pieces of a cell from the first to the last."""

    def walk(self) -> None:
        for i, token in enumerate(self.tokens):
            self.read(i, token)

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
            elif not group.days:
                self._words(i, token)
        elif group.hours and group.hours[-1].end is None:
            minutes = token.number * (60 if token.word == "小时" else 1)
            group.hours[-1].end = group.hours[-1].start + int(minutes)
        elif not group.hours:
            self._words(i, token)

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

    def result(self, *, beyond: str = "") -> tuple[tuple[Session, ...], tuple[Flag, ...], str]:
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
        rest = _tidy("".join(text for _i, text in self.left) + beyond)
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
