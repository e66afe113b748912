"""What a text that is handed in has to say: 总结包括基本情况、成效、亮点…; 注明拍摄者、时间和100字以内的简介."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.codes import code_for, unique
from kepu.notices.drafting.values.columns import limits
from kepu.notices.drafting.values.enumerations import items_of

_SUMMARY = re.compile(
    r"(?P<what>(?:活动|工作)?(?:总结|小结|报告|方案|计划)(?:材料|报告)?)(?:的)?(?:内容|材料)?(?:应|须|需|要|主要|一般)?(?:当)?(?:主要)?(?:包括|包含|涵盖|应写明|写明|含)(?:但不限于)?(?:：)?(?P<items>[^。；]{6,200})"
)
_NOTE = re.compile(
    r"(?:提交|附|提供|填写)?(?P<what>说明文档|文字说明|图片说明|情况说明|作品说明|文字简介)[^。；]{0,6}?(?:，|：)?(?:须|应|需|要)?(?:注明|写明|标明|说明|包括|包含)(?P<items>[^。；]{4,160})"
)
_BRIEF = re.compile(r"(?P<n>\d{2,4})字(?:以内|左右)的(?P<what>[\u4e00-\u9fff]{2,6})")
_COVER = re.compile(r"(?:简介|说明)(?:的)?内容(?:应)?(?:包括|包含|含)(?P<items>[^。；]{4,80})")
_CODES = (
    ("小结", "activity_summary"),
    ("活动总结", "activity_summary"),
    ("方案", "plan_outline"),
    ("计划", "plan_outline"),
    ("报告", "organisation_summary"),
    ("总结", "organisation_summary"),
)
ORDER = 72


def recognise(context: Context) -> Iterator[Proposal]:
    previous = ""
    for sentence in context.body():
        if "\t" in sentence.text:
            continue
        if m := _SUMMARY.search(sentence.text):
            yield from _summary(context, sentence, m, previous)
        elif m := _NOTE.search(sentence.text):
            yield from _note(context, sentence, m)
        previous = sentence.text


def _summary(context: Context, sentence: Sentence, m: re.Match[str], previous: str) -> Iterator[Proposal]:
    said = re.split(r"等(?=[，。；]|$|方面|内容|部分)", m["items"].rstrip("。"))[0]
    said = re.split(r"，(?=字数|不超|篇幅|并|于|请|要求|同时|控制|限)", said)[0]
    items = [re.sub(r"^(?:形成|包括|活动的?)(?=.{8})", "", x) if False else x for x in items_of(said)]
    if len(items) < 3 or any(len(x) > 24 for x in items):
        return
    title = m["what"]
    if title in ("总结", "报告") and (named := re.search(r"(?:活动|工作|单位)总结", previous)):
        title = named[0]
    codes = unique([code_for(x, prefix="part") for x in items])
    params: dict[str, Any] = {
        "code": next((code for word, code in _CODES if word in title), "organisation_summary"), "title": title, "object": "document",
        "columns": [{"code": c, "title": x, "type": "long_text"} for c, x in zip(codes, items, strict=True)], **limits(sentence.text),
    }  # fmt: skip
    yield context.propose("form_of_text", "form", params, sentence, 0.85)


def _note(context: Context, sentence: Sentence, m: re.Match[str]) -> Iterator[Proposal]:
    said = re.split(r"，(?=简介|说明|字数)", m["items"].rstrip("。"))[0]
    columns: list[dict[str, Any]] = []
    for item in items_of(re.sub(r"^[\u4e00-\u9fff、]{2,8}的(?=[\u4e00-\u9fff]{2,})", "", said)):
        brief = _BRIEF.search(item)
        title = brief["what"] if brief else re.sub(r"等$", "", item)
        column: dict[str, Any] = {"code": code_for(title, prefix="col"), "title": title}
        if brief:
            column |= {"type": "long_text", "max_chars": int(brief["n"])}
        columns.append(column)
    if len(columns) < 2 or any(len(c["title"]) > 24 for c in columns):
        return
    if cover := _COVER.search(sentence.text):
        points = items_of(re.split("等", cover["items"])[0])
        long = next((c for c in columns if c.get("type") == "long_text"), None)
        if long is not None and points:
            long["must_cover"] = points
    for column, code in zip(columns, unique([c["code"] for c in columns]), strict=True):
        column["code"] = code
    params = {"code": "material_description", "title": m["what"], "object": "file", "columns": columns}
    yield context.propose("form_of_text", "form", params, sentence, 0.75)
