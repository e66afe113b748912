"""What people typed, made fit to print: one line or several paragraphs, nothing that a printed page cannot hold."""

from __future__ import annotations

import re
from datetime import date

_BREAKS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# What XML refuses, control characters, and a byte order mark in the midst: none has a look
_UNPRINTABLE = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each one line; empty ones left out."""
    whole = _UNPRINTABLE.sub("", _BREAKS.sub("\n", text.replace("\t", " ")))
    return tuple(line for part in whole.split("\n") if (line := part.strip()))


def one_line(text: str) -> str:
    """The text as one line."""
    return " ".join(paragraphs(text))


def chinese_date(day: date) -> str:
    """2023年9月1日: figures, the year in full, no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
