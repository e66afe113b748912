"""What a date of a clause is called: the deadline, the beginning, the end."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as lazy

_NAMES = {
    "start": lazy("开始"), "end": lazy("结束"), "opens": lazy("开始报送"), "due": lazy("期限"), "closes": lazy("截止"),
    "made_from": lazy("作品起始日期"), "made_until": lazy("作品截止日期"), "not_before": lazy("最早的时间"),
    "not_after": lazy("最晚的时间"), "when": lazy("时间"),
}  # fmt: skip


def name_of(path: Sequence[str | int]) -> str:
    """The words for the field at the end of a path."""
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    return str(_NAMES.get(field, lazy("时间")))
