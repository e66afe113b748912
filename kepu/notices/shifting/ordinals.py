"""第十二届 and 第12届: the numbers of editions in words, and moved."""

from __future__ import annotations

import re
from collections.abc import Mapping

EDITION = re.compile(r"第(?P<number>\d{1,3}|[一二三四五六七八九十百零〇]{1,6})届")
_DIGITS = "零一二三四五六七八九"
_MOST = 999


def number_of(words: str) -> int | None:
    """十二 → 12, 一百零三 → 103, "20" → 20; None for what is no number up to 999."""
    if words.isdigit():
        return int(words)
    return next((n for n in range(1, _MOST + 1) if words_of(n) == words.replace("〇", "零")), None)


def words_of(number: int) -> str:
    """12 → 十二, 20 → 二十, 103 → 一百零三. For 1 to 999."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def with_editions(text: str, editions: Mapping[int, int]) -> str:
    """``text`` with the numbers of these editions replaced, each written as it was; others stay."""

    def replaced(found: re.Match[str]) -> str:
        number = number_of(found["number"])
        new = editions.get(number) if number is not None else None
        if new is None or not 1 <= new <= _MOST:
            return found[0]
        return f"第{new if found['number'].isdigit() else words_of(new)}届"

    return EDITION.sub(replaced, text)
