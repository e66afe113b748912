"""How much an activity may cost or get: 每场补助不超过5000元, 补助不超过活动经费的50%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited
from kepu.notices.drafting.values.codes import code_for
from kepu.notices.drafting.values.shares import Share, shares_in

_MONEY = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{0,4}(?:补助|补贴|资助|奖补|支持|奖励|经费|资金|费用?|支出|预算))[^，。；]{0,14}$"
)
_GIVEN = re.compile(r"^(?:以内|以下)?(?:的)?(?P<what>[\u4e00-\u9fff]{0,6}(?:补助|补贴|资助|奖补|支持|奖励))")
_FOR = re.compile("(?P<what>(?:经费)?(?:补助|补贴|资助|奖补|支持|奖励))，[^，。；]{0,12}$")
_OWN = re.compile("补助|补贴|资助|奖补|支持|奖励|后补")
_EACH = re.compile(r"每[场项个次家件类]|单[场项个次]|各(?:项|场)")
_ALL_TOLD = re.compile("总额|总计|合计|全年|全[省市县区校]|年度|总经费|总预算|共")
_PRIZE = re.compile("等奖|获奖|奖金|稿酬|稿费|报名费|参赛费|注册费|价值|门票")
_PREFIX = re.compile("^[给予对将按并其中且的请须应可每项场个]+")


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        if "\t" in sentence.text or not re.search("[元%]", sentence.text):
            continue
        for limit in context.limits(sentence):
            if limit.unit == "元" and limit.is_limit:
                yield from _amount(context, sentence, limit)
        for share in shares_in(sentence.text):
            yield from _share(context, sentence, share)


def _amount(context: Context, sentence: Sentence, limit: Limited) -> Iterator[Proposal]:
    before = re.split("[，。；]", sentence.text[: limit.start])[-1]
    money = (
        _MONEY.search(before)
        or (_EACH.search(before) and _FOR.search(sentence.text[: limit.start]))
        or _GIVEN.match(sentence.text[limit.end : limit.end + 24])
    )
    if money is None or _PRIZE.search(before):
        return
    own = _OWN.search(money["what"]) is not None
    if not _EACH.search(before) and (not own or _ALL_TOLD.search(before)):
        return
    params: dict[str, Any] = {"fact": "subsidy" if own else "budget", **limit.bounds(), "unit": "元"}
    if own:
        params["label"] = "补助金额"
    yield context.propose("gate_money", "gate", params, sentence, 0.7)


def _share(context: Context, sentence: Sentence, share: Share) -> Iterator[Proposal]:
    own = _OWN.search(share.what) is not None
    label = "补助金额" if own else _PREFIX.sub("", share.what)
    params = {
        "fact": "subsidy" if own else code_for(label, prefix="cost"),
        "label": label,
        **share.bounds,
        "unit": "percent",
        "share_of": "budget",
    }
    key = f"activity.{params['fact']}.share"
    yield context.propose("gate_money", "gate", params, sentence, 0.7, key=key)
