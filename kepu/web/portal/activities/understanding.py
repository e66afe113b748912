"""What the words of the search box mean: days, places and kinds among them become parts of the question.

``周末 亲子 天文`` asks for the weekend, for families, and for the word 天文; ``东莞 9月17日`` for a place and a day. Only whole
words between spaces are understood, so that a title stays a title; what stands in quotes (“周末”) is always looked for as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from kepu.core.calendar import ONE_DAY, day_of
from kepu.orgs.models import Level, Place
from kepu.web.portal.activities.asking import SATURDAY, Asked
from kepu.web.portal.activities.facets import Words

MOST_WORDS = 8
_QUOTED = re.compile(r'["“”「」『』]')
_DATE = re.compile(r"^(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?$")
_DAY = re.compile(r"^(\d{1,2})[日号]$")
_WEEKDAY = re.compile(r"^(下)?(?:本|这)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])$")
_SHORT = re.compile(r"(特别行政区|(?:维吾尔|壮族|回族)自治区|自治区|[省市区县镇乡盟州旗]|地区|街道)$")
_WHENS = {
    "今天": "today", "今日": "today", "today": "today", "明天": "tomorrow", "明日": "tomorrow", "tomorrow": "tomorrow",
    "周末": "weekend", "本周末": "weekend", "这周末": "weekend", "weekend": "weekend",
    "线上": "online", "网上": "online", "直播": "online", "online": "online",
}  # fmt: skip
# others, such as 手语, are also what activities are about
_TAKING = {
    "有名额": {"vacant": "1"}, "无障碍": {"access": "any"}, "accessible": {"access": "any"},
    "轮椅": {"access": "wheelchair"}, "wheelchair": {"access": "wheelchair"},
}  # fmt: skip
_SUFFIXES = (
    "省",
    "市",
    "区",
    "县",
    "镇",
    "街道",
    "乡",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "旗",
    "盟",
    "特别行政区",
)


def understood(asked: Asked, words: Words, *, at: datetime) -> Asked:
    """The question with what its words say besides. One query, none where there is nothing to understand.

    A part that is asked already is not asked anew: the word stays a word.
    """
    parts = asked.text.split()
    if not parts or len(parts) > MOST_WORDS or _QUOTED.search(asked.text):
        return asked
    changes: dict[str, str] = {}
    rest = []
    named = None
    for part in parts:
        meant = when_meant(part, at) or _TAKING.get(part.lower()) or _kind(part, words)
        if meant is None:
            named = _places_named(parts) if named is None else named
            place = _the_one(named.get(part, ()))
            meant = {"place": place.code} if place else None
        if meant and not any(
            changes.get(name) or getattr(asked, name)
            for name in (*meant, *_AGAINST.get(next(iter(meant)), ()))
        ):
            changes |= meant
        else:
            rest.append(part)
    return asked.but(text=" ".join(rest), **changes) if changes else asked


_AGAINST = {"day": ("when",), "when": ("day",)}


def when_meant(word: str, at: datetime) -> dict[str, str] | None:
    """The day that a word names, or that it asks for what is online; None for any other word."""
    today, lower = day_of(at), word.lower()
    if lower in _WHENS:
        value = _WHENS[lower]
        return {"mode": value} if value == "online" else {"when": value}
    if lower in ("后天", "大后天"):
        return {"day": (today + (2 if lower == "后天" else 3) * ONE_DAY).isoformat()}
    if found := _WEEKDAY.match(word):
        number = "一二三四五六日天".index(found[2]) % 7 if found[2] != "天" else SATURDAY + 1
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=number + (7 if found[1] else 0))
        return {"day": (day if found[1] or day >= today else day + timedelta(days=7)).isoformat()}
    meant = _date(word, today)
    return {"day": meant.isoformat()} if meant else None


def _date(word: str, today: date) -> date | None:
    """9月17日, 9.17, 2023-09-17, 17日. Without a year the next such day, or one that is not long gone."""
    try:
        if found := _DATE.match(word):
            year = int(found[1] or today.year)
            return date(year, int(found[2]), int(found[3]))
        if found := _DAY.match(word):
            return date(today.year, today.month, int(found[1]))
    except ValueError:  # no such day
        return None
    return None


def _kind(word: str, words: Words) -> dict[str, str] | None:
    """The one code whose word it is; None where there are several, or none.

    Half of such a word stays a word: it finds what is of that kind all the same, and puts first what says it in its title.
    """
    found = [(name, code) for name, codes in words.items() for code, said in codes.items() if said == word]
    return dict(found) if len(found) == 1 else None


def _places_named(parts: Collection[str]) -> Mapping[str, list[Place]]:
    """The places of such names, in full or without what kind they are (东莞, 东莞市). One query."""
    wanted = {part: [part, *(part + suffix for suffix in _SUFFIXES)] for part in parts if len(part) >= 2}
    rows = Place.objects.filter(name__in=[name for names in wanted.values() for name in names]).order_by(
        "path"
    )[:200]
    found = list(rows)
    return {part: [place for place in found if place.name in names] for part, names in wanted.items()}


def _the_one(places: Collection[Place]) -> Place | None:
    """The one place that is meant: of several that of the highest level, where it is the only one there (吉林 is the province)."""
    above = [place for place in places if place.level != Level.NATION]
    if not above:
        return None
    least = min(_RANK[Level(place.level)] for place in above)
    highest = [place for place in above if _RANK[Level(place.level)] == least]
    return highest[0] if len(highest) == 1 else None


_RANK = {level: number for number, level in enumerate(Level)}
