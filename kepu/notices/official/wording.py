"""What the document says for a clause, and the titles of headings that nobody has written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kepu.notices.format.schema import ClauseBase
from kepu.notices.kinds import Status
from kepu.notices.official.text import one_line, paragraphs

ABOUT = {
    "theme": "活动主题", "window": "活动时间", "list": "活动内容", "track": "活动板块", "programme": "主要安排", "quota": "数量要求",
    "coverage": "覆盖要求", "gate": "活动要求", "duty": "材料报送", "form": "填报表格", "file_rule": "文件要求", "call": "作品征集",
    "routing": "活动审核", "indicator": "评价指标", "commendation": "推荐表扬", "mark": "标识使用", "party": "组织分工",
    "contact": "联系方式", "text": "有关要求",
}  # fmt: skip
_ENDS = "。！？；：…”）.!?;:)"


def said(clause: ClauseBase, names: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The paragraphs of a clause: its wording as it stands, else the sentence of its rule.

    A sentence does not say how settled it is, nor whom it binds: that is added in brackets, the latter where
    ``names`` gives the names of codes. Whoever writes a wording says it themselves.
    """
    if clause.wording and (written := paragraphs(clause.wording)):
        return written
    told = paragraphs(clause.params.sentence()) or paragraphs(clause.summary)
    return (*told[:-1], ended(told[-1]) + _remarks(clause, names)) if told else ()


def ended(sentence: str) -> str:
    """The sentence with a full stop, if it has none."""
    return sentence if sentence.endswith(tuple(_ENDS)) else f"{sentence}。"


def title_from(kinds: Iterable[str]) -> str:
    """A heading for clauses of these kinds: “活动主题和活动时间”."""
    about = list(dict.fromkeys(ABOUT.get(kind, ABOUT["text"]) for kind in kinds)) or [ABOUT["text"]]
    if len(about) <= 2:
        return "和".join(about)
    return f"{'、'.join(about[:2])}等"


def _remarks(clause: ClauseBase, names: Mapping[str, Any] | None) -> str:
    said = ""
    if clause.status is Status.TENTATIVE:
        said += "（暂定）"
    elif clause.status is Status.PENDING:
        said += f"（待定：{one_line(clause.waits_for or '')}）"
    if names is not None and not clause.audience.is_everybody():
        said += f"（适用对象：{one_line(clause.audience.words(dict(names)))}）"
    return said
