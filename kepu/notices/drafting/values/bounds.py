"""Numbers with their limits and their unit: 不少于50人, 7—10项, 至少1篇, 100字以内, 大于3M."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from kepu.core.numerals import CHINESE, number_of

_N = rf"(?:\d{{1,9}}(?:,\d{{3}})*(?:\.\d{{1,3}})?(?:万|亿|千|百)?|[{CHINESE}]{{1,6}}万?|半)"
UNITS = (
    "平方米|公里|分钟|小时|学时|课时|万元|像素|工作日|个百分点|KB|MB|GB|kb|mb|gb|Mb|Kb|dpi|DPI|px|人次|千字|家次|场次|项次|"
    "%|M|G|K|项|场|个|件|篇|名|人|份|张|幅|次|条|部|首|期|家|所|支|组|天|日|字|秒|分|元|节|本|册|处|面|块|台|辆|集|副|套|例|则|种|类|层|级|页|行|周|月|年|岁|周岁|户|只|把|枚|米|宣传点|点位|对|轮|段|位|队|堂|间"
)
_LOW = r"不少于|不低于|不得少于|不得低于|不能少于|不能低于|应不少于|不小于|不得小于|不短于|不得短于|不下于|至少|最少|起码|最低|达到|达|≥|>="
_HIGH = r"不超过|不得超过|不能超过|不高于|不得高于|不多于|不得多于|不大于|不得大于|不长于|最多|至多|最高|控制在|限定在|限制在|限报|限推荐|限|≤|<="
_OVER = r"大于|多于|高于|超过|超出|>"
_UNDER = r"小于|少于|低于|不足|不满|未满|<"
_BOUND = re.compile(
    rf"(?P<lead>(?P<low>{_LOW})|(?P<high>{_HIGH})|(?P<over>{_OVER})|(?P<under>{_UNDER}))?"
    rf"(?P<mid>在|为|开展|组织|举办|报送|推荐|提供|发布|完成|有|要求|各|申报|选送|提交|上报|制作|安排|参加|办|报|选)?(?P<mid2>了)?"
    rf" ?(?P<a>{_N})(?:(?P<u1>{UNITS})?(?:—|-|~|至|到){{1,2}}(?P<b>{_N}))? ?(?P<more>余|多|来)?(?P<unit>{UNITS})?"
    r"(?P<tail>（含）|\(含\))?(?P<after>及以上|或以上|以上|及其以上|以内|之内|内(?![容涵部])|以下|及以下|左右)?"
)
_FAR = re.compile(r"(?:(?P<low>至少|最少|不少于)|最多|至多|限|仅限|只能|不超过)[^，。；、：（）\d—]{1,10}$")


@dataclass(frozen=True, slots=True)
class Limited:
    """A number of a sentence. ``said`` is whether a word limits it; a bare number has it as ``exact``."""

    start: int
    end: int
    unit: str
    min: float | None = None
    max: float | None = None
    over: float | None = None
    under: float | None = None
    exact: float | None = None

    @property
    def is_limit(self) -> bool:
        return self.exact is None

    def bounds(self) -> dict[str, float]:
        """The limits that are set, whole numbers as such."""
        said = {"min": self.min, "max": self.max, "over": self.over, "under": self.under}
        return {k: int(v) if float(v).is_integer() else v for k, v in said.items() if v is not None}


def limits_in(text: str) -> list[Limited]:
    """Every number with a unit or a limit, in its order."""
    return [said for found in _BOUND.finditer(text) if (said := _limited(text, found))]


def _limited(text: str, m: re.Match[str]) -> Limited | None:
    start = m.start("a") if m["lead"] is None and m["mid"] else m.start()
    before = text[start - 1 : start]
    if before in "数几上" and m["a"][0] in "十百千万" and before:
        return None  # 数千项
    if before.isdigit() or before == "." or text[m.end() : m.end() + 1].isdigit():
        return None
    first, second = number_of(m["a"]), number_of(m["b"]) if m["b"] else None
    unit, after = m["unit"] or m["u1"] or "", m["after"] or ""
    worded = m["low"] or m["high"] or m["over"] or m["under"] or after
    if first is None or m["a"] == "半" or not (unit or worded) or (second is not None and second < first):
        return None
    if unit == "万元":
        first, second, unit = first * 10000, second * 10000 if second is not None else None, "元"
    found = Limited(start, m.end(), unit)
    if second is not None:
        return replace(found, min=first, max=second)
    end: dict[str, Any] = {_end(m, after) or _far_end(text, start): first}
    return replace(found, **end)


def _end(m: re.Match[str], after: str) -> str:
    """Which end the words beside a number make of it, "" when there are none."""
    if after.endswith("上"):
        return "min"
    if after.endswith("下"):
        return "max"
    if m["low"]:
        return "min"
    if m["high"] or after.endswith("内"):
        return "max"
    return "over" if m["over"] else "under" if m["under"] else ""


def _far_end(text: str, start: int) -> str:
    """The same where the word stands further off: 至少确定1名, 最多可申报2项."""
    lead = _FAR.search(text, max(0, start - 14), start)
    return "exact" if lead is None else "min" if lead["low"] else "max"
