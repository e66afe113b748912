"""How alike two activities are: title, time, place and host, each from 0 to 1, and what they come to together. Pure.

The same activity stands in a town's table, in a society's list and on the platform, each time in other words. Weights
and bounds stand here and nowhere else. What is found is shown to a person, who decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from unicodedata import normalize

from kepu.core.calendar import day_of
from kepu.core.fields import ancestors

# what each agreement is worth, of 1
WEIGHTS = {"title": 0.40, "time": 0.25, "place": 0.20, "host": 0.15}
THRESHOLD = 0.70  # from here on two activities are shown side by side
LEAST_TITLE = 0.45  # below it no agreement of the rest makes them one
LEAST_TIE = 0.75  # the host or the venue must agree as well: one title is held in many schools on one day
AGREES = 0.60  # from here on a page says that this agrees
MOST_BIGRAMS, MOST_PARTIES = 6, 5
MOST_DAYS_BEFORE = 31  # whoever began longer ago is not looked for

_NUMERAL = "0-9一二三四五六七八九十百两〇零"
_EDITION = re.compile(rf"第[{_NUMERAL}]+届|[{_NUMERAL}]{{4}}年(?:度)?|(?<![0-9])20[0-9]{{2}}(?![0-9])")
_NUMBER = re.compile(
    rf"第([{_NUMERAL}]+)(?:期|场|讲|站|次|批|回|季|课|集|轮|节)|之([{_NUMERAL}]+)(?![\w])|[（(]([{_NUMERAL}]+)[）)]|([{_NUMERAL}]+)$"
)
_NOISE = re.compile(r"[\W_]+")
_WIDE = ("全国科普日", "科普日", "系列科普活动", "主题科普活动", "系列活动", "主题活动", "科普活动", "活动")
# pairs of characters that stand in half of all titles: they find nobody
_COMMON = frozenset({
    "科普", "普日", "全国", "国科", "科学", "讲座", "普讲", "活动", "学讲", "进校", "校园", "进社", "社区", "主题", "系列", "宣传", "知识",
    "普知", "普宣", "普进", "培训", "体验", "展览", "走进", "开放", "放日", "学校", "青少", "少年", "年科", "普展", "学普", "普活", "普体",
})  # fmt: skip
_ABOVE = re.compile(r"^(?:[^省]{2,4}省|[^区]{2,5}自治区)?(?:[^市]{2,4}市)?(?:[^区县]{1,4}[区县])?")
_PLACES = re.compile(r"(?:.{1,7}?(?:省|自治区|市|州|盟|区|县|旗|镇|乡|街道))+")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an activity is compared. ``place`` is the path of where it is held; ``parties`` who else carries it."""

    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = "/"
    venue: str = ""
    host: str = ""
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alikeness:
    """How alike two activities are, 0 to 1, by title, time, place and host."""

    title: float
    time: float
    place: float
    host: float

    @property
    def score(self) -> float:
        """The weighted sum, 0 to 1."""
        return round(sum(weight * getattr(self, name) for name, weight in WEIGHTS.items()), 6)

    @property
    def why(self) -> list[str]:
        """What agrees: some of title, time, place, host."""
        return [name for name in WEIGHTS if getattr(self, name) >= AGREES]

    @property
    def suspicious(self) -> bool:
        """Whether a person is asked. It takes a likeness of the title, the same time and place, and a tie beside."""
        return (
            self.title >= LEAST_TITLE
            and self.time > 0
            and self.place > 0
            and max(self.place, self.host) >= LEAST_TIE
            and self.score >= THRESHOLD
        )


def traits_of(activity: Any, *, host: str = "", place: str = "") -> Traits:
    """The traits of a row; without ``host`` and ``place`` of its unit and its place, which must be in hand."""
    return Traits(
        title=activity.title, starts_at=activity.starts_at, ends_at=activity.ends_at, place=place or activity.place.path,
        venue=activity.venue, host=host or activity.unit.name,
        parties=tuple([*activity.co_hosts, *activity.undertakers][:MOST_PARTIES]),
    )  # fmt: skip


