"""What stands above a table: its title, and what is filled in there, such as 填报单位：石龙镇科协（盖章）."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PAIR = re.compile(
    r"(?P<label>[^：:\s，。；（）()]{2,12})(?:[（(][^（）()]{1,6}[）)])?\s*[：:]\s*(?P<value>.*?)"
    r"(?=\s+[^：:\s，。；（）()]{2,12}(?:[（(][^（）()]{1,6}[）)])?\s*[：:]|$)",
    re.S,
)
LONGEST = 500
SEAL = re.compile(r"[（(]\s*(?:盖章|公章|签章|加盖公章|章)\s*[）)]")
_LABELS = re.compile(r"(?:填报|报送|填表|申报|主办)(?:单位|人|日期|时间)|联系(?:人|电话)|单位名称")


@dataclass(frozen=True, slots=True)
class Heading:
    """The title over a table, and what is filled in above it by its label."""

    title: str
    entries: Mapping[str, str]


def heading_of(lines: Sequence[Sequence[str]]) -> Heading:
    """What the lines above a header say. A text without a label is the title; the longest one, where there are several."""
    entries: dict[str, str] = {}
    titles: list[str] = []
    for cells in lines:
        filled = [text[:LONGEST] for text in cells if text]
        waiting = ""
        for text in dict.fromkeys(filled):
            pairs = [(m["label"], SEAL.sub("", m["value"]).strip()) for m in _PAIR.finditer(text)]
            if pairs:
                waiting = "" if pairs[-1][1] else pairs[-1][0]
                entries |= {label: value for label, value in pairs if value or label not in entries}
            elif waiting:
                entries[waiting], waiting = SEAL.sub("", text).strip(), ""
            elif len(filled) > 1 and _LABELS.fullmatch(SEAL.sub("", text).strip()):
                waiting = SEAL.sub("", text).strip()
            else:
                titles.append(text)
    title = max(titles, key=len, default="")
    return Heading(re.sub(r"\s+", " ", title), entries)
