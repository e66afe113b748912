"""Who must use the theme or the sub-theme that the notice sets: 承办市级活动需采用市里的副主题."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal

_USE = re.compile(
    r"(?P<who>[^，。；]{0,24})(?P<must>须|需|应|必须|统一|一律)(?:统一)?(?:采用|使用|沿用)[^，。；]{0,12}?(?P<sub>副)?主题(?!词|标识|图|曲|海报|画)"
)
_LEVELS = (
    ("国家级", "nation"),
    ("省级", "province"),
    ("市级", "city"),
    ("县级", "county"),
    ("区级", "county"),
    ("镇级", "town"),
)


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        for m in _USE.finditer(sentence.text):
            fact = "subtheme" if m["sub"] else "theme"
            params: dict[str, Any] = {"fact": fact, "required": True, "same_as": fact}
            level = next(((word, code) for word, code in _LEVELS if word in m["who"]), None)
            if level:
                params |= {"when": {"activity_level": [level[1]]}, "labels": {level[1]: level[0]}}
            yield context.propose("gate_theme", "gate", params, sentence, 0.85, strictness="hard")