def traits_of_values(values: Mapping[str, Any], *, host: str, place: str) -> Traits:
    """The traits of what is being written: values by the names of an activity, some or all of them."""
    parties = [
        str(name) for key in ("co_hosts", "undertakers") for name in _entries(values.get(key)) if str(name)
    ]
    return Traits(
        title=str(values.get("title") or ""), starts_at=values.get("starts_at"), ends_at=values.get("ends_at"), place=place,
        venue=str(values.get("venue") or ""), host=host, parties=tuple(parties[:MOST_PARTIES]),
    )  # fmt: skip


def alikeness(one: Traits, other: Traits) -> Alikeness:
    """How alike they are. Symmetric; of an activity with itself every part is 1."""
    names = frozenset({one.host, other.host, *one.parties, *other.parties})
    return Alikeness(
        title_alikeness(one.title, other.title, names),
        _time(one, other),
        _place(one, other),
        _host(one, other),
    )


def title_key(title: str) -> str:
    """A title without what its writers add differently: width, case, signs, year, edition, and words of all titles.

    The number within a series goes too: it is compared on its own.
    """
    text = _NOISE.sub("", _NUMBER.sub("", _said(title)))
    bare = text
    for word in _WIDE:
        bare = bare.replace(word, "")
    return bare if len(bare) >= 2 else text


def title_alikeness(one: str, other: str, names: Iterable[str] = ()) -> float:
    """How alike two titles are, 0 to 1, the names of units set aside. Two numbers of one series are never alike."""
    strip = frozenset(names)
    a, b = _bare(one, strip), _bare(other, strip)
    if a == b:
        alike = 1.0
    else:
        alike = _dice(a, b)
        first, second = sorted((_bigrams(a), _bigrams(b)), key=len)
        if (
            len(first) >= 3
        ):  # a short title within a long one, such as 走进中医药 and 走进中医药科普讲座进校园
            alike = max(alike, 0.9 * len(first & second) / len(first))
    mine, theirs = _number(one), _number(other)
    if mine != theirs:
        return min(alike, 0.3) if mine and theirs else 0.9 * alike
    return alike


def party_key(name: str) -> str:
    """A unit's name without the places in front of it: 东莞市石龙中学 → 石龙中学."""
    text = _unit_name(name)
    bare = _ABOVE.sub("", text)
    return bare if len(bare) >= 3 else text


def area_of(place: str) -> str:
    """The county, or the city where it has none, in which a place (path) lies: its divisions with six digits.

    A town directly under a city belongs to the city; what lies higher is its own area.
    """
    kept = "/"
    for path in ancestors(place)[1:]:
        code = path.rstrip("/").rpartition("/")[2]
        if not (len(code) == 6 and code.isdecimal()):
            break
        kept = path
    return kept


def days_of(traits: Traits) -> tuple[int, int]:
    """The first and the last day as numbers, the day 0 where no time is told."""
    if traits.starts_at is None:
        return 0, 0
    first = day_of(traits.starts_at).toordinal()
    last = day_of(traits.ends_at).toordinal() if traits.ends_at else first
    return first, max(first, last)


def exact_marks(traits: Traits) -> list[int]:
    """Marks of the whole title and of those who carry it."""
    parties = [party_key(name) for name in (traits.host, *traits.parties) if name]
    found = [_mark("t", title_key(traits.title)), *(_mark("p", party) for party in parties)]
    return list(dict.fromkeys(found))


def marks_of(traits: Traits) -> list[int]:
    """What the activity is found by: numbers that two alike ones share. At most 13 of them.

    The whole title; six of its pairs of characters, the rarer first and then in an order that is the same for all
    titles, so that like titles choose alike; and those who carry it.
    """
    pairs = sorted(
        _bigrams(_bare(traits.title, frozenset({traits.host}))), key=lambda p: (p in _COMMON, _mark("b", p))
    )
    return list(dict.fromkeys([*exact_marks(traits), *(_mark("b", pair) for pair in pairs[:MOST_BIGRAMS])]))


