"""Clauses and notices as values, for tests of the pure part."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from kepu.core.calendar import CHINA
from kepu.notices.inheritance import ClauseView, NoticeView
from kepu.notices.kinds import Mode, Status, Strictness, kinds
from kepu.notices.kinds.audience import Audience, Profile

DAY = datetime(2023, 9, 1, 9, tzinfo=CHINA)
NATION = NoticeView(1, "nation", "全国的通知", "", "全国办公室", "formal", "/", "中国", "", None, None)
CITY = NoticeView(
    2, "city", "市里的通知", "市协〔2023〕1号", "市协会", "formal", "/44/4419/", "样例市", "", None, None
)
TOWN = NoticeView(3, "town", "镇里的通知", "", "镇协会", "formal", "/44/4419/t1/", "样例镇", "", None, None)
SCHOOL = Profile("/44/4419/t1/", "school", "town", "town")


def clause(notice: NoticeView, code: str, kind: str, params: dict[str, Any], **more: Any) -> ClauseView:
    """A clause as the fold sees it; mode and strictness as the kind has them unless given."""
    made = kinds()[kind].model_validate(params)
    return ClauseView(
        id=hash(code) % 10**6, notice=notice, code=code, number=more.pop("number", "一"), kind=kind,
        key=more.pop("key", made.key()), params=made, audience=Audience.model_validate(more.pop("audience", {})),
        strictness=Strictness(more.pop("strictness", "hard")), status=Status(more.pop("status", "final")),
        mode=Mode(more.pop("mode", made.MODE)), **more,
    )  # fmt: skip


def lead(notice: NoticeView, code: str, days: int, **more: Any) -> ClauseView:
    return clause(notice, code, "gate", {"fact": "lead_days", "min": days}, **more)


def dated(value: Any) -> Any:
    """Parameters in which days are written as 2023-09-17, with the days as TOML would give them."""
    if isinstance(value, dict):
        return {key: dated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [dated(inner) for inner in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return value
