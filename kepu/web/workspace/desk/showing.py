"""Drafts and their clauses as the desk shows them. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from pydantic import ValidationError

from kepu.core.contacts import mask_text
from kepu.notices.format.schema import FileClause
from kepu.notices.inheritance import STRICTNESS_WORDS
from kepu.notices.kinds import Strictness, kinds
from kepu.notices.models import ClauseState, DraftClause, NoticeDraft
from kepu.notices.queries import DraftProblem
from kepu.web.portal.notices.showing import TONES

SURE, LIKELY = 0.85, 0.6
KINDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (lazy("主题和时间"), ("theme", "window")),
    (lazy("活动怎么办"), ("gate", "routing", "quota", "coverage", "mark")),
    (lazy("要交什么"), ("duty", "form", "call", "file_rule")),
    (lazy("办些什么"), ("track", "list", "programme", "party")),
    (lazy("评价和表扬"), ("indicator", "commendation")),
    (lazy("其他"), ("contact", "text")),
)
MEANS: dict[str, Any] = {
    "theme": lazy("今年的主题、副主题，谁可以自拟副主题"), "window": lazy("集中开展、主场、发布等从哪天到哪天"),
    "gate": lazy("填报、发布、完善时必须满足的条件：提前几天、至少多少人"), "routing": lazy("谁填报的活动由谁审核"),
    "quota": lazy("每个单位、每个地区至少几项"), "coverage": lazy("要覆盖到每个村、每个社区"), "mark": lazy("宣传要用的标识和字样"),
    "duty": lazy("谁在什么时候以前把什么报给谁"), "form": lazy("附件里的表格，有哪些栏"), "call": lazy("向谁征集图片、视频、作品"),
    "file_rule": lazy("图片、视频的格式、大小、命名"), "track": lazy("活动板块、联合行动、专项行动"),
    "list": lazy("行业领域、进基层、服务人群等清单"), "programme": lazy("主场、启动仪式、竞赛、展览"),
    "party": lazy("联合主办、统筹单位、协调机制"), "indicator": lazy("按哪些指标评价"), "commendation": lazy("谁推荐、谁表扬、按什么标准"),
    "contact": lazy("有事找哪个部门"), "text": lazy("只说给人看的话"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of clause to choose from."""

    code: str
    label: str
    means: str


def kind_groups() -> list[tuple[str, list[KindChoice]]]:
    """Every kind, grouped as a notice goes, each with what it is for."""
    labels = kinds()
    return [
        (str(title), [KindChoice(code, str(labels[code].LABEL), str(MEANS[code])) for code in codes])
        for title, codes in KINDS
    ]


@dataclass(frozen=True, slots=True)
class ShownFlag:
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A clause of a draft in the list: what it says, how it stands, what somebody must look at."""

    row: DraftClause
    kind: str
    number: str
    summary: str
    sentence: str
    strictness: str
    tone: str
    state: str
    waits: bool
    sure: str  # "sure", "likely", "unsure" for what was read in a document, else ""
    confidence: str
    flags: tuple[ShownFlag, ...]
    problems: tuple[DraftProblem, ...] = field(default=())
    quote: str = ""


def shown_rows(
    rows: Sequence[DraftClause], problems: Iterable[DraftProblem] = (), text: str = ""
) -> list[ShownRow]:
    """The rows of a draft as the list shows them; ``text`` is the document they were read from."""
    by_clause: dict[str, list[DraftProblem]] = {}
    for problem in problems:
        by_clause.setdefault(problem.clause, []).append(problem)
    return [_shown(row, tuple(by_clause.get(row.code, ())), text) for row in rows]


def _shown(row: DraftClause, problems: tuple[DraftProblem, ...], text: str) -> ShownRow:
    label = str(kinds()[row.kind].LABEL) if row.kind in kinds() else row.kind
    try:
        clause = FileClause.model_validate(row.data)
        sentence, strict = clause.params.sentence(), clause.effective_strictness()
    except ValidationError:
        sentence, strict = "", Strictness.NONE
    confidence = float(row.proposal.get("confidence") or 0)
    read = bool(row.proposal.get("spans"))
    return ShownRow(
        row, label, str(row.data.get("number") or ""), str(row.data.get("summary") or ""), sentence,
        str(STRICTNESS_WORDS[strict]) if strict is not Strictness.NONE else "", TONES[strict],
        str(ClauseState(row.state).label), row.state == ClauseState.PROPOSED,
        ("sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "unsure") if read else "",
        _("把握%(n)s%%") % {"n": round(confidence * 100)} if read else "",
        tuple(ShownFlag(f.get("code", ""), f.get("sentence", "")) for f in row.proposal.get("flags", ())),
        problems, quote_of(row, text),
    )  # fmt: skip


def paper_of(draft: NoticeDraft) -> str:
    """The document a draft was read from, as pages show it: numbers and mailboxes are masked, every span stays where it was."""
    return mask_text(draft.source_text)


def quote_of(row: DraftClause, text: str, most: int = 160) -> str:
    """The sentence of the document a clause was read from, shortened."""
    spans = row.proposal.get("spans") or ()
    parts = [" ".join(text[int(a) : int(b)].split()) for a, b in spans[:2]] if text else []
    quote = " … ".join(p for p in parts if p)
    return quote if len(quote) <= most else f"{quote[: most - 1]}…"
