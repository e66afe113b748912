"""Codes of forms by their titles, the same wherever a form is named."""

from __future__ import annotations

import re

from kepu.notices.drafting.values.codes import code_for

_FORMS = (
    (re.compile(r"重点.{0,8}(?:安排表|活动表|项目表)"), "key_activity_table"), (re.compile(r"清单"), "key_activity_list"), (re.compile(r"分会场.{0,6}表"), "branch_venue_table"),
    (re.compile(r"推荐.{0,2}(?:表|书)"), "nomination"), (re.compile(r"登记表"), "registration"), (re.compile(r"报名表"), "application"), (re.compile(r"申报.{0,2}(?:表|书)"), "application"),
    (re.compile(r"汇总表"), "collection_table"), (re.compile(r"统计表"), "statistics"), (re.compile(r"计划表|安排表|活动表|预告表"), "plan_table"), (re.compile(r"回执"), "reply"),
    (re.compile(r"信息表|信息采集表"), "information"), (re.compile(r"总结.{0,4}(?:表|提纲|模板)"), "summary_outline"), (re.compile(r"承诺书|声明"), "declaration"), (re.compile(r"评分"), "scores"),
)  # fmt: skip


def form_code(title: str) -> str:
    """The code for a form with this title."""
    return next((code for pattern, code in _FORMS if pattern.search(title)), "") or code_for(
        title, prefix="form"
    )
