"""Marks to use by their rules, and words that works must carry: 规范使用…标识; 须标注“…”字样."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.values.codes import code_for, unique
from kepu.notices.drafting.values.enumerations import items_of

_MARK = re.compile(
    r"(?P<must>规范|统一|正确|可)?(?:以)?(?:使用|采用|悬挂|展示|突出|亮出)(?P<items>[^。；]{2,80}?)(?P<open>等)?(?:的)?(?:统一|品牌|专用|活动)?(?:标识|标志|LOGO|logo|Logo|徽标|会标|形象标识)(?!语)"
    r"(?:[和及]“(?P<more>[^“”]{2,24})”(?:标识|标志))?"
)
_LABEL = re.compile(
    r"(?:须|应|需|必须|统一)?(?:标注|注明|署名|冠以|标明|印有)“(?P<items>[^“”]{2,40})”(?:[、和及]“(?P<more>[^“”]{2,40})”)?(?:等)?(?:字样|标识|字句)"
)


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        for m in _MARK.finditer(sentence.text):
            labels = [
                x
                for item in items_of(re.sub(r"^(?:活动|本次|好)+", "", m["items"]))
                for x in re.split("[和及]", item)
                if x
            ] + [x for x in (m["more"],) if x]
            if (
                labels
                and all(len(label) <= 24 for label in labels)
                and m["must"]
                and not re.search("，", m["items"])
            ):
                params: dict[str, Any] = {"items": _items(labels, "规范使用" if m["must"] == "规范" else "")}
                params |= {"open_ended": True} if m["open"] else {}
                if m["must"] == "可":
                    params["required"] = False
                yield context.propose("mark", "mark", params, sentence, 0.92)
        for m in _LABEL.finditer(sentence.text):
            params = {"code": "labels", "items": _items([x for x in (m["items"], m["more"]) if x], "")}
            yield context.propose("mark", "mark", params, sentence, 0.8)


def _items(labels: list[str], rules: str) -> list[dict[str, Any]]:
    plain = [label.strip("“”") for label in labels]
    codes = unique([code_for(label) for label in plain])
    return [
        {"code": c, "label": label} | ({"rules": rules} if rules else {})
        for c, label in zip(codes, plain, strict=True)
    ]
