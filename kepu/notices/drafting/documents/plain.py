"""Bytes to characters, and characters to those that a person sees."""

from __future__ import annotations

import codecs
import re
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# control characters, soft hyphens, marks of width nought and of direction, the byte order mark
_UNSEEN = re.compile(
    r"[\ud800-\udfff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# a PDF often gives the sign of a radical where the character of the same shape was meant
_RADICALS = {
    code: shown
    for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6))
    if (shown := unicodedata.normalize("NFKC", chr(code))) != chr(code)
}


def decoded(content: bytes) -> str | None:
    """The text of a file: by its mark, as UTF-8, UTF-16 or GB18030; None where it is no text."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], name)
    if b"\0" in content:
        return _without_mark(content)
    ways = [
        text
        for name in ("utf-8", "gb18030")
        if (text := _strict(content, name)) is not None and is_text(text)
    ]
    # a few characters of GB 18030 may happen to be UTF-8 as well, of letters that no notice is written with
    return max(ways, key=lambda text: round(_usual(text), 1), default=None)


def _strict(content: bytes, name: str) -> str | None:
    """Decoded whole; a character that was cut off at the very end is let go."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(content, final=False)
    except UnicodeDecodeError:
        return None


def _without_mark(content: bytes) -> str | None:
    """UTF-16 that does not say so: one of its two orders gives text."""
    for name in ("utf-16-le", "utf-16-be"):
        text = _strict(content, name)
        if text is not None and is_text(text) and _usual(text) > 0.9:
            return text
    return None


def _usual(text: str) -> float:
    """How much of a text is of the characters that notices are written with."""
    sample = text[:20_000]
    usual = sum(
        c < "\x7f"
        or "\u2000" <= c <= "\u206f"
        or "\u3000" <= c <= "\u30ff"
        or "\u4e00" <= c <= "\u9fff"
        or c >= "\uff00"
        for c in sample
    )
    return usual / max(1, len(sample))


def is_text(text: str) -> bool:
    """Whether it is writing rather than data: next to no control characters."""
    sample = text[:50_000]
    strange = sum(
        unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\r\n\f\v\x1a" for c in sample
    )
    return strange <= len(sample) // 200


def seen(text: str) -> str:
    """Line ends as ``\\n``, nothing that takes no room, no radicals in the place of characters."""
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text)).replace("\xa0", " ")
    return text.translate(_RADICALS)


def tidied(lines: list[str]) -> str:
    """Lines as one text: no blanks at their ends, never two empty ones on end, none at the beginning or the end."""
    text = "\n".join("" if not line.strip() else line.rstrip(" \u3000") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
