"""What in a text leads to a person: numbers, mailboxes, identity numbers. How it is masked, and how it is taken out. Pure.

A mask has the length of what it hides, so that positions in a text stay true. Names are masked where a column is known to
hold them; inside running text nothing tells a name from another word, and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

GONE = "（已删除）"
STAR = "*"

_IDENTITY = r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)"
_MOBILE = r"(?<!\d)(?:\+?86[- ]?)?[1１][3-9３-９]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
_LANDLINE = r"(?<!\d)[(（]?[0０]\d{2,3}[)）]?[-－— ]?\d{7,8}(?:(?:-|转)\d{1,6})?(?!\d)"
_MAILBOX = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_LEADS = re.compile("|".join((_IDENTITY, _MAILBOX, _MOBILE, _LANDLINE)))
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff·]{2,}")
_DIGEST = re.compile("[0-9a-f]{32,}")
_SHORT_NUMBER = re.compile(r"\d{5,}")


def number(text: str) -> str:
    """A phone number as it is compared: plain digits, without the country's code."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit())
    return digits[2:] if len(digits) == 13 and digits.startswith("861") else digits


def numbers(value: Any) -> Iterator[str]:
    """Every phone number that stands in a text, or in the texts of plain data."""
    if isinstance(value, str):
        for found in _LEADS.finditer(value):
            if "@" not in found[0] and len(number(found[0])) < 15:
                yield number(found[0])
    elif isinstance(value, dict):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from numbers(inner)


def first_number(text: str) -> str:
    """The first phone number in a text, as it is compared; whatever digits there are where it looks like none."""
    return next(numbers(text), number(text))


def named_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Every phone number of a text with the words that stand before it: 张老师13800000000 → (张老师, 13800000000).

    The number of a landline keeps the mark between its parts. Where words follow only behind the last number, they are its.
    """
    found = [m for m in _LEADS.finditer(text) if "@" not in m[0] and len(number(m[0])) < 15]
    before = 0
    for m in found:
        name = text[before : m.start()]
        if m is found[-1] and not name.strip(" 、，,；;\n"):
            name = text[m.end() :]
        yield (
            name.strip(),
            re.sub(r"[\s]", "", unicodedata.normalize("NFKC", m[0])) if m[0][0] in "0０(（" else number(m[0]),
        )
        before = m.end()


def mask_phone(text: str) -> str:
    """``13800000000`` → ``138****0000``; of a shorter number only its end is shown."""
    return _starred(text, 3 if len(number(text)) >= 11 else 0, 4 if len(number(text)) >= 7 else 0)


def mask_name(text: str) -> str:
    """``张三丰`` → ``张**``."""
    return text[:1] + STAR * (len(text) - 1)


def mask_mailbox(text: str) -> str:
    """``zhang@example.cn`` → ``z****@example.cn``."""
    name, at, host = text.partition("@")
    return mask_name(name) + at + host


def mask_text(text: str) -> str:
    """A running text with everything masked in it that leads to a person."""
    return _LEADS.sub(lambda found: _masked(found[0]), text)


def mask_cell(text: str) -> str:
    """A cell that is known to hold a contact: numbers and mailboxes are masked, and names as well."""
    shown = _HAN.sub(lambda found: mask_name(found[0]), mask_text(text))
    return _SHORT_NUMBER.sub(lambda found: mask_phone(found[0]), shown)


def is_masked(text: str) -> bool:
    """Whether a text has a mask in it, and so is none to be kept."""
    return STAR in text


def without(value: Any) -> Any:
    """A text, or plain data, in which :data:`GONE` stands for everything that leads to a person. Idempotent."""
    return mapped(value, lambda text: _LEADS.sub(GONE, text))


def not_searched(text: str) -> str:
    """A text as a search may know it: nobody is found by their number."""
    return _LEADS.sub(" ", text)


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Plain data with every text in it changed; keys stay, and so do digests, in which digits mean nothing."""
    if isinstance(value, str):
        return value if _DIGEST.fullmatch(value) else change(value)
    if isinstance(value, dict):
        return {key: mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [mapped(inner, change) for inner in value]
    return value


def _masked(found: str) -> str:
    if "@" in found:
        return mask_mailbox(found)
    return _starred(found, 6, 2) if len(number(found)) > 15 else mask_phone(found)


def _starred(text: str, head: int, tail: int) -> str:
    """Digits between the first ``head`` and the last ``tail`` become stars; what stands between digits stays."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    shown = {*places[:head], *places[len(places) - tail :]} if tail else set(places[:head])
    return "".join(STAR if c.isdigit() and i not in shown else c for i, c in enumerate(text))
