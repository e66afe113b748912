"""Conflicts that no mode forbids and that trip up whoever must follow both: a window outside, two picture standards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.format.schema import ClauseBase, NoticeFile
from kepu.notices.kinds import Mode
from kepu.notices.kinds.file_rule import UNITS, FileRule
from kepu.notices.kinds.window import Window

_COMPARED = ("formats", *UNITS, "aspect", "orientation", "name_pattern")


def conflicts(clause: ClauseBase, notice: NoticeFile, parents: Sequence[NoticeFile]) -> Iterator[str]:
    """Sentences on what is allowed and hardly meant, for one clause of ``notice``; ``parents`` nearest first."""
    params: Any = clause.params
    if isinstance(params, Window):
        yield from _window_outside(clause, params, parents)
    elif isinstance(params, FileRule):
        yield from _two_standards(clause, params, notice, parents)


def _window_outside(clause: ClauseBase, mine: Window, parents: Sequence[NoticeFile]) -> Iterator[str]:
    above = [
        (parent, c, c.params)
        for parent in parents
        for c in parent.clause
        if isinstance(c.params, Window) and c.params.purpose == mine.purpose
    ]
    same = [(parent, c, theirs) for parent, c, theirs in above if c.rule_key() == clause.rule_key()]
    if same and mine.purpose == "activity" and clause.effective_mode() is Mode.UNION:
        parent, theirs, window = same[0]
        if mine.looser_than(window):
            yield _("%(id)s 的时间段超出了上级的（%(cite)s，%(code)s）：%(sentence)s请核对。") % {
                "id": clause.id, "cite": _cite(parent, theirs), "code": theirs.id, "sentence": window.sentence(),
            }  # fmt: skip
    elif (
        not same and mine.purpose == "activity" and above and not any(_inside(mine, w) for _p, _c, w in above)
    ):
        parent, theirs, window = above[0]
        yield _("%(id)s 的时间段不在上级的任何一个时间段之内（如%(cite)s，%(code)s：%(sentence)s）请核对年份和日期。") % {
            "id": clause.id, "cite": _cite(parent, theirs), "code": theirs.id, "sentence": window.sentence(),
        }  # fmt: skip


def _inside(mine: Window, theirs: Window) -> bool:
    begins, ends = mine.begins(), mine.ends()
    return (begins is None or theirs.contains(begins)) and (ends is None or theirs.contains(ends))


def _two_standards(
    clause: ClauseBase, mine: FileRule, notice: NoticeFile, parents: Sequence[NoticeFile]
) -> Iterator[str]:
    for other in (notice, *parents):
        for c in other.clause:
            theirs: Any = c.params
            if c.id == clause.id or not isinstance(theirs, FileRule) or theirs.material != mine.material:
                continue
            if c.rule_key() == clause.rule_key() or theirs.call == mine.call or not _differ(mine, theirs):
                continue  # of one call the demands add up; one level down they are tightened, which is said elsewhere
            yield _("%(id)s 和 %(cite)s（%(code)s）对同一种材料有两个标准：这里是“%(mine)s”那里是“%(theirs)s”基层要准备两份，请核对。") % {
                "id": clause.id, "cite": _cite(other, c), "code": c.id, "mine": mine.sentence(), "theirs": theirs.sentence(),
            }  # fmt: skip
            return


def _differ(mine: FileRule, theirs: FileRule) -> bool:
    """Whether both say something about one measure, and not the same."""
    return any(
        getattr(mine, name) and getattr(theirs, name) and getattr(mine, name) != getattr(theirs, name)
        for name in _COMPARED
    )


def _cite(notice: NoticeFile, clause: Any) -> str:
    return f"{notice.notice.number or f'《{notice.notice.title}》'} {clause.number}".strip()
