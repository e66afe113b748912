"""One way of writing: digits and letters half width, marks full width, no layout spaces; each character knows its origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kepu.notices.drafting.text import traditional
from kepu.notices.drafting.values.names import is_name

_WIDE = {0xFF10 + n: str(n) for n in range(10)}
_WIDE |= {0xFF21 + n: chr(0x41 + n) for n in range(26)} | {0xFF41 + n: chr(0x61 + n) for n in range(26)}
_MARKS = {
    "(": "（", ")": "）", ";": "；", "!": "！", "?": "？", "﹙": "（", "﹚": "）", "｡": "。", "､": "、", "﹑": "、",
    "．": ".", "％": "%", "＋": "+", "／": "/", "＠": "@", "＿": "_", "｜": "|", "［": "[", "］": "]", "＃": "#",
    "–": "—", "―": "—", "─": "—", "━": "—", "‒": "—", "−": "-", "‐": "-", "‑": "-", "﹣": "-", "－": "-", "～": "~",
    "〜": "~", "∼": "~", "「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”", "＂": '"', "﹕": "：",
    "﹐": "，", "﹔": "；", "○": "〇", "Ｏ": "O", "×": "×", "＊": "*", "﹒": ".", "•": "·", "●": "·",
}  # fmt: skip
_TABLE = {**traditional.TABLE, **_WIDE, **{ord(old): new for old, new in _MARKS.items()}}
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1b\x1f\x7f\ue000-\uf8ff]"
)
_SPACE = re.compile(r"[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]（[^（）\n]{0,300}）")
_ZHE = re.compile(r"著(?=[力重眼手想急])")
_LABEL = re.compile(
    r"[（〔]?[一二三四五六七八九十\d]{0,3}[、.）〕]?[\u4e00-\u9fff]{0,4}(?:主题|时间|日期|地点|对象|内容|要求|方式|范围)"
)
_POINT = re.compile(r"\s*\d{1,2}\.")
_ASCII = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_STOPS = frozenset("，。、；：！？（）“”《》〔〕【】")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as recognisers read it. ``origins`` has the place of each character in the document's text."""

    text: str
    origins: tuple[int, ...]
    after_gap: bool = False  # an empty line stands before it
    marked: int = 0  # how many # stood before it
    indent: int = 0  # how far it is set in, in half characters


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a document that say something, in one way of writing."""
    start, gap = 0, False
    for found in (*_BREAK.finditer(text), None):
        end = found.start() if found else len(text)
        line = _line(text[start:end], start, gap)
        if line is None:
            gap = True
        else:
            yield line
            gap = False
        start = found.end() if found else end


def _line(raw: str, start: int, gap: bool) -> Line | None:
    if not raw.strip():
        return None
    chars = _marks_in_place(_ZHE.sub("着", raw.translate(_TABLE)))
    dropped = [False] * len(chars)
    for found in _INVISIBLE.finditer(chars):
        _drop(dropped, found.start(), found.end())
    for found in _LINK.finditer(chars):
        _drop(dropped, found.start(), found.start() + 1)
        _drop(dropped, found.end(1), found.end())
    chars = _spaces(chars, dropped)
    lead = re.match(r"[ \t]*(?:(#{1,6})[ \t]*|[-*·>][ \t]+(?=\S))?", chars)
    assert lead is not None
    _drop(dropped, 0, lead.end())
    for found in re.finditer(r"\*\*|__", chars):
        _drop(dropped, found.start(), found.end())
    kept = [i for i, out in enumerate(dropped) if not out]
    while kept and chars[kept[-1]] in " \t|":
        kept.pop()
    while kept and chars[kept[0]] in " |":
        kept.pop(0)
    said = "".join(chars[i] for i in kept)
    if not said.strip() or re.fullmatch(r"[-—=_*~·|:\s]{2,}", said):
        return None
    if said.count("|") >= 2 or (chars.strip().startswith("|") and "|" in said):
        said = said.replace("|", "\t")
    inset = re.match(r"[ \xa0\u3000\t]*", raw)
    width = sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in inset[0]) if inset else 0
    return Line(said, tuple(start + i for i in kept), gap, len(lead[1] or ""), width)


def _marks_in_place(chars: str) -> str:
    """Commas and colons as the text around them wants them; straight quotes by turns."""
    if not any(mark in chars for mark in ',:：，"'):
        return chars
    said, is_open = list(chars), False
    last = len(said) - 1
    for i, char in enumerate(said):
        if char in ",:，：":
            left, right = said[i - 1] if i else "", said[i + 1] if i < last else ""
            digits = left.isdigit() and left.isascii() and right.isdigit() and right.isascii()
            if char in ":：":
                said[i] = ":" if digits or (left in _ASCII and right == "/") else "："
            else:
                said[i] = (
                    ","
                    if digits
                    and said[i + 1 : i + 4] == [c for c in said[i + 1 : i + 4] if c in "0123456789"]
                    and len(said[i + 1 : i + 4]) == 3
                    else "，"
                )
        elif char == '"':
            said[i] = "”" if is_open else "“"
            is_open = not is_open
    return "".join(said)


def _spaces(chars: str, dropped: list[bool]) -> str:
    """Drops spaces that only lay out; a wide gap between words stays as one space, for it separates names."""
    said, words = list(chars), _is_row(chars)
    for found in _SPACE.finditer(chars):
        a, b = found.start(), found.end()
        left, right = chars[a - 1] if a else "", chars[b] if b < len(chars) else ""
        width = sum(2 if c == "\u3000" else 1 for c in found[0])
        if left in _ASCII and right in _ASCII:
            keep = True
        elif not left or not right or left in _STOPS or right in _STOPS or "\t" in (left, right):
            keep = False
        else:
            keep = (
                words
                or (right.isdigit() and _POINT.fullmatch(chars, 0, a) is not None)
                or (width >= 2 and not _is_letterspaced(chars, a, b))
                or (a <= 12 and _LABEL.fullmatch(chars[:a].strip()) is not None)
            )
        _drop(dropped, a + 1 if keep else a, b)
        said[a] = " "
    return "".join(said)


def _is_row(chars: str) -> bool:
    """Whether a line is a row of words with a space between them: the head of a table, bodies that sign together."""
    if len(chars) > 120 or any(stop in chars for stop in "，。；：！？"):
        return False
    words = chars.split()
    if len(words) == 2 and all(len(w) >= 4 and is_name(w) for w in words):
        return True
    return len(words) >= 3 and all(len(w) >= 2 and not w.isascii() for w in words)


def _is_letterspaced(chars: str, a: int, b: int) -> bool:
    """Whether the gap stands inside a word set wide, such as 邮　　编."""
    alone_left = a < 2 or chars[a - 2] in " \u3000\t\xa0"
    alone_right = b + 1 >= len(chars) or chars[b + 1] in " \u3000\t\xa0：:"
    return alone_left and alone_right


def _drop(dropped: list[bool], start: int, end: int) -> None:
    for i in range(start, end):
        dropped[i] = True
