"""A point in time in the one of four ways in which notices write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.web.workspace.desk.clauseforms.layout import Ask
from kepu.web.workspace.desk.clauseforms.posted import Tree
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    NOTHING,
    Node,
    Option,
    Reading,
    Sheet,
    Spot,
    Widget,
    as_table,
    as_text,
)
from kepu.web.workspace.desk.clauseforms.widgets.text import Line, day_in, day_line, hour_in, number_in, plain

_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")


@dataclass(slots=True)
class Pointing:
    """What ``moment.html`` draws: the way, and for each way its controls."""

    ways: list[Option]
    day: Line
    time: str
    month: str
    parts: list[Option]
    number: str
    counted: list[Option]
    sides: list[Option]
    anchors: list[Option]
    reference: str
    outer: Line


class MomentWidget(Widget):
    """A moment. The way that is chosen decides; what stands in the controls of the other ways is not read."""

    sort = "moment"
    grouped = True

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        data = _as_moment(value)
        way = _way_of(data)
        anchor = as_text(data.get("before") or data.get("after"))
        number = data.get("working_days", data.get("days"))
        node.parts = _parts()
        node.control = Pointing(
            ways=_choose([
                ("", str(ask.blank or _("没有写"))), ("date", _("某一天")), ("month", _("某个月")), ("days", _("某件事前后几天")),
                ("reference", _("另行通知，先不定")),
            ], way),
            day=day_line(data.get("date")), time=as_text(data.get("time")), month=as_text(data.get("month")),
            parts=_choose([
                ("", _("整个月")), ("early", _("上旬")), ("middle", _("中旬")), ("late", _("下旬")),
            ], as_text(data.get("part"))),
            number=as_text(number),
            counted=_choose([("days", _("自然日")), ("working_days", _("工作日"))], "working_days" if "working_days" in data else "days"),
            sides=_choose([("after", _("之后")), ("before", _("之前"))], "before" if "before" in data else "after"),
            anchors=_choose([("", _("选一件事")), *sheet.words.of("anchor")], anchor),
            reference=as_text(data.get("reference")), outer=day_line(data.get("outer")),
        )  # fmt: skip

    def read(self, tree: Tree, reading: Reading) -> Any:
        way = tree.text("way")
        found: dict[str, Any] = {}
        if way == "date":
            found = {"date": day_in(tree.text("date"))}
        elif way == "month":
            found = {"month": _month_in(tree.text("month")), "part": tree.text("part")}
        elif way == "days":
            counted = "working_days" if tree.text("counted") == "working_days" else "days"
            side = "before" if tree.text("side") == "before" else "after"
            found = {counted: number_in(tree.text("number"), whole=True), side: tree.text("anchor")}
        elif way == "reference":
            found = {"reference": tree.text("reference"), "outer": day_in(tree.text("outer"))}
        elif way:
            return way
        said = {name: value for name, value in found.items() if value not in ("", NOTHING)}
        time = hour_in(tree.text("time"))
        return ({**said, "time": time} if time and way else said) or NOTHING


_SIGNS = {  # by which a way is known, the surest first; what belongs to a way and stands alone still names it
    "date": ("date",), "month": ("month",), "days": ("days", "working_days"), "reference": ("reference",),
}  # fmt: skip
_LESSER_SIGNS = {"days": ("before", "after"), "month": ("part",), "reference": ("outer",), "date": ("time",)}


def _way_of(data: dict[str, Any]) -> str:
    for signs in (_SIGNS, _LESSER_SIGNS):
        for way, names in signs.items():
            if any(name in data for name in names):
                return way
    return ""


def _as_moment(value: Any) -> dict[str, Any]:
    """A bare day, as files and people write it, as a moment of one day."""
    if isinstance(value, datetime):
        return {"date": value.date(), "time": value.strftime("%H:%M")}
    if isinstance(value, date) or (isinstance(value, str) and value):
        return {"date": value}
    return {name: inner for name, inner in as_table(value).items() if inner is not None}


def _choose(pairs: list[tuple[str, str]], chosen: str) -> list[Option]:
    if chosen not in dict(pairs):
        pairs = [*pairs, (chosen, _("%(code)s（不认识）") % {"code": chosen})]
    return [Option(code, label, code == chosen) for code, label in pairs]


def _month_in(text: str) -> str:
    """``2023年9月`` → ``2023-09``; what is no month as it was typed."""
    found = _MONTH.fullmatch(plain(text))
    return f"{found[1]}-{int(found[2]):02}" if found and 1 <= int(found[2]) <= 12 else text


def _parts() -> dict[str, str]:
    return {
        "date": _("哪一天"), "time": _("几点"), "month": _("哪个月"), "part": _("上中下旬"), "days": _("天数"),
        "working_days": _("工作日数"), "before": _("在什么之前"), "after": _("在什么之后"), "reference": _("等什么"),
        "outer": _("最晚"),
    }  # fmt: skip
