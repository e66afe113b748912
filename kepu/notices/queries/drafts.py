"""Reads of drafts: a draft as the notice file it will be, what is still wrong with it, and what lies above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from kepu.notices import rules
from kepu.notices.format.checking import check_notice
from kepu.notices.format.problems import Problem
from kepu.notices.format.schema import FORMAT, FileClause, Header, NoticeFile
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.models import ClauseState, DraftClause, DraftState, NoticeDraft, NoticeStatus, Season
from kepu.notices.queries.notices import surroundings_of
from kepu.notices.rulebook import rule_book
from kepu.orgs.actor import Actor

HEADER = ""  # where a problem stands when it is the header's


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One thing wrong with a draft or worth a look: in which clause ("" is the header), in a sentence."""

    clause: str
    sentence: str
    is_error: bool = True

    def told(self) -> str:
        """The sentence where the clause is not said beside it."""
        return f"{self.clause}{_('：')}{self.sentence}" if self.clause else self.sentence


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft as it stands: the notice file of what is confirmed and whole, and everything that is not."""

    file: NoticeFile | None  # None while the header is not whole
    problems: tuple[DraftProblem, ...]
    undecided: int  # proposals that nobody has looked at yet

    @property
    def errors(self) -> tuple[DraftProblem, ...]:
        return tuple(p for p in self.problems if p.is_error)

    @property
    def remarks(self) -> tuple[DraftProblem, ...]:
        return tuple(p for p in self.problems if not p.is_error)

    @property
    def may_be_issued(self) -> bool:
        return self.file is not None and not self.errors and not self.undecided


def drafts_for(actor: Actor, season: Season) -> QuerySet[NoticeDraft]:
    """The open and issued drafts that an actor sees, the last changed first, with how many clauses wait for a look."""
    waiting = Count("clauses", filter=Q(clauses__state=ClauseState.PROPOSED))
    return (
        rules.drafts_visible_to(actor)
        .filter(season=season)
        .exclude(state=DraftState.DISCARDED)
        .select_related("place", "line", "notice", "about")
        .annotate(waiting=waiting, size=Count("clauses"))
        .order_by("-changed_at", "-id")
    )


def seasons_with_drafts(actor: Actor, shown: Season) -> list[tuple[Season, int]]:
    """The seasons in which an actor has open drafts, the newest first, with how many; ``shown`` is always one. Two queries."""
    open_drafts = rules.drafts_visible_to(actor).filter(state=DraftState.OPEN)
    counts = dict(open_drafts.order_by().values_list("season").annotate(Count("pk")))
    found = Season.objects.filter(Q(pk__in=counts) | Q(pk=shown.pk)).order_by("-year", "-first_day", "-pk")
    return [(season, counts.get(season.pk, 0)) for season in found]


def clauses_in_order(draft: NoticeDraft) -> list[DraftClause]:
    """The draft's clauses as they stand, those not adopted too. One query."""
    return list(draft.clauses.order_by("position", "id"))


def as_data(draft: NoticeDraft, clauses: Sequence[DraftClause]) -> dict[str, Any]:
    """The draft as the data of a notice file: its header and what is confirmed, faults included."""
    taken = [c.data for c in clauses if c.state == ClauseState.CONFIRMED]
    return {"format": FORMAT, "notice": draft.header, "clause": taken}


def whole_file(draft: NoticeDraft, clauses: Sequence[DraftClause]) -> NoticeFile:
    """The notice file of what is confirmed. Raises pydantic's ValidationError when something is not whole."""
    return NoticeFile.model_validate(as_data(draft, clauses))


def standing_of(draft: NoticeDraft, clauses: Sequence[DraftClause] | None = None) -> Standing:
    """What the draft is by now, checked as a notice file is. A fixed number of queries, however many clauses."""
    rows = clauses_in_order(draft) if clauses is None else clauses
    said: list[DraftProblem] = []
    header = _whole(Header, draft.header, HEADER, said)
    whole = []
    for row in rows:
        if row.state == ClauseState.CONFIRMED:
            clause = _whole(FileClause, row.data, row.code, said)
            if clause is not None:
                whole.append(clause)
    undecided = sum(row.state == ClauseState.PROPOSED for row in rows)
    if header is None:
        return Standing(None, tuple(said), undecided)
    file = NoticeFile.model_construct(notice=header, clause=tuple(whole))
    if header.season != draft.season.code or header.place != draft.place.code:
        said.append(DraftProblem(HEADER, _("文头的届次或地区与这份通知稿不一致。请另起一份。")))
    around = surroundings_of(file, draft.season, draft.place)
    said += [draft_problem(p) for p in check_notice(file, "", "", around)]
    if header.status == NoticeStatus.PLACEHOLDER:
        if whole:
            sentence = _(
                "未见正文的通知不带条款。正文见到了的，请在文头把“是一份什么通知”改成正式通知；没有见到的，条款不采用。"
            )
            said.append(DraftProblem(HEADER, sentence))
    elif not whole:
        said.append(
            DraftProblem(
                HEADER,
                _(
                    "还没有一条确认过的条款。正文没有见到、只登记有这份通知的，请在文头把“是一份什么通知”选成未见正文。"
                ),
            )
        )
    return Standing(file, tuple(said), undecided)


def _whole(model: Any, data: Any, where: str, said: list[DraftProblem]) -> Any:
    """The value, or None and one sentence: what exactly is wrong is said where it is typed, in the words of the form."""
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        n = fault.error_count()
        if where == HEADER:
            sentence = ngettext(
                "文头有%(n)s处没有填好，请打开文头照提示补上。",
                "文头有%(n)s处没有填好，请打开文头照提示补上。",
                n,
            )
        else:
            sentence = ngettext(
                "这一条有%(n)s处没有填好，请打开照提示补上。",
                "这一条有%(n)s处没有填好，请打开照提示补上。",
                n,
            )
        said.append(DraftProblem(where, sentence % {"n": n}))
        return None


def draft_problem(problem: Problem) -> DraftProblem:
    """A problem of the file as one of the draft: which clause it is of is said beside it, not again in the sentence."""
    mine = problem.clause
    sentence = (
        problem.sentence.removeprefix(f"{mine}：").removeprefix(f"{mine} ") if mine else problem.sentence
    )
    return DraftProblem(mine, sentence, problem.is_error)


def rules_above(draft: NoticeDraft, at: datetime) -> Rules:
    """What holds for the draft's unit without the draft: what its clauses stand on. No query once the book is warm."""
    return rule_book(draft.season).rules_for(draft.unit, at)


def from_above(rules: Rules, draft: NoticeDraft) -> list[InForce]:
    """The rules in force that come from a place above the draft's own, those of a wider line too."""
    return [
        rule
        for rule in rules.values()
        if rule.clause.notice.place != draft.place.path
        or (draft.line is not None and not rule.clause.notice.line)
    ]
