"""Tracks: the parts of the programme, joint and special actions by their numbered headings, and named series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.outline import Block
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.codes import code_for, unique
from kepu.notices.drafting.values.enumerations import items_of, unquoted
from kepu.notices.drafting.values.tracks import node_code, node_hosts

_HEADS = (
    (re.compile(r"联合行动"), "joint_actions"), (re.compile(r"专项行动"), "special_actions"), (re.compile(r"系列.{0,6}行动|行动$"), "joint_actions"),
    (re.compile(r"主要活动|活动安排|重点活动|活动板块|活动内容|主要内容|重点内容|重点安排|主要安排|系列活动"), "tracks"),
)  # fmt: skip
_NODE = re.compile(
    r"(?:活动|行动|工程|计划|系列|大赛|竞赛|仪式|宣讲|巡展|比赛|论坛|展览|展|讲座|培训|演练|[周月日])(?:（[^（）]{1,20}）)?$"
)
_SERIES = re.compile(
    r"(?:组织开展|开展|组织|举办|推出|推动|拟开展)(?P<items>[^。；，]{3,20}?(?:、|”“)[^。；，]{2,160}?)(?P<open>等)(?:系列|专项)(?:线上|科普|宣传|主题|特色|品牌)*活动"
)
_NAMED = re.compile(
    r"(?:开展|组织|举办)(?P<items>(?:“[^“”]{2,20}”[^、，。；“”]{0,10}|[^、，。；“”]{3,22}(?:活动|行动|大赛|竞赛))(?:、(?:“[^“”]{2,20}”[^、，。；“”]{0,10}|[^、，。；“”]{3,22}(?:活动|行动|大赛|竞赛))){1,8})(?=，|。|；|等)"
)
_ACTIONS = re.compile(
    r"(?:实施|开展|推进)(?P<items>[^，。；、]{2,24}行动(?:[、和及][^，。；、]{2,24}行动){1,5})"
)
_THEME = re.compile(r"以“(?P<t>[^“”]{2,30})”为主题|围绕“(?P<t2>[^“”]{2,30})”等?主题")
_VERBS = re.compile(r"^(?:举办|开展|组织开展|组织|实施|做好|抓好|推进|积极开展|广泛开展)+")
ORDER = 80


def recognise(context: Context) -> Iterator[Proposal]:
    trees: dict[str, list[str]] = {}
    for i, block in enumerate(context.reading.blocks):
        if block.title and block.level and not block.is_list:
            proposal = _tree(context, i, block, trees)
            if proposal is not None:
                trees[str(proposal.params["code"])] = [n["code"] for n in proposal.params["nodes"]]
                yield proposal
    heads = {_VERBS.sub("", b.title) for b in context.reading.blocks if b.title}
    for sentence in context.body():
        yield from _series(context, sentence, heads)


def _tree(context: Context, at: int, block: Block, trees: dict[str, list[str]]) -> Proposal | None:
    code = next((code for pattern, code in _HEADS if pattern.search(block.title)), "")
    children = _children(context, at, block)
    named = [c for c in children if _NODE.search(c.title) and "，" not in c.title]
    if not code or len(children) < 2 or len(named) < max(2, 0.6 * len(children)) or code in trees:
        return None
    labels = [_VERBS.sub("", c.title) for c in named]
    codes = unique([node_code(label) for label in labels])
    nodes = [_node(context, c, label, node) for c, label, node in zip(named, labels, codes, strict=True)]
    params: dict[str, Any] = {"code": code, "title": _VERBS.sub("", block.title), "nodes": nodes}
    if code != "tracks":
        own = node_code(params["title"])
        params["under"] = own if own in trees.get("tracks", ()) else ""
    blocks = [block, *named]
    spans = tuple(context.reading.span(b.start, b.start + (b.body or len(b.text))) for b in blocks)
    return context.propose("track", "track", params, [], 0.85, number=block.number, spans=spans)


def _children(context: Context, at: int, block: Block) -> list[Block]:
    below: list[Block] = []
    for other in context.reading.blocks[at + 1 :]:
        if other.attachment != block.attachment or (other.level and other.level <= block.level):
            break
        if other.level and other.title and (not below or other.level == below[0].level):
            below.append(other)
    return below


def _node(context: Context, block: Block, label: str, code: str) -> dict[str, Any]:
    node: dict[str, Any] = {"code": code, "label": label}
    if hosts := node_hosts(label):
        node["hosts"] = hosts
    if m := _THEME.search(block.text):
        node["theme"] = m["t"] or m["t2"]
    return node


def _series(context: Context, sentence: Sentence, heads: set[str]) -> Iterator[Proposal]:
    seen: set[str] = set()
    for pattern, confidence in ((_SERIES, 0.75), (_ACTIONS, 0.7), (_NAMED, 0.6)):
        for m in pattern.finditer(sentence.text):
            labels = [
                re.sub(r"^[^“]{0,12}?(?:开展|举办|组织)(?=.{2})", "", unquoted(x))
                for x in items_of(m["items"])
            ]
            if (
                len(labels) < 2
                or any(not 2 <= len(x) <= 26 for x in labels)
                or seen & set(labels)
                or heads & set(labels)
            ):
                continue
            seen |= set(labels)
            parent = sentence.titles[-1] if sentence.titles else ""
            codes = unique([code_for(x) for x in labels])
            params: dict[str, Any] = {
                "code": f"series.{node_code(parent)}" if parent else "series", "title": f"{parent or '系列'}：系列活动" if pattern is _SERIES else parent or "行动",
                "nodes": [{"code": c, "label": x} for c, x in zip(codes, labels, strict=True)], "open_ended": pattern is _SERIES or None,
            }  # fmt: skip
            yield context.propose("track", "track", params, sentence, confidence)
