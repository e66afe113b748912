"""How many people are to take part: 原则上线下活动参与人数不少于50人，线上…不少于100人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.shares import counts_people_of_a_place
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited

_PEOPLE = re.compile(
    r"每[场期班]|单场|学员|人数|参与者|受众|参加|参与|观众|观看|收看|群众|公众|咨询|参训|线[上下]活动|规模|覆盖|听众|人次"
)
_OTHER = re.compile(
    r"作者|选手|队员|团队|每队|参赛|指导教师|推荐|联络员|获奖|名额|讲师|评委|工作人员|志愿者|报名人数上限|领队|专家|科技人员|技术人员|派出|安保|年均|每年|专兼职|编制"
)
_ALL_TOLD = re.compile("受益|惠及|累计|总人[数次]|接待")
_ONE = re.compile("每[^，。；、]{0,6}[场期班次段]|单场|线[上下]|现场")
_CLAUSE = re.compile("[，。；]")
_MODES = (
    ("线上线下", ("mixed", "线上线下结合")),
    ("线下", ("offline", "线下")),
    ("线上", ("online", "线上")),
    ("网络", ("online", "线上")),
    ("云上", ("online", "线上")),
    ("现场", ("offline", "线下")),
)


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        if "人" not in sentence.text or "\t" in sentence.text:
            continue
        last = 0
        for limit in context.limits(sentence):
            if not limit.is_limit or limit.unit not in ("人", "名", "人次", ""):
                continue
            if not limit.unit and not re.search(
                r"人次|人数", sentence.text[max(0, limit.start - 8) : limit.start]
            ):
                continue
            before = sentence.text[last : limit.start]
            clause = re.split("[。；]", before)[-1]
            near = (
                clause
                + sentence.text[limit.start : limit.end]
                + _CLAUSE.split(sentence.text[limit.end : limit.end + 8])[0]
            )
            if (
                not _PEOPLE.search(near)
                or _OTHER.search(_own(near, limit))
                or (_ALL_TOLD.search(clause) and not _ONE.search(clause))
                or (
                    not _ONE.search(clause)
                    and any(re.search("条件|资格|参赛对象|申报", t) for t in sentence.titles)
                )
            ):
                continue
            last = limit.end
            if sentence.text.startswith("的", limit.end):
                yield from _large_ones(context, sentence, limit)
                continue
            if counts_people_of_a_place(context, sentence, limit):
                continue
            params: dict[str, Any] = {"fact": "participants_expected", **limit.bounds(), "unit": "人"}
            mode = _mode(re.split("，(?!不)", clause)[-1]) or _mode(clause)
            if mode:
                params |= {"when": {"mode": [mode[0]]}, "labels": {mode[0]: mode[1]}}
            soft = "原则上" in sentence.text[: limit.start] or "一般" in clause
            wish = re.search("力争|争取|鼓励|最好", clause)
            yield context.propose(
                "gate_people",
                "gate",
                params,
                sentence,
                0.88,
                strictness="in_principle" if soft else "strive" if wish else "",
            )


def _own(near: str, limit: Limited) -> str:
    """The words that say who the people are: the own clause of the number where it names them."""
    own = re.split("，(?!不)", near)[-1]
    return own if _PEOPLE.search(own) else near


def _large_ones(context: Context, sentence: Sentence, limit: Limited) -> Iterator[Proposal]:
    """500人以上的，须制定应急预案: what holds for large events only."""
    if m := re.search(
        r"(?:制定|制订|编制|提交|报备|报送)[^，。；]{0,16}(?:预案|处置方案|安全方案)",
        sentence.text[limit.end : limit.end + 60],
    ):
        params = {"fact": "risk_plan", "required": True, "when": {"participants_expected": limit.bounds()}}
        yield context.propose(
            "gate_people",
            "gate",
            params,
            sentence,
            0.75,
            strictness="hard"
            if re.search("须|必须|应", sentence.text[limit.end : limit.end + m.start() + 2])
            else "",
        )


def _mode(text: str) -> tuple[str, str] | None:
    words = [(i, word, mode) for i, (word, mode) in enumerate(_MODES) if word != "现场" or "线" in text]
    found = [(text.rfind(word), -i, mode) for i, word, mode in words if word in text]
    return max(found)[2] if found else None
