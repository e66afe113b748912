"""The inventory as people read it: one line for what is told of alike; and as the table of ``docs/personal-data.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from kepu.core.personal import Column, Ground, Kept, inventory


@dataclass(frozen=True, slots=True)
class Line:
    """What is kept, of whom, why, on what ground, who sees it, until when; and in which columns."""

    what: Any
    whose: Any
    purpose: Any
    ground: Ground
    seen_by: Any
    kept: Kept
    columns: tuple[Column, ...]


def lines() -> list[Line]:
    """The inventory, columns that share their words in one line. No query."""
    found: dict[str, list[Column]] = {}
    with override("zh-hans"):
        for column in inventory():
            found.setdefault(str(column.what), []).append(column)
    return [
        Line(c.what, c.whose, c.purpose, c.ground, c.seen_by, c.kept, tuple(columns))
        for columns in found.values()
        for c in columns[:1]
    ]


def as_markdown() -> str:
    """The table as the documentation has it."""
    head = "| 个人信息 | 谁的 | 为什么 | 依据 | 谁看得到 | 保存到 | 栏 |\n|---|---|---|---|---|---|---|\n"
    with override("zh-hans"):
        return head + "".join(
            f"| {line.what} | {line.whose} | {line.purpose} | {line.ground.label} | {line.seen_by} | {line.kept.label} | {_columns(line)} |\n"
            for line in lines()
        )


def _columns(line: Line) -> str:
    return " ".join(f"`{column}`" + ("🔒" if column.closed else "") for column in line.columns)
