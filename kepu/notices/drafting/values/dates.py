"""Days, stretches of days and dates that count from something, as a sentence has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kepu.core.numerals import whole_number
from kepu.notices.drafting.values.days import YEAR, Fault, Token, follower_of, moment_of, token_at, tokens_in
from kepu.notices.drafting.values.relative import Counted, counted_in
from kepu.notices.drafting.values.years import Years

_BLANK = re.compile(rf"(?:{YEAR}年)?[ _]*(?P<m>\d{{1,2}})?[ _]*月[ _]*(?:份)?日(?:之前|以前|前|止)")
_NOW = re.compile(r"自?(?:即日|本?(?:通知|文件|公告|启事|方案)?(?:正式)?(?:印发|发布|下发|发文)之日)")
_REFERENCE = re.compile(
    r"另行(?:通知|公布|部署|安排|下发|印发|发布)|时间另定|待定|(?:后续|随后|届时)(?:将)?(?:进行|另行|再行)?(?:通知|公布|下发|告知)"
    r"|(?:按照?|根据|依据)[^，。；：]{2,18}?(?:提示|公布|规定|要求|通知)的?时间(?:节点)?|以(?![^，。；：]{0,8}(?:邮戳|收到|寄出|送达|纸质))[^，。；：]{2,24}?(?:提示|公布|通知|公告|发布)?的?(?:时间)?为准"
)
_JOIN = re.compile(r"(?:起|开始)?，?(?:持续|延续)?(?:截止到|直至|截至|——|—|--|-|~~|~|至|到)")
_AND = re.compile(r"[、和及](?P<d>\d{1,2})[日号]")
_WEEKDAY = re.compile(r"（?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])）?")
_TIME = re.compile(
    r"，?(?P<half>上午|下午|晚上?|中午|凌晨|早上?)?(?:(?P<h>[01]?\d|2[0-4])(?::(?P<n>[0-5]\d)(?::\d\d)?|[时点](?:(?P<n2>[0-5]?\d)分|(?P<half2>半)|整|钟)?)"
    r"|(?P<hc>[一二两三四五六七八九十]{1,3})[点时](?:(?P<half3>半)|整|钟)?)"
)
_BY = re.compile(
    r" ?(?:（[^（）]{1,8}）)?(?:下班|下班时间|当天|当日|日终)?(?:之前|以前|前(?![沿往列期夕景后面台人辈瞻任置])|截止|为止|止|结束|以内|内(?!容))"
)
_FROM = re.compile(r" ?(?:起|开始|以来|以后|之后|后(?![续期]))")
_BEFORE = re.compile(
    r"(?:截[止至稿](?:时间|日期|日)?(?:为|是|：|到|至|于)?|(?:最迟|最晚|不迟于|不晚于|不得迟于|不得晚于|务必在|限于?)(?:于|在|不超过)?) ?$"
)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a sentence. ``first`` and ``last`` are moments of a notice file; a single day has ``last`` None.

    ``edge`` says how it bounds: "by" (前、截止), "from" (起), "" for a day or a stretch of days as such.
    """

    start: int
    end: int
    words: str
    first: dict[str, Any] | None = None
    last: dict[str, Any] | None = None
    edge: str = ""
    now: bool = False  # it begins with 即日
    counted: Counted | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def is_span(self) -> bool:
        return self.last is not None

    @property
    def is_reference(self) -> bool:
        return self.first is not None and "reference" in self.first


def dates_in(text: str, years: Years) -> list[Dated]:
    """Every date of a sentence in its order; where two readings overlap, the earlier and longer one."""
    found: list[Dated] = []
    near: int | None = None
    at = 0
    for token in tokens_in(text):
        if token.start < at:
            continue
        near = token.year or near
        said = _read(text, token, years, near)
        if said is not None:
            found.append(said)
            at = said.end
            last = said.last or said.first or {}
            near = last["date"].year if near is not None and "date" in last else near
    taken = [(d.start, d.end) for d in found]

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    for now in _NOW.finditer(text):
        said = _from_now(text, now, found)
        if said is not None:
            found = [d for d in found if d.end <= said.start or d.start >= said.end]
            found.append(said)
    found += [d for d in _blanks(text) if all(d.end <= f.start or d.start >= f.end for f in found)]
    taken = [(d.start, d.end) for d in found]
    for counted in counted_in(text):
        if free(counted.start, counted.end):
            found.append(
                Dated(
                    counted.start,
                    counted.end,
                    text[counted.start : counted.end],
                    dict(counted.moment),
                    edge="by",
                    counted=counted,
                )
            )
            taken.append((counted.start, counted.end))
    for said_later in _REFERENCE.finditer(text):
        if free(said_later.start(), said_later.end()):
            found.append(
                Dated(said_later.start(), said_later.end(), said_later[0], {"reference": said_later[0]})
            )
    return sorted(found, key=lambda d: (d.start, -d.end))


