"""Words, numbers and days that are typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.web.workspace.desk.clauseforms.layout import Ask
from kepu.web.workspace.desk.clauseforms.posted import Tree
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    NOTHING,
    Node,
    Reading,
    Sheet,
    Spot,
    Widget,
    as_list,
    as_text,
)

LONG_FROM = 60  # a line with more than this is shown in full
_BETWEEN = re.compile(r"[、，,;；\s]+")
_WHOLE = re.compile(r"[+-]?\d{1,15}")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_HOUR = re.compile(r"(\d{1,2})\s*(?::|时|点)\s*(\d{2})?\s*分?")


@dataclass(slots=True)
class Line:
    """A line or an area to type in."""

    value: str
    rows: int = 0  # 0 is a line
    type: str = "text"
    inputmode: str = ""
    suggest: tuple[str, ...] = ()


class TextWidget(Widget):
    """A line of text; an area where the text is long."""

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        text = as_text(value)
        rows = 3 if ask.long else 2 if "\n" in text or len(text) > LONG_FROM else 0
        node.control = Line(text, rows=rows, suggest=() if rows else tuple(str(s) for s in ask.suggest))

    def read(self, tree: Tree, reading: Reading) -> Any:
        return tree.text() or NOTHING


class MeasureWidget(TextWidget):
    """The unit of a number; a share is called so in words, and kept as ``percent``."""

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        super().draw(node, ask, spot, sheet, _("百分比") if value == "percent" else value)

    def read(self, tree: Tree, reading: Reading) -> Any:
        text = tree.text()
        return "percent" if text == _("百分比") else text or NOTHING


class HiddenWidget(TextWidget):
    """What goes along unseen."""

    sort = "hidden"


class LinesWidget(Widget):
    """Several texts, each on a line of its own."""

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        lines = [as_text(line) for line in as_list(value)]
        node.help = " ".join(filter(None, [node.help, _("一行写一个。")]))
        node.control = Line("\n".join(lines), rows=min(max(len(lines) + 1, 2), 12))

    def read(self, tree: Tree, reading: Reading) -> Any:
        return [line.strip() for line in tree.text().split("\n") if line.strip()] or NOTHING


class CodesWidget(Widget):
    """Several codes in one line."""

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        node.help = " ".join(filter(None, [node.help, _("几个的用顿号分开。")]))
        node.control = Line("、".join(as_text(code) for code in as_list(value)))

    def read(self, tree: Tree, reading: Reading) -> Any:
        return codes_in(tree.text()) or NOTHING


class NumberWidget(Widget):
    """A number, whole or not. What is none stays as it was typed."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        node.width = "short"
        suggest = tuple(str(s) for s in ask.suggest)
        mode = "numeric" if self.whole else "decimal"
        node.control = Line(as_text(value), inputmode=mode, suggest=suggest)

    def read(self, tree: Tree, reading: Reading) -> Any:
        return number_in(tree.text(), whole=self.whole)


class DayWidget(Widget):
    """A day. What is none stays as it was typed, in a line that takes anything."""

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        node.width = "short"
        node.control = day_line(value)

    def read(self, tree: Tree, reading: Reading) -> Any:
        return day_in(tree.text()) or NOTHING


class DayHourWidget(Widget):
    """A day, and where it is said the hour."""

    sort = "day-hour"
    grouped = True

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        text = value.isoformat() if isinstance(value, date | datetime) else as_text(value)
        day, _t, hour = text.replace(" ", "T", 1).partition("T")
        if _t and not _HOUR.match(hour):
            day, hour = text, ""
        node.control = {
            "day": day_line(day),
            "time": hour.removesuffix(":00") if hour.count(":") == 2 else hour,
        }

    def read(self, tree: Tree, reading: Reading) -> Any:
        day, hour = day_in(tree.text("date")), hour_in(tree.text("time"))
        if not hour:
            return day or NOTHING
        return f"{day}T{hour.rjust(5, '0')}:00" if _HOUR.fullmatch(hour) else f"{day}T{hour}"


def day_line(value: Any) -> Line:
    """A browser's own field for a day, which would drop what is no day; so that stands in a line."""
    text = value.isoformat() if isinstance(value, date) else as_text(value)
    return Line(text, type="date" if not text or is_day(text) else "text")


def is_day(text: str) -> bool:
    """Whether it is written as a day and there is such a day."""
    try:
        return len(text) == 10 and text.isascii() and bool(date.fromisoformat(text))
    except ValueError:
        return False


def day_in(text: str) -> str:
    """``2023年9月8日``, ``2023.9.8`` → ``2023-09-08``; what is no day as it was typed."""
    found = _DAY.fullmatch(plain(text))
    day = f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else ""
    return day if is_day(day) else text


def hour_in(text: str) -> str:
    """``9：00``, ``16点``, ``16时30分`` → ``9:00``, ``16:00``, ``16:30``; what is no hour as it was typed."""
    found = _HOUR.fullmatch(plain(text))
    return f"{found[1]}:{found[2] or '00'}" if found else text


def number_in(text: str, *, whole: bool) -> Any:
    """A number from what was typed, with full-width digits as well; what is none as it was typed."""
    narrow = plain(text)
    if _THOUSANDS.fullmatch(narrow):
        narrow = narrow.replace(",", "")
    if not narrow:
        return NOTHING
    if _WHOLE.fullmatch(narrow):
        return int(narrow)
    if not whole and len(narrow) < 40 and _DECIMAL.fullmatch(narrow) and abs(found := float(narrow)) < 1e300:
        return int(found) if found.is_integer() and abs(found) < 10**15 else found
    return text


def codes_in(text: str) -> list[str]:
    """Codes one by one, each once."""
    return list(dict.fromkeys(code for code in _BETWEEN.split(text) if code))


def plain(text: str) -> str:
    """Full-width signs as the narrow ones."""
    return unicodedata.normalize("NFKC", text).strip()
