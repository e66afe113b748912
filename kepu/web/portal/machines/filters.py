"""The conditions that every list of activities takes, as its documentation tells them: read off the question itself, so
that a new condition of the list page is here by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_noop

from kepu.activities.models import Mode
from kepu.web.portal.activities.asking import ACCESS, WHENS, Asked

# The Chinese is what the interface says; it is translated where it is shown.
TOLD: Mapping[str, tuple[str, str]] = {
    "q": (gettext_noop("要找的词，中间可以有空格；两个字以上。"), "天文"),
    "when": (
        gettext_noop("日子：today 今天，tomorrow 明天，weekend 本周末，past 办过的；不写是今天起的全部。"),
        "weekend",
    ),
    "day": (gettext_noop("某一天，按中国时间，写作 2023-09-17。"), "2023-09-17"),
    "place": (
        gettext_noop("地区的代码，下面的地区都算在内；六位行政区划代码，或“地区”里查到的代码。"),
        "441900",
    ),
    "mode": (gettext_noop("方式：offline 线下，online 线上，mixed 线上线下都有。"), "offline"),
    "field": (gettext_noop("行业领域的代码，取自“清单”里的 fields。"), "health"),
    "format": (gettext_noop("活动形式的代码，取自“清单”里的 formats。"), ""),
    "audience": (gettext_noop("服务人群的代码，取自“清单”里的 audiences。"), ""),
    "entry": (gettext_noop("进基层的代码，取自“清单”里的 entries。"), ""),
    "track": (gettext_noop("活动板块的代码，取自“清单”里的 track。"), ""),
    "topic": (gettext_noop("内容主题的代码，取自“清单”里的 topics。"), ""),
    "venue": (gettext_noop("写 1，只要主会场活动。"), "1"),
    "vacant": (gettext_noop("写 1，只要还有名额的：能直接来的，和要预约、还没有满的。"), "1"),
    "access": (
        gettext_noop("无障碍：any 有任何一样，或者一样的代码，取自“通知里用的词”里的 access。"),
        "wheelchair",
    ),
    "near": (gettext_noop("离一个地方近的在前，写纬度和经度；只给最近的一些，没有下一页。"), "23.02,113.75"),
    "sort": (
        gettext_noop(
            "写 new，新发布的在前；有 q 时写 relevance，时间最近的三百项里相关的在前；不写按时间先后。"
        ),
        "new",
    ),
    "unit": (gettext_noop("举办单位的编号。"), "12"),
    "key": (gettext_noop("写 1，只要重点活动。"), "1"),
    "season": (gettext_noop("届次的代码；不写是正在进行的一届，没有就是最近的一届。"), "2023"),
    "cursor": (gettext_noop("从上一页的 next 里来，不用自己写。"), ""),
    "size": (gettext_noop("一次取多少项。"), "50"),
    "lang": (gettext_noop("语言：zh 中文，en 英文；活动本身的文字不翻译。"), "zh"),
}
LIKE_THE_PAGE = gettext_noop("与活动列表页的同名条件一样。")
KNOWN: Mapping[str, tuple[str, ...]] = {
    "when": tuple(WHENS), "mode": tuple(Mode.values), "key": ("1",), "venue": ("1",), "vacant": ("1",),
    "access": tuple(ACCESS), "sort": ("relevance", "new"), "lang": ("zh", "en"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """One word of an address: what it means (in Chinese, to be translated), an example, the values where they are few."""

    name: str
    meaning: str
    example: str
    values: tuple[str, ...] = ()

    def as_openapi(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string"}
        if self.values:
            schema["enum"] = list(self.values)
        said = {
            "in": "query",
            "name": self.name,
            "required": False,
            "description": self.meaning,
            "schema": schema,
        }
        return said | ({"example": self.example} if self.example else {})


def conditions() -> list[Parameter]:
    """Every condition of the list page, in the order of its question; the cursor comes last."""
    names = [_name_of(part.name) for part in fields(Asked)]
    return [parameter(name) for name in sorted(names, key=lambda name: name == "cursor")]


def parameter(name: str) -> Parameter:
    meaning, example = TOLD.get(name, (LIKE_THE_PAGE, ""))
    return Parameter(name, meaning, example, KNOWN.get(name, ()))


def size(usual: int, most: int) -> dict[str, Any]:
    """How many at once, as OpenAPI has it."""
    bounds = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return parameter("size").as_openapi() | {"schema": bounds, "example": usual}


def _name_of(part: str) -> str:
    """The word that an address has for a part of the question."""
    return next(iter(QueryDict(Asked(**{part: "1"}).query())), part)
