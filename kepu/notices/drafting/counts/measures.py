"""Hours, square metres and the like: numbers that measure something and count nothing."""

from __future__ import annotations

import re

from kepu.notices.drafting.values.bounds import Limited

_MEASURED = re.compile(
    r"(?:(?P<what>(?:活动|培训|开放|服务|参观|展出|演练|讲座|展览|展示|建筑|学习)?(?:时长|时间|开放|学时|课时|面积|里程|高度|总长))|每[次场节](?:活动)?)(?:应当?|须|需|要|均|累计|原则上|一般|为)*$"
)
UNITS = frozenset(["小时", "分钟", "学时", "课时", "平方米", "公里", "米", "秒"])


def measured(text: str, limit: Limited) -> str:
    """What a number measures, as the words right before it say: 活动时长不少于2小时; "" when they do not say it."""
    found = _MEASURED.search(text, max(0, limit.start - 16), limit.start) if limit.unit in UNITS else None
    return (found["what"] or "时长") if found else ""


def is_measure(text: str, limit: Limited) -> bool:
    return measured(text, limit) != ""
