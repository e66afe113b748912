"""Lists to choose from: 围绕A、B、C等行业领域; 通过…等形式; 进机关、进校园; the lines of the content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.codes import code_for, unique
from kepu.notices.drafting.values.enumerations import items_of, unquoted

_ENDS = re.compile("等")
_STARTS = re.compile("[，。；：]")
LONGEST_RUN = 240


@dataclass(frozen=True, slots=True)
class _Shape:
    """An enumeration between a lead such as 围绕 and, behind its 等, a tail such as 领域."""

    lead: re.Pattern[str]
    tail: re.Pattern[str]
    code: str
    title: str


def _shape(lead: str, tail: str, code: str, title: str) -> _Shape:
    return _Shape(re.compile(lead), re.compile(tail), code, title)


_MANY = r"(?:各类|多种形式的?|形式多样的?|丰富多彩的?|群众喜闻乐见的?|灵活多样的?|特色|群众性|系列|多场|主题|专项|重大)*"
_SHAPES = (
    _shape("围绕|聚焦|突出|涵盖", r"(?:本系统的?)?重点(?:工作)?领域", "key_areas", "重点领域"),
    _shape("围绕|聚焦|突出|涵盖", r"(?:本系统的?)?(?:相关|行业|各行业|各|多个)?(?:行业)?领域", "fields", "行业领域"),
    _shape("融入|结合", r"(?:各|相关)?(?:行业)?领域", "domains", "融入领域"),
    _shape("深入|走进|依托|利用|用好|发挥|开放", r"(?:各类|基层|宣传|科普|公共)*(?:阵地|场所|场馆|平台)", "venues", "基层阵地"),
    _shape("展示|围绕|普及|推广|聚焦", r"(?:前沿科技|科技前沿|科技发展前沿|前沿技术|前沿领域)", "topics.frontier", "前沿科技"),
    _shape("展现|展示|宣传", r"(?:重大成果|重大科技成果|科技成果|成果)", "topics.achievements", "重大成果"),
    _shape("围绕|聚焦|针对|回应", r"(?:公众|群众|社会)?(?:普遍)?(?:关注|关心|关切)?的?(?:热点|焦点)(?:问题|话题)?", "topics.public_concern", "热点问题"),
    _shape("提出的|实施|围绕", r"(?:重大|国家|强国)*(?:战略|目标)", "topics.goals", "目标"),
    _shape("围绕|聚焦|以|突出", r"(?:系列|相关|重点)?(?:主题|话题|专题)", "topics", "内容主题"),
    _shape("围绕|聚焦|助力|从|宣传|普及|学习|开展", r"(?:方面|内容|知识|法律法规|政策法规|常识)(?:内容|知识)?", "topics.content", "宣传内容"),
    _shape("通过|以|采取|采用|运用|利用|借助", r"(?:多种|各种|线上|线上线下|群众喜闻乐见的?|灵活多样的?|丰富多样的?)*(?:方式|手段|渠道|途径|载体|媒介)", "means", "方式"),
    _shape("通过|以|采取|采用|开展|组织|举办", r"(?:多种|各种|线上|线上线下|不同)*形式", "formats", "活动形式"),
    _shape("^|发动|动员|组织|鼓励", r"(?:中小学校|(?:各类|各级|相关|有关|社会|科普)*(?:主体|各方力量|力量|机构))", "host_kinds", "参与主体"),
    _shape("组织开展|开展|组织|举办", rf"{_MANY}(?:线上|线下)(?:科普)?活动", "online_kinds", "线上活动"),
    _shape("组织开展|开展|组织|举办", rf"{_MANY}(?:科普|宣传|阅读|教育|安全|环保|志愿服务|文化|普法|服务)*活动", "formats", "活动形式"),
)  # fmt: skip
_INTO = re.compile(r"进[^，。；、和及]{1,8}(?:(?:、|，|和|及)进[^，。；、和及“”]{1,8}){1,11}")
_INTO_SHORT = re.compile(
    r"(?<![先推促改跟演引增行])进(?P<items>[^，。；、进]{1,6}(?:、[^，。；、进]{1,6}){2,9})(?:等)?(?=活动|，|。|；|“|”)"
)
_CLOSED = (
    (re.compile(r"(?:实施|落实|推进)(?P<items>[^，。；、]{2,12}战略(?:[、和][^，。；、]{2,12}战略)+)"), "topics.strategies", "战略"),
    (re.compile(r"(?:推动|组织|开展)(?P<items>[^，。；]{2,40}?)集中巡展"), "touring", "集中巡展"),
    (re.compile(r"(?:深入|走进)(?P<items>[^，。；、]{1,8}(?:、[^，。；、]{1,8}?){2,8})(?=开展|，|。)"), "destinations", "去向"),
)  # fmt: skip
ORDER = 82


def recognise(context: Context) -> Iterator[Proposal]:
    yield from _content_lines(context)
    for sentence in context.body():
        if "\t" in sentence.text or ("、" not in sentence.text and "进" not in sentence.text):
            continue
        for end in _ENDS.finditer(sentence.text):
            proposal = _before(context, sentence, end.start())
            if proposal is not None:
                yield proposal
        yield from _entries(context, sentence)
        for pattern, code, title in _CLOSED:
            if said := pattern.search(sentence.text):
                labels = items_of(said["items"])
                if len(labels) >= 2:
                    yield _propose(context, sentence, code, title, labels, False, 0.75)


def _before(context: Context, sentence: Sentence, end: int) -> Proposal | None:
    """The list whose 等 stands at ``end``, where the words around it have one of the shapes."""
    text = sentence.text
    start = max(0, end - LONGEST_RUN)
    for mark in _STARTS.finditer(text, start, end):
        start = mark.end()
    run = text[start:end]
    if "、" not in run:
        return None
    for shape in _SHAPES:
        if shape.tail.match(text, end + 1) is None:
            continue
        leads = [m.end() for m in shape.lead.finditer(run) if "、" in run[m.end() :]]
        if leads and (labels := _labels(run[leads[-1] :])) and not _is_track(context, labels):
            return _propose(context, sentence, _code(shape, sentence), shape.title, labels, True, 0.72)
    return None


def _labels(run: str) -> list[str]:
    """The labels of an enumeration; none when it does not read as one."""
    labels = items_of(run)
    if labels and len(labels[0]) > 12 and "的" in labels[0]:
        labels[0] = labels[0].rsplit("的", 1)[1]
    labels = [re.sub(r"^(?:集中|重点|广泛|大力|深入|积极|好)(?=.{2})", "", x) for x in labels]
    return labels if len(labels) >= 2 and all(1 < len(x) <= 24 for x in labels) else []


def _code(shape: _Shape, sentence: Sentence) -> str:
    """The code of a list; below a numbered action its own, for several actions may have one."""
    if (
        shape.code in ("formats", "means", "topics")
        and sentence.block.level >= 3
        and len(sentence.titles) > 1
    ):
        return f"{shape.code}.{code_for(sentence.titles[-1], prefix='at')}"
    return shape.code


def _is_track(context: Context, labels: list[str]) -> bool:
    """Whether a track has these labels already."""
    mine = {unquoted(x) for x in labels}
    return any(
        p.kind == "track" and len(mine & {n["label"] for n in p.params["nodes"]}) >= len(mine) - 1
        for p in context.proposals
    )


def _entries(context: Context, sentence: Sentence) -> Iterator[Proposal]:
    if m := _INTO.search(sentence.text):
        labels = [re.sub("等.*$|活动$", "", x) for x in re.split("[、，和及]", m[0])]
    elif m := _INTO_SHORT.search(sentence.text):
        labels = [f"进{x}" for x in m["items"].split("、")]
    else:
        return
    labels = [x for x in labels if 2 <= len(x) <= 10]
    if len(labels) >= 2:
        yield _propose(context, sentence, "entries", "进基层", labels, False, 0.85)


def _propose(
    context: Context,
    sentence: Sentence,
    code: str,
    title: str,
    labels: list[str],
    is_open: bool,
    confidence: float,
) -> Proposal:
    kept = list(dict.fromkeys(unquoted(x) for x in labels))
    codes = unique([code_for(x) for x in kept])
    params: dict[str, Any] = {
        "code": code,
        "title": title,
        "items": [{"code": c, "label": x} for c, x in zip(codes, kept, strict=True)],
        "open_ended": is_open or None,
    }
    return context.propose("codelist", "list", params, sentence, confidence)


def _content_lines(context: Context) -> Iterator[Proposal]:
    """What the sections under 活动内容 are called, where they are lines of content and no events."""
    blocks = context.reading.blocks
    for i, block in enumerate(blocks):
        if block.level != 1 or "内容" not in block.title:
            continue
        children = []
        for other in blocks[i + 1 :]:
            if other.level == 1 or other.attachment != block.attachment:
                break
            if other.level == 2 and other.title:
                children.append(other)
        if len(children) >= 2 and all("，" in c.title for c in children):
            labels = [c.title for c in children]
            codes = unique([code_for(x, prefix="line") for x in labels])
            params = {
                "code": "content_lines",
                "title": block.title,
                "items": [{"code": c, "label": x} for c, x in zip(codes, labels, strict=True)],
            }
            spans = tuple(
                context.reading.span(b.start, b.start + (b.body or len(b.text))) for b in (block, *children)
            )
            yield context.propose("codelist", "list", params, [], 0.85, number=block.number, spans=spans)
            return
