"""Calls for works or materials: what is called for, from when to when, in which groups, for what use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bodies import audience_of
from kepu.notices.drafting.values.calls import call_by
from kepu.notices.drafting.values.enumerations import items_of

_HEAD = re.compile(r"(?P<t>[^，。；：]{2,30}?(?:征集|征文|征稿|大赛|征集活动|评选|比赛))(?:活动)?$")
_TITLE = re.compile(
    r"关于(?:公开)?征集(?P<t0>[^，。；]{2,40}?)的(?:通知|公告|启事|函)"
    r"|(?:举办|开展|组织开展|组织)(?P<t>[^，。；]{4,50}?(?:征集|征文|大赛|比赛|评选|竞赛))(?:活动)?的?(?:通知|公告|启事)"
)
_CONTENT = re.compile(
    r"征集(?:内容|对象|范围|类别|主题|时间|要求|方式|安排)|作品(?:类别|要求|征集)|参赛(?:作品|要求|对象)|投稿|征稿"
)
_MATERIALS = (
    ("video", r"视频|微电影|动画|短片"),
    ("picture", r"图片|照片|摄影|影像|海报|漫画|绘画"),
    ("audio", r"音频"),
    ("text", r"征文|文章|文字|论文|诗歌|案例"),
    ("work", r"作品"),
)
_SINCE = re.compile(r"(?:自)?((?:19|20)\d\d)年[^，。；]{0,20}?(?:以来|至今|后创作|以后)")
_GROUPS = re.compile(
    r"(?:分为|设(?:置|立)?|包括|分)(?P<items>[^，。；]{4,80}?)(?:等)?[\d一二三四五六七八九十]?个?(?:组别|类别|组|类|单元|赛道)(?=[，。；]|$)"
)
_USES = re.compile(
    r"(?:遴选|择优|优秀作品|获奖作品|入选作品)[^，。；]{0,16}?(?:在|将在|用于|于)(?P<u>[^，。；]{4,30}?(?:展示|展播|展出|发布|宣传|推介))"
)
ORDER = 58


def recognise(context: Context) -> Iterator[Proposal]:
    seen: set[str] = set()
    for sentence in context.body():
        block = sentence.block
        if (
            sentence.start != block.start
            or not block.title
            or block.attachment
            or not (m := _HEAD.search(block.title))
        ):
            continue
        proposal = _call(
            context,
            m["t"],
            [s for s in context.body() if s.number.startswith(block.number)] if block.number else [],
            sentence,
        )
        if proposal is not None and proposal.params["code"] not in seen:
            seen.add(proposal.params["code"])
            yield proposal
    title = context.found.get("title")
    if not seen and title is not None and (m := _TITLE.search(str(title.value))):
        sentences = [
            s for s in context.body() if any(_CONTENT.search(t) for t in s.titles) or _CONTENT.search(s.text)
        ]
        proposal = _call(context, m["t0"] or m["t"], sentences, None)
        if proposal is not None:
            yield proposal


def _call(context: Context, title: str, sentences: list[Sentence], head: Sentence | None) -> Proposal | None:
    words = title + "".join(s.text for s in sentences)[:3000]
    if not sentences or not re.search("征集|作品|征文|投稿|素材|图片|视频", words):
        return None
    params: dict[str, Any] = {"code": call_by(title), "title": title}
    params["materials"] = [code for code, pattern in _MATERIALS if re.search(pattern, words)][:3]
    if len(params["materials"]) > 1 and "work" in params["materials"]:
        params["materials"].remove("work")
    if "清单" in words and not {"video", "picture"} & set(params["materials"]):
        return None  # a list is a duty, and no work
    _dates(context, sentences, params)
    if "closes" not in params and head is not None and len(sentences) < 2:
        return None
    if m := _SINCE.search(words):
        params["since_year"] = int(m[1])
    elif "今年以来" in words and context.years.said:
        params["since_year"] = context.years.said
    for sentence in sentences:
        if m := _GROUPS.search(sentence.text):
            groups = items_of(m["items"])
            if len(groups) >= 2 and all(len(g) <= 16 for g in groups):
                params.setdefault("categories", groups)
        if m := _USES.search(sentence.text):
            params.setdefault("uses", [m["u"]])
    told = next((g for s in sentences for g in context.groups(s)[:1]), [])
    where = [head, *sentences[:4]] if head is not None else sentences[:6]
    audience = audience_of(told) if head is not None else {}
    return context.propose(
        "call", "call", params, [s for s in where if s is not None], 0.75, audience=audience
    )


def _dates(context: Context, sentences: list[Sentence], params: dict[str, Any]) -> None:
    for sentence in sentences:
        for dated in context.dates(sentence):
            if dated.is_reference or dated.counted:
                continue
            if (dated.is_span or dated.now) and dated.last and "closes" not in params:
                params["closes"] = dated.last
                opens = dated.first or ({"date": context.years.issued} if context.years.issued else None)
                if opens and "reference" not in opens:
                    params["opens"] = opens
            elif (
                dated.edge == "by"
                and dated.first
                and "reference" not in dated.first
                and "closes" not in params
            ):
                params["closes"] = dated.first
