"""Who reviews what is filed: 归口单位选择“市科协”; 由县级科协初审后报市科协审核."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.core.numerals import whole_number
from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal

_RESPONSIBLE = re.compile(
    r"归口(?:单位|部门|管理单位)?(?:统一)?(?:选择|选|填写|填)(?:为)?“?(?P<who>[^，。；“”]{2,16})”?"
)
_REVIEW = re.compile(
    r"(?:由|经)(?:所在地|各|当地|本级)?(?P<first>[^，。；由经]{2,20}?)(?:进行)?(?:初审|审核|审查|把关|初核)(?:后|通过后|，)?(?:再|统一)?(?:由|报|报送|提交)?(?P<second>[^，。；]{2,16}?)(?P<again>复核|审核|终审|审定|复审|备案)"
)
_ONE = re.compile(
    r"由(?P<who>[^，。；由]{2,16}?)(?:负责)?(?:进行)?(?:审核|审批|审查)(?:[^，。；]{0,6}?(?P<n>\d{1,2}|[一二三四五])个?(?P<u>工作日|日|天)内)?"
)
_LEVELS = (
    ("中国", "nation"),
    ("全国", "nation"),
    ("省", "province"),
    ("市", "city"),
    ("县", "county"),
    ("区", "county"),
    ("镇", "town"),
    ("街", "town"),
)
_FILED = re.compile(r"填报|申报|活动|平台|归口|推荐|作品|材料")


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        text = sentence.text
        if m := _RESPONSIBLE.search(text):
            level = _level(m["who"], context.level)
            if level:
                params: dict[str, Any] = {
                    "choice": "fixed",
                    "routes": [{"steps": [f"coordinator@{level}"]}],
                    "label": f"归口单位选择“{m['who']}”",
                }
                yield context.propose("routing", "routing", params, sentence, 0.92)
                return
        if not _FILED.search(text) or "审" not in text:
            continue
        if m := _REVIEW.search(text):
            levels = [_level(m["first"], context.level), _level(m["second"], context.level)]
            if all(levels) and levels[0] != levels[1]:
                steps = [f"coordinator@{level}" for level in levels]
                yield context.propose(
                    "routing",
                    "routing",
                    {"object": _object(text), "routes": [{"steps": steps}]},
                    sentence,
                    0.7,
                )
                return
        if (m := _ONE.search(text)) and (level := _level(m["who"], context.level)):
            route: dict[str, Any] = {"steps": [f"coordinator@{level}"]}
            if m["n"] and (days := whole_number(m["n"])):
                route["working_days" if m["u"] == "工作日" else "days"] = days
            yield context.propose(
                "routing", "routing", {"object": _object(text), "routes": [route]}, sentence, 0.6
            )
            return


def _level(who: str, own: str) -> str:
    if re.match("我|本|组委会|主办", who):
        return own if own in ("nation", "province", "city", "county", "town") else ""
    return next((code for word, code in _LEVELS if word in who[:8]), "")


def _object(text: str) -> str:
    return "entry" if re.search("作品|稿", text) else "nomination" if "推荐" in text else ""
