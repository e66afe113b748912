"""Where a clause stands in the text: “三（二）1”, “附件3二”, “前言” read into a place, and a place's number as printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

Path = tuple[tuple[int, int], ...]  # (level, number): 三（二）1 is ((1, 3), (2, 2), (3, 1))

_DIGITS = "零一二三四五六七八九"
_CHINESE = "[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
# After NFKC brackets are narrow and digits are ASCII.
_LEVELS = (
    (1, re.compile(rf"({_CHINESE})[、.]?")),
    (2, re.compile(rf"\(({_CHINESE})\)[、.]?")),
    (3, re.compile(r"(\d{1,3})[、.]?")),
    (4, re.compile(r"\((\d{1,3})\)[、.]?")),
)
_ATTACHMENT = re.compile(rf"附[件表](?:(\d{{1,3}})|({_CHINESE}))?[:、.]?(.*)")


class Part(StrEnum):
    """The parts of a document that a clause may stand in."""

    HEAD = "head"  # what the head itself says: 主送, 标题 …
    OPENING = "opening"
    BODY = "body"
    CLOSING = "closing"  # after the last heading's text: 联系方式
    FOOT = "foot"  # beside the signature
    ATTACHMENT = "attachment"


_WORDS = (
    (Part.HEAD, ("主送", "抄送", "标题", "题目", "文头", "版头", "文号", "发文", "版记", "印发")),
    (Part.OPENING, ("前言", "序言", "引言", "导语", "开头")),
    (Part.CLOSING, ("联系", "结尾", "结语")),
    (Part.FOOT, ("落款", "署名", "附注")),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the document. ``path`` is empty where no number is given; ``loose`` is a place that could not be read."""

    part: Part
    path: Path = ()
    attachment: int | None = None  # None where the number is not said
    loose: bool = False


def spot_of(number: str) -> Spot:
    """The place that a clause's or a section's ``number`` names; a loose one in the body where it names none."""
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", number))
    if found := _ATTACHMENT.fullmatch(said):
        which = found[1] or found[2]
        path = _path(found[3])
        return Spot(Part.ATTACHMENT, path or (), _number(which) if which else None, loose=path is None)
    for part, words in _WORDS:
        if said.startswith(words):
            return Spot(part)
    path = _path(said) if said else None
    return Spot(Part.BODY, path or (), loose=path is None)


def marker(level: int, number: int) -> str:
    """The number as it is printed before a heading or a paragraph: 三、 （二） 1. （1）."""
    if level in (1, 2):
        return f"{_chinese(number)}、" if level == 1 else f"（{_chinese(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def in_order(path: Path) -> tuple[tuple[int, int], ...]:
    """A key that puts places in the order of the text; what has the finer number comes before a sibling heading."""
    return tuple((-level, number) for level, number in path)


def _path(said: str) -> Path | None:
    """The levels of a number, coarse to fine; None where it is no such number."""
    path: list[tuple[int, int]] = []
    while said:
        for level, pattern in _LEVELS:
            if (not path or level > path[-1][0]) and (found := pattern.match(said)):
                path.append((level, _number(found[1])))
                said = said[found.end() :]
                break
        else:
            return None
    return tuple(path)


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1 if ten else 0) * 10 + (_DIGITS.index(ones) if ones else 0)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
