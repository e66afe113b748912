"""Enumerations: A、B、C和D, with quotation marks and brackets kept whole."""

from __future__ import annotations

import re

_JOIN = re.compile(r"(?<=[^“《（])(?:以及|和|及|与)(?=[^”》）])")


def items_of(text: str, *, last_and: bool = True) -> list[str]:
    """The items of an enumeration in their order. The last two are cut at 和 where that leaves two whole words."""
    parts = _cut(text)
    if last_and and parts:
        joins = [m for m in _JOIN.finditer(parts[-1]) if _depth(parts[-1][: m.start()]) == 0]
        if joins:
            m = joins[-1]
            left, right = parts[-1][: m.start()].strip(), parts[-1][m.end() :].strip()
            if len(left) >= 2 and len(right) >= 2 and (len(parts) > 1 or 0.34 <= len(left) / len(right) <= 3):
                parts[-1:] = [left, right]
    return [p for p in (part.strip(" ，、；") for part in parts) if p]


def unquoted(label: str) -> str:
    """The label without quotation marks where they hold the whole of it; “一滴水的旅行”展 keeps them."""
    inner = label[1:-1]
    if label.startswith("“") and label.endswith("”") and not set(inner) & set("“”"):
        return inner
    return label.strip("“”") if label.count("“") != label.count("”") else label


def _cut(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for i, char in enumerate(text):
        if char in "“《（":
            depth += 1
        elif char in "”》）":
            depth = max(0, depth - 1)
            if char == "”" and depth == 0 and text[i + 1 : i + 2] == "“":
                parts.append(text[start : i + 1])
                start = i + 1
        elif depth == 0 and (char == "、" or (char == "，" and "、" not in text)):
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]


def _depth(text: str) -> int:
    return sum(text.count(c) for c in "“《（") - sum(text.count(c) for c in "”》）")
