"""Dates that count from something: 举办结束后10日内, 活动举办前7日, 收到通知后5个工作日内, 公示之日起."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kepu.core.numerals import CHINESE, whole_number

_N = rf"(?:\d{{1,3}}|[{CHINESE}]{{1,3}}|半)"
_UNIT = r"(?:个?(?:工作日|自然日)|[日天]|个?(?:周|星期)|个月|个?月)"
_WITHIN = re.compile(rf"(?P<n>{_N}) ?(?P<u>{_UNIT})(?:之内|以内|内)(?!容)")
_AHEAD = re.compile(
    rf"(?P<lead>至少|应|须|需|必须|原则上)?(?:提前|前)(?P<least>至少|不少于)? ?(?P<n>{_N}) ?(?P<u>{_UNIT})(?!以上的)"
)
_AGO = re.compile(rf"(?P<n>{_N}) ?(?P<u>{_UNIT})(?:之前|以前|前)(?![沿往列期夕后])")
_AFTER = re.compile(r"(?:之日起|之日|之后|以后|后|起)(?:的)?(?:，)?(?:须|应|请|要|务必)?(?:在|于)?$")
_START = re.compile(
    r"(?:举办|开展|举行|开始|启动|实施|活动|组织|开幕|比赛|进行|办)(?:之日)?(?:的)?(?:时间)?(?:之)?$"
)
_ANCHORS = (
    (re.compile(r"公示"), "publicity_start"),
    (re.compile(r"入围|入选名单|初评"), "shortlist_published"),
    (re.compile(r"(?:结果|名单|评审)[^，。；]{0,6}(?:公布|发布|揭晓)|公布"), "results_published"),
    (re.compile(r"(?:收到|接到)[^，。；]{0,8}"), "notice_received"),
    (re.compile(r"(?:印发|下发|发文)"), "notice_issued"),
    (re.compile(r"填报|备案|申报"), "activity_filed"),
    (re.compile(r"结束|闭幕|完成|举办|开展|举行|活动|会|赛"), "activity_end"),
)
_NEXT_DAY = re.compile(
    r"(?P<event>[^，。；：、]{0,10})(?:结束|闭幕)后?(?:的)?(?:次日|第二天|翌日)(?:内|之?前)?"
)
_JUST_BEFORE = re.compile(
    r"(?:活动|讲座|演出|演练)(?:正式)?(?:开始|举办|举行|开展)(?:之)?前(?! ?(?:\d|[一二两三四五六七八九十半]|提前))"
)
_DAYS = {"日": 1, "天": 1, "自然日": 1, "周": 7, "星期": 7, "月": 30}


@dataclass(frozen=True, slots=True)
class Counted:
    """So many days before or after something. ``event`` has the words in which the something is named."""

    start: int
    end: int
    moment: dict[str, Any]
    event: str

    @property
    def is_before(self) -> bool:
        return "before" in self.moment

    @property
    def days(self) -> int:
        return int(self.moment.get("days", self.moment.get("working_days", 0)))


def counted_in(text: str) -> Iterator[Counted]:
    """Every date of a sentence that counts from something."""
    yield from _before_it(text)
    if not re.search(r"[日天周月期]", text):
        return
    for found in _WITHIN.finditer(text):
        lead = text[max(0, found.start() - 24) : found.start()]
        after = _AFTER.search(lead)
        length = _length(found)
        if after is None or length is None:
            continue
        event = re.split(r"[，。；：、（）]", lead[: after.start()])[-1]
        anchor = next((code for pattern, code in _ANCHORS if pattern.search(event)), None)
        if anchor is not None:
            start = found.start() - len(lead) + after.start() - len(event)
            yield Counted(start, found.end(), length | {"after": anchor}, event)
    for found in _AHEAD.finditer(text):
        length = _length(found)
        event = re.split(r"[，。；：、（）]", text[max(0, found.start() - 16) : found.start()])[-1]
        early = "提前" in found[0]
        if length is not None and (early or _START.search(event)):
            yield Counted(found.start(), found.end(), length | {"before": "activity_start"}, event)
    for found in _AGO.finditer(text):
        length = _length(found)
        event = re.split(r"[，。；：、（）]", text[max(0, found.start() - 16) : found.start()])[-1]
        if length is not None and _START.search(event):
            yield Counted(found.start(), found.end(), length | {"before": "activity_start"}, event)
    for found in _NEXT_DAY.finditer(text):
        yield Counted(found.start(), found.end(), {"days": 1, "after": "activity_end"}, found["event"])


def _before_it(text: str) -> Iterator[Counted]:
    """活动开始前, without a number of days."""
    for found in _JUST_BEFORE.finditer(text):
        yield Counted(found.start(), found.end(), {"days": 0, "before": "activity_start"}, found[0])


def _length(found: re.Match[str]) -> dict[str, Any] | None:
    unit = found["u"].lstrip("个")
    if found["n"] == "半":
        return {"days": 15} if unit == "月" else None
    number = whole_number(found["n"])
    if number is None:
        return None
    if unit == "工作日":
        return {"working_days": number}
    if unit == "月" and "个" not in found["u"]:
        return None  # 3月内 names a month
    return {"days": number * _DAYS[unit]}