def _blanks(text: str) -> Iterator[Dated]:
    """2024年 月 日前: a date that was never filled in."""
    for m in _BLANK.finditer(text):
        fault = Fault("lost_characters", f"“{m[0]}”没有写明日期，请补上。")
        yield Dated(m.start(), m.end(), m[0], {"reference": "日期未写明"}, edge="by", faults=(fault,))


def _read(text: str, token: Token, years: Years, near: int | None) -> Dated | None:
    """The date that begins with ``token``, with its weekday, its hour, the end of a stretch and how it bounds."""
    end, time, faults = _after(text, token, token.year or years.of(token.month, near))
    year = token.year or years.of(token.month, near)
    first, wrong = moment_of(year, token, time)
    faults = (*token.faults, *faults, *wrong)
    last, joined = None, False
    join = _JOIN.match(text, end)
    if join:
        other = token_at(text, join.end(), token)
        if other is not None:
            joined = True
            later = other.year or year
            if (
                other.year is None
                and year is not None
                and (other.month, other.day or 31) < (token.month, token.day or 1)
            ):
                later = year + 1
            stop, time, more = _after(text, other, later)
            last, wrong = moment_of(later, other, time)
            faults, end = (*faults, *other.faults, *more, *wrong), stop
            if token.bare:
                faults = tuple(f for f in faults if f.code != "lost_characters" or f not in token.faults)
    if not joined and token.day is not None and (more_days := _AND.match(text, end)):
        follower = follower_of(token, more_days)
        if follower.day == token.day + 1:
            last, wrong = moment_of(year, follower, "")
            faults, end = (
                (*(f for f in faults if f not in token.faults or not token.bare), *wrong),
                more_days.end(),
            )
    edge, stop = _edge(text, token.start, end)
    if token.needs_edge and not joined and edge == "":
        return None
    if token.bare and not joined and edge == "" and not token.faults:
        return None
    return Dated(
        token.start,
        stop,
        text[token.start : stop],
        first,
        last,
        "" if last and edge == "by" else edge,
        faults=faults,
    )


def _after(text: str, token: Token, year: int | None) -> tuple[int, str, tuple[Fault, ...]]:
    """Where the date ends with its weekday and hour; the hour; a weekday that is wrong."""
    end = token.end
    faults: tuple[Fault, ...] = ()
    if token.day is not None and (named := _WEEKDAY.match(text, end)):
        end = named.end()
        faults = _weekday_fault(token, year, named["w"])
    time = ""
    if token.day is not None and (hour := _TIME.match(text, end)):
        time, end = _hour(hour), hour.end()
    return end, time, faults


def _weekday_fault(token: Token, year: int | None, said: str) -> tuple[Fault, ...]:
    try:
        day = date(year or 0, token.month, token.day or 0)
    except ValueError:
        return ()
    right = _WEEKDAYS[day.weekday()]
    if right == said.replace("天", "日"):
        return ()
    return (
        Fault(
            "wrong_weekday",
            f"{day.year}年{day.month}月{day.day}日是星期{right}，原文写的是星期{said}，请核对。",
        ),
    )


def _hour(m: re.Match[str]) -> str:
    hour = int(m["h"]) if m["h"] else whole_number(m["hc"] or "") or 0
    minute = int(m["n"] or m["n2"] or 0) if not (m["half2"] or m["half3"]) else 30
    if m["half"] in ("下午", "晚", "晚上") and hour < 12:
        hour += 12
    if m["half"] == "中午" and hour < 3:
        hour += 12
    if hour > 24 or (hour == 24 and minute):
        return ""
    return f"{hour:02d}:{minute:02d}"


def _edge(text: str, start: int, end: int) -> tuple[str, int]:
    if after := _BY.match(text, end):
        return "by", after.end()
    if _BEFORE.search(text[max(0, start - 12) : start]):
        return "by", end
    if after := _FROM.match(text, end):
        return "from", after.end()
    return "", end


def _from_now(text: str, now: re.Match[str], found: list[Dated]) -> Dated | None:
    """即日起, with the date to which it runs where one follows."""
    lead = re.compile(r"(?:起|开始)?，?(?:持续|延续)?(?:截止到|至|到|—|-|~)?").match(text, now.end())
    assert lead is not None
    follower = next((d for d in found if d.start == lead.end() and lead.end() > now.end()), None)
    if follower is not None and follower.first is not None:
        return replace(
            follower,
            start=now.start(),
            words=text[now.start() : follower.end],
            first=None,
            last=follower.last or follower.first,
            now=True,
            edge="",
        )
    if text.startswith("起", now.end()):
        return Dated(
            now.start(), now.end() + 1, text[now.start() : now.end() + 1], None, None, "from", now=True
        )
    return None
