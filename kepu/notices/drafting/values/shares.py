"""Shares of money: 补助不超过活动实际支出的50%, 劳务费不得高于总经费的30%, 自筹经费占比不低于40%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HIGH = "不得?超过|不能超过|不得?高于|不得?大于|不得?多于|最高不?超?过?|最多|至多|控制在|限"
_LOW = "不得?低于|不得?少于|不得?小于|至少|最低"
_SHARE = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{0,6}(?:补助|补贴|资助|奖补|支持|奖励|费用?|经费|资金|金额|比例|自筹))(?:总额|金额|比例|占比|额度|标准|总和|支出)?(?:应|须|需|一般|原则上|均|占|的)*"
    rf"(?P<way>{_HIGH}|{_LOW})(?P<of>[\u4e00-\u9fff]{{0,14}}?)(?:的|为)?(?P<n>\d{{1,3}}(?:\.\d{{1,2}})?)%(?P<within>以内|以下|以上)?"
)
_MONEY = re.compile("自筹|补助|补贴|资助|奖补|支持|奖励|费|资金|支出|预算|投入|造价|成本")


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it is of, in words; ``bounds`` as a gate has them."""

    what: str
    bounds: dict[str, float]


def shares_in(text: str) -> Iterator[Share]:
    """Every limit of a sentence that is a share of money."""
    if "%" not in text:
        return
    for m in _SHARE.finditer(text):
        if not _MONEY.search(m["what"] + m["of"]):
            continue
        n = float(m["n"])
        end = "min" if re.fullmatch(_LOW, m["way"]) else "max"
        if 0 < n <= 100:
            yield Share(m["what"], {end: int(n) if n.is_integer() else n})
