"""Days and months as a text writes them, with lost characters and in Chinese numerals, before anybody asks what they bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kepu.core.numerals import whole_number

_CN = "一二三四五六七八九十"
YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?<!\d)(?:(?P<y1>{YEAR})(?:年度?|[ ./-]) ?)?(?P<m1>\d{{1,2}})月(?:份)? ?(?P<d1>\d{{1,2}}(?: \d(?=[日号]))?)(?:(?P<s1>[日号])|(?!\d))"
    rf"|(?<!\d)(?P<y2>{YEAR})(?:年| ) ?(?P<m2>\d{{1,2}}) (?P<d2>\d{{1,2}})[日号]"
    rf"|(?<![\d ])(?P<m3>\d{{1,2}}) (?P<d3>\d{{1,2}})[日号](?=前|之前|以前|起|至|止|截|—|-|~)"
    rf"|(?<!\d)(?P<y4>{YEAR})(?P<sep>[./-])(?P<m4>\d{{1,2}})(?P=sep)(?P<d4>\d{{1,2}})日?(?!\d)"
    rf"|(?<![\d.])(?P<m5>1[0-2]|0?[1-9])\.(?P<d5>[0-3]?\d)日?(?![\d.%万MmGgKk元米月])"
    rf"|(?:(?P<y6>[二一][〇零九][〇零{_CN}]{{2}})年)?(?<![{_CN}])(?P<m6>[{_CN}]{{1,2}})月(?P<d6>[{_CN}廿]{{1,3}})[日号]"
)
_MONTH = re.compile(
    rf"(?<![\d.])(?:(?P<y>{YEAR}|[二一][〇零九][〇零{_CN}]{{2}})年)?(?P<m>1[0-2]|0?[1-9]|(?<![{_CN}个第])(?:十[一二]?|[{_CN[:-1]}]))月"
    r"(?P<part>上旬|中旬|下旬|初|中(?=旬|，|前|至|—|-|~|$)|底|末)?(?:份)?(?![\d刊报均薪光球嫂日饼])(?! \d)"
    rf"|(?:(?P<y2>{YEAR})年|今年|本年度?)?年?(?P<end>底|末)(?=前|之前|以前|完成)"
)
_BARE = re.compile(r"(?P<d>\d{1,2}) ?(?P<s>[日号])")
_PARTS = {"上旬": "early", "中旬": "middle", "下旬": "late", "初": "early", "中": "middle"}
_MONTHS = re.compile(
    rf"(?<![\d.月第])(?:(?P<y>{YEAR})年)?(?P<m>1[0-2]|[1-9])(?=(?:—|-|~|至|到){{1,2}}(?:1[0-2]|[1-9])月(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a date as it is written."""

    code: str
    sentence: str


@dataclass(slots=True)
class Token:
    """A day or a month as it stands in a sentence; ``day`` is None of a month. A bare dot date ``needs_edge`` to be one."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    part: str = ""
    faults: tuple[Fault, ...] = ()
    needs_edge: bool = False
    bare: bool = False  # 9月17 of 9月17-23日


def tokens_in(text: str) -> Iterator[Token]:
    """Every day and month of a sentence; where two readings begin at one place, the longer first."""
    if not re.search(r"[月日号底末]|\d[./-]\d", text):
        return
    days = [_day_token(text, m) for m in _DAY.finditer(text)]
    months = [_month_token(m) for m in _MONTH.finditer(text)]
    opened = [
        Token(m.start(), m.end(), whole_number(m["y"]) if m["y"] else None, int(m["m"]), None)
        for m in _MONTHS.finditer(text)
    ]
    yield from sorted([t for t in (*days, *months, *opened) if t], key=lambda t: (t.start, -t.end))


def _day_token(text: str, m: re.Match[str]) -> Token | None:
    which = next(n for n in "123456" if m[f"m{n}"])
    year = m[f"y{which}"] if which in "1246" else None
    month, day = whole_number(m[f"m{which}"]), whole_number(m[f"d{which}"].replace(" ", ""))
    if month is None or day is None:
        return None
    faults: tuple[Fault, ...] = ()
    bare = which == "1" and not m["s1"]
    if bare and not re.match(r" ?(?:—|-|~|至|到|前|之前|以前|起|止|截止|，|。|；|（|、|$)", text[m.end() :]):
        return None
    if (
        which in "23"
        or (which == "1" and year and text[m.start() + 4] not in "年./-")
        or (bare and not re.match(r" ?[—~至到-]", text[m.end() :]))
    ):
        faults = (Fault("lost_characters", f"“{m[0]}”缺了字，读作{month}月{day}日，请核对。"),)
    return Token(
        m.start(), m.end(), whole_number(year) if year else None, month, day, "", faults, which == "5", bare
    )


def _month_token(m: re.Match[str]) -> Token | None:
    if m["end"]:
        return Token(m.start(), m.end(), int(m["y2"]) if m["y2"] else None, 12, None, "")
    month = whole_number(m["m"])
    if not month:
        return None
    return Token(
        m.start(),
        m.end(),
        whole_number(m["y"]) if m["y"] else None,
        month,
        None,
        _PARTS.get(m["part"] or "", ""),
    )


def follower_of(token: Token, match: re.Match[str]) -> Token:
    """The second day of 9月17、18日."""
    return Token(match.start(), match.end(), token.year, token.month, int(match["d"]))


def token_at(text: str, at: int, before: Token) -> Token | None:
    """The end of a stretch of days that begins at ``at``: a whole date, or only its day."""
    if day := _DAY.match(text, at):
        return _day_token(text, day)
    if bare := _BARE.match(text, at):
        return (
            Token(at, bare.end(), before.year, before.month, int(bare["d"]))
            if before.day is not None
            else None
        )
    if (month := _MONTH.match(text, at)) and not month["end"]:
        return _month_token(month)
    if before.needs_edge and (short := re.match(r"(\d{1,2})(?![\d.])", text[at:])):
        return Token(at, at + short.end(), before.year, before.month, int(short[1]))
    return None


def moment_of(year: int | None, token: Token, time: str) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The moment of a notice file, and what is wrong with it: a day that does not exist, a year nobody knows."""
    said = f"{token.month}月{token.day}日" if token.day is not None else f"{token.month}月"
    if year is None:
        return {"reference": said}, (Fault("year_unknown", f"“{said}”是哪一年，正文看不出来，请补上。"),)
    if token.day is None:
        if not 1 <= token.month <= 12:
            return {"reference": said}, (_impossible(f"{year}年{said}"),)
        month: dict[str, Any] = {"month": f"{year}-{token.month:02d}"}
        return (month | {"part": token.part} if token.part else month), ()
    try:
        day = date(year, token.month, token.day)
    except ValueError:
        return {"reference": f"{year}年{said}"}, (_impossible(f"{year}年{said}"),)
    return ({"date": day, "time": time} if time else {"date": day}), ()


def _impossible(said: str) -> Fault:
    return Fault("impossible_date", f"没有{said}这一天，请向发文单位核对。")
