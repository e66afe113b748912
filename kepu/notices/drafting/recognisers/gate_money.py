"""How much an activity may cost or get: 每场补助不超过5000元, 补助不超过活动经费的50%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal

_MONEY = re.compile(
    r"(?P<what>(?:[\u4e00-\u9fff]{0,4})(?:补助|补贴|资助|奖补|经费|资金|费用))[^，。；]{0,14}$"
)
_EACH = re.compile(r"每[场项个次]|单场|单项|单个")


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        for limit in context.limits(sentence):
            if limit.unit != "元" or not limit.is_limit:
                continue
            before = re.split("[，。；]", sentence.text[: limit.start])[-1]
            money = _MONEY.search(before)
            if money is None or not _EACH.search(before):
                continue
            own = "补" in money["what"] or "资助" in money["what"]
            params: dict[str, Any] = {"fact": "subsidy" if own else "budget", **limit.bounds(), "unit": "元"}
            if own:
                params["label"] = "补助金额"
            yield context.propose("gate_money", "gate", params, sentence, 0.7)
