"""Several activities in one cell: a numbered list where a single name should stand, and the rows it could become."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARK = re.compile(
    rf"(?P<circled>[{_CIRCLED}])|[（(](?P<bracket>\d{{1,2}}|[一二三四五六七八九十])[)）]"
    r"|(?:(?<=^)|(?<=[\s；;。，,、]))(?:(?P<digit>\d{1,2})\s*[.．、)）](?!\d+(?!\d*月))|(?P<chinese>[一二三四五六七八九十])、)"
)
_NUMERALS = "一二三四五六七八九十"


def parts_of(text: str) -> list[str]:
    """The entries of a numbered list; none where a text is no list that counts from one."""
    marks = list(_MARK.finditer(text))
    if len(marks) < 2 or [_number(mark) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    parts = [text[mark.end() : end].strip(" \t\n；;。，,、") for mark, end in zip(marks, ends, strict=True)]
    lead = text[: marks[0].start()].strip(" \t\n：:")
    return [f"{lead}：{part}" if lead else part for part in parts] if all(parts) else []


def split_rows(cells: Mapping[str, str], titles: list[str], title: str) -> tuple[Mapping[str, str], ...]:
    """The row as one row for each title: a cell that lists as many entries gives each its own, the others are repeated."""
    rows: list[dict[str, str]] = [dict(cells) for _title in titles]
    for header, text in cells.items():
        entries = titles if header == title else parts_of(text) or _lines(text)
        if len(entries) == len(titles):
            for row, entry in zip(rows, entries, strict=True):
                row[header] = entry
    return tuple(rows)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _number(mark: re.Match[str]) -> int:
    if mark["circled"]:
        return _CIRCLED.index(mark["circled"]) + 1
    said = mark["digit"] or mark["bracket"] or mark["chinese"]
    return int(said) if said.isdigit() else _NUMERALS.index(said) + 1