def _mark(kind: str, text: str) -> int:
    return int.from_bytes(blake2b(f"{kind}:{text}".encode(), digest_size=8).digest()) >> 1


@lru_cache(maxsize=4096)
def _bare(title: str, names: frozenset[str]) -> str:
    """The key of a title without units' names, long or short, as far as something is left."""
    key = title_key(title)
    forms = {form for name in names for form in (title_key(name), party_key(name)) if len(form) >= 3}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        shorter = key.replace(form, "")
        key = shorter if len(shorter) >= 2 else key
    return key


@lru_cache(maxsize=4096)
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text} if text else ())


def _dice(one: str, other: str) -> float:
    a, b = _bigrams(one), _bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _said(title: str) -> str:
    """A title in one width and case, without the year and the edition, and without a closing sign."""
    return _EDITION.sub("", normalize("NFKC", title).lower()).rstrip("》」』”\"' 。.!")


def _number(title: str) -> int | str:
    """Which of a series it is: 第二讲, （二）, a number at the end; "" for none. The edition and the year are none."""
    found = _NUMBER.search(_said(title))
    if found is None:
        return ""
    digits = next(group for group in found.groups() if group)
    return _read(digits)


def _read(digits: str) -> int | str:
    """A numeral below a hundred as a number, written either way; anything else as it stands."""
    if digits.isascii():
        return int(digits)
    if "百" in digits:
        return digits
    tens, ten, ones = digits.rpartition("十")
    if any(len(part) > 1 or (part and part not in _DIGITS) for part in (tens, ones)):
        return digits
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)


def _time(one: Traits, other: Traits) -> float:
    """1 for the very same time, 0 where they do not meet; where only one has a time, neither is said."""
    a, b = _span(one), _span(other)
    if a is None or b is None:
        return 1.0 if a == b else 0.5
    together = min(a[1], b[1]) - max(a[0], b[0])
    if together <= timedelta(0):
        return 0.0
    return 0.6 + 0.4 * (together / (max(a[1], b[1]) - min(a[0], b[0])))


def _span(traits: Traits) -> tuple[datetime, datetime] | None:
    if traits.starts_at is None:
        return None
    least = traits.starts_at + timedelta(minutes=1)
    return traits.starts_at, max(traits.ends_at or least, least)


def _place(one: Traits, other: Traits) -> float:
    """1 for the same place and venue, less for a place within the other's, 0 elsewhere."""
    if not (one.place.startswith(other.place) or other.place.startswith(one.place)):
        return 0.0
    most = 1.0 if one.place == other.place else 0.9
    a, b = title_key(one.venue), title_key(other.venue)
    if not (a and b):
        return most if a == b else most - 0.2  # of one we know only the place
    alike = 1.0 if a in b or b in a else _dice(a, b)
    return (most - 0.4) + 0.4 * alike


def _host(one: Traits, other: Traits) -> float:
    """1 for the same host, 0.9 where one carries the other's, 0.7 where a third carries both."""
    if _same_party(one.host, other.host):
        return 1.0
    if _among(one.host, other.parties) or _among(other.host, one.parties):
        return 0.9
    if any(_among(name, other.parties) for name in one.parties):
        return 0.7
    return 0.5 * _dice(party_key(one.host), party_key(other.host)) if one.host and other.host else 0.0


def _unit_name(name: str) -> str:
    return _NOISE.sub("", normalize("NFKC", name)).lower()


def _among(name: str, parties: Iterable[str]) -> bool:
    return any(_same_party(name, party) for party in parties)


def _same_party(one: str, other: str) -> bool:
    """One unit under one name, or with more places before it: 东莞市石龙中学 is 石龙中学, 石龙镇科协 is not 东莞市科协."""
    short, long = sorted((_unit_name(one), _unit_name(other)), key=len)
    if short == long:
        return True
    return (
        len(short) >= 4 and long.endswith(short) and _PLACES.fullmatch(long.removesuffix(short)) is not None
    )


def _entries(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value or ())
