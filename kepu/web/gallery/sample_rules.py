"""Rules to show components with: three levels, a value that is awaited, one that may still change. Made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from kepu.core.calendar import CHINA
from kepu.notices.inheritance import ClauseView, InForce, NoticeView, fold
from kepu.notices.kinds import Mode, Status, Strictness, kinds
from kepu.notices.kinds.audience import Audience, Profile

AT = datetime(2023, 9, 1, 9, tzinfo=CHINA)
NATION = NoticeView(
    1,
    "nation",
    "全国科普日通知",
    "科协发普字〔2023〕15号",
    "全国办公室",
    "formal",
    "/",
    "全国",
    "",
    None,
    None,
)
PROVINCE = NoticeView(
    2,
    "province",
    "全省通知",
    "粤科协〔2023〕42号",
    "广东省科协",
    "placeholder",
    "/44/",
    "广东省",
    "",
    None,
    None,
)
CITY = NoticeView(
    3, "city", "全市通知", "东科协〔2023〕17号", "东莞市科协", "formal", "/44/4419/", "东莞市", "", None, None
)
TOWN = NoticeView(4, "town", "全镇通知", "", "石龙镇科协", "advance", "/44/4419/1/", "石龙镇", "", None, None)
SCHOOL = Profile("/44/4419/1/", "school", "town", "town")


def in_force() -> dict[str, InForce]:
    """A chain of three with a tentative end and something asked of others, and a theme that is still awaited."""
    lead = {"fact": "lead_days", "min": 3}
    clauses = [
        _clause(NATION, "NA-48", "gate", lead, number="三"),
        _clause(NATION, "NA-49", "gate", {**lead, "min": 10}, number="三", audience={"levels": ["province"]}),
        _clause(CITY, "DG-48", "gate", {**lead, "min": 7}, number="六（二）1"),
        _clause(TOWN, "SL-02", "gate", {**lead, "min": 9}, number="二"),
        _clause(CITY, "DG-07", "theme", {}, number="一", status=Status.PENDING, waits_for="全国的主题"),
    ]
    names = {"level:province": "省级"}
    rules = fold(clauses, SCHOOL, AT, names=names, notices=[PROVINCE])
    return {"chain": rules["activity.lead_days"], "pending": rules["theme"]}


def _clause(notice: NoticeView, code: str, kind: str, params: dict[str, Any], **more: Any) -> ClauseView:
    made = kinds()[kind].model_validate(params)
    audience = Audience.model_validate(more.pop("audience", {}))
    plain = ClauseView(
        int(code[-2:]), notice, code, "", kind, made.key(), made, audience, Strictness.HARD, Status.FINAL, Mode(made.MODE)
    )  # fmt: skip
    return replace(plain, **more)
