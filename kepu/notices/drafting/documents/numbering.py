"""The numbers that Word counts by itself and does not keep in the text: 一、（一）1. before paragraphs of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from kepu.notices.drafting.documents.numerals import numeral

_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, in which format, in which words."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restarts: bool = True
    digits_only: bool = False
    of_style: str = ""


@dataclass(slots=True)
class _List:
    """A list in use: its levels, and how far it has been counted (shared by the lists made after one pattern)."""

    levels: dict[int, Level]
    counted: dict[int, int]
    fresh: dict[int, int] = field(default_factory=dict)  # levels that start anew when this list is first used


@dataclass(frozen=True, slots=True)
class _Style:
    above: str = ""
    number: str = ""
    level: int | None = None


class Numbering:
    """Counts through a document from its first paragraph to its last: each paragraph is asked about once, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = {} if styles is None else _styles(styles)
        self._default = "" if styles is None else _default_style(styles)
        self._lists = {} if numbering is None else self._read(numbering)

    def label(self, properties: etree._Element | None) -> str:
        """The number before a paragraph with these properties, "" for none; the next one counts on from it."""
        number, depth = self._of(properties)
        found = self._lists.get(number)
        if found is None or depth not in found.levels:
            return ""
        for at, start in found.fresh.items():
            found.counted[at] = start - 1
        found.fresh = {}
        level = found.levels[depth]
        found.counted[depth] = found.counted.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            if deeper in found.levels and found.levels[deeper].restarts:
                found.counted.pop(deeper, None)
        if level.style == "bullet":
            return ""

        def shown(reference: re.Match[str]) -> str:
            at = int(reference[1]) - 1
            other = found.levels.get(at, Level())
            style = "decimal" if level.digits_only else other.style
            return numeral(found.counted.get(at, other.start), style)

        return re.sub(r"%([1-9])", shown, level.text)

    def _of(self, properties: etree._Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else those of its style."""
        style, own_depth = self._default, None
        if properties is not None:
            own = properties.find("{*}numPr")
            if (named := properties.find("{*}pStyle")) is not None:
                style = _value(named)
            own_depth = _depth(_inner(own, "ilvl")) if own is not None else None
            if own is not None and (number := _inner(own, "numId")):
                return number, own_depth or 0
        name, seen = style, set()
        while name in self._styles and name not in seen:
            seen.add(name)
            found = self._styles[name]
            if found.number:
                depth = own_depth if own_depth is not None else found.level
                return found.number, self._level_of(found.number, style) if depth is None else depth
            name = found.above
        return "", 0

    def _level_of(self, number: str, style: str) -> int:
        levels = self._lists[number].levels if number in self._lists else {}
        return next((depth for depth, level in levels.items() if level.of_style == style), 0)

    def _read(self, root: etree._Element) -> dict[str, _List]:
        patterns: dict[str, dict[int, Level]] = {}
        linked: dict[str, str] = {}
        for pattern in root.iterfind("{*}abstractNum"):
            code = _attribute(pattern, "abstractNumId")
            patterns[code] = dict(_level(level) for level in pattern.iterfind("{*}lvl"))
            if link := _inner(pattern, "numStyleLink"):
                linked[code] = link
        pattern_of = {
            _attribute(num, "numId"): _inner(num, "abstractNumId") for num in root.iterfind("{*}num")
        }
        counted: dict[str, dict[int, int]] = {code: {} for code in patterns}
        lists: dict[str, _List] = {}
        for num in root.iterfind("{*}num"):
            code = _attribute(num, "numId")
            of = pattern_of[code]
            if of in linked and linked[of] in self._styles:
                of = pattern_of.get(self._styles[linked[of]].number, of)
            if code != "0" and of in patterns:
                lists[code] = _overridden(num, dict(patterns[of]), counted[of])
        return lists


def _overridden(num: etree._Element, levels: dict[int, Level], counted: dict[int, int]) -> _List:
    fresh: dict[int, int] = {}
    for override in num.iterfind("{*}lvlOverride"):
        depth = _depth(_attribute(override, "ilvl"))
        if depth is None:
            continue
        if (own := override.find("{*}lvl")) is not None:
            levels[depth] = _level(own)[1]
        if start := _inner(override, "startOverride"):
            fresh[depth] = _whole(start, 1)
            levels[depth] = replace(levels.get(depth, Level()), start=fresh[depth])
    return _List(levels, counted, fresh)


def _level(element: etree._Element) -> tuple[int, Level]:
    depth = _depth(_attribute(element, "ilvl"))
    return depth or 0, Level(
        start=_whole(_inner(element, "start"), 1),
        style=_inner(element, "numFmt") or "decimal",
        text=_inner(element, "lvlText"),
        restarts=_inner(element, "lvlRestart") != "0",
        digits_only=element.find("{*}isLgl") is not None,
        of_style=_inner(element, "pStyle"),
    )


def _styles(root: etree._Element) -> dict[str, _Style]:
    found = {}
    for style in root.iterfind("{*}style"):
        properties = style.find("{*}pPr/{*}numPr")
        number = _inner(properties, "numId") if properties is not None else ""
        level = _depth(_inner(properties, "ilvl")) if properties is not None else None
        found[_attribute(style, "styleId")] = _Style(_inner(style, "basedOn"), number, level)
    return found


def _default_style(root: etree._Element) -> str:
    for style in root.iterfind("{*}style"):
        if _attribute(style, "type") == "paragraph" and _attribute(style, "default") in ("1", "true"):
            return _attribute(style, "styleId")
    return ""


def _inner(element: etree._Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else _value(found)


def _value(element: etree._Element) -> str:
    return _attribute(element, "val")


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute whatever its namespace: Word and the strict format write it in two."""
    space = element.tag.rpartition("}")[0] + "}"
    return str(element.get(space + name) or element.get(name) or "")


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else otherwise


def _depth(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-8]", text) else None
