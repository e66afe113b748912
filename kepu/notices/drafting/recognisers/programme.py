"""What is held once, on a day: a launch, an opening, a final, a prize-giving."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.codes import code_for
from kepu.notices.drafting.values.dates import Dated
from kepu.notices.drafting.values.tracks import node_code

_EVENT = re.compile(
    r"(?P<t>[^，。；：、（）于在]{0,24}?(?P<k>主场活动启动仪式|主场启动仪式|启动仪式|启动式|启动活动|开幕式|闭幕式|颁奖仪式|颁奖典礼|主场活动|发布会|总决赛|现场会|推进会|分享会|论坛))"
)
_TYPES = (
    ("启动", "ceremony", "launch_ceremony"),
    ("开幕", "ceremony", "opening"),
    ("闭幕", "ceremony", "closing"),
    ("颁奖", "ceremony", "prize_giving"),
    ("主场", "main_venue", "main_venue"),
    ("论坛", "forum", "forum"),
    ("决赛", "contest", "final"),
)
_WHERE = re.compile(r"在(?P<w>[^，。；、]{2,24}?)(?:举行|举办|召开)")
_HELD = re.compile(r"举行|举办|召开")
ORDER = 84


_LEAD = re.compile(
    r"^.*(?:举办|举行|召开|开展|组织)(?=.{2})|^(?:将|拟|定于|计划|并|的|届时|举办|举行|\d+\.)+"
)
LONGEST = 24


def recognise(context: Context) -> Iterator[Proposal]:
    yield from _main_venues(context)
    for sentence in context.body():
        if "\t" in sentence.text or not _HELD.search(sentence.text):
            continue
        event, day = _EVENT.search(sentence.text), _day(context, sentence)
        if event is None or day is None:
            continue
        kind, code = next(
            ((t, c) for word, t, c in _TYPES if word in event["k"]), ("other", code_for(event["k"]))
        )
        title = _LEAD.sub("", event["t"]).strip("“” ") or event["k"]
        where = _WHERE.search(sentence.text, day.end)
        params = {
            "code": code,
            "title": title,
            "type": kind,
            "when": day.first,
            "where": where["w"] if where else "",
        }
        tentative = re.search("拟|暂定|初步", sentence.text[: day.end])
        yield context.propose(
            "programme",
            "programme",
            params,
            sentence,
            0.75,
            status="tentative" if tentative else "final",
            flags=context.flags(sentence, day),
        )


def _day(context: Context, sentence: Sentence) -> Dated | None:
    """The first date of a sentence that is a day as such: no deadline, no stretch of days."""
    days = (d for d in context.dates(sentence) if not (d.is_span or d.edge or d.counted or d.is_reference))
    return next((d for d in days if d.first), None)


def _main_venues(context: Context) -> Iterator[Proposal]:
    """Main venues that have a section of their own, dated or not."""
    seen: set[str] = set()
    for block in context.reading.blocks:
        title = re.sub("^(?:举办|开展|组织)", "", block.title)
        if (
            block.level < 2
            or block.attachment
            or not title.endswith("主场活动")
            or len(title) > LONGEST
            or title in seen
        ):
            continue
        seen.add(title)
        span = context.reading.span(block.start, block.start + (block.body or len(block.text)))
        params = {"code": node_code(title), "title": title, "type": "main_venue"}
        yield context.propose("programme", "programme", params, [], 0.6, number=block.number, spans=(span,))
