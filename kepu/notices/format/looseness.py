"""A clause against the same rule of the notices above it, and of the notice that it supplements or corrects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.format.schema import ClauseBase, NoticeFile
from kepu.notices.inheritance import STRICTNESS_WORDS
from kepu.notices.kinds import Mode
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.base import STRICTER


def against_parents(clause: ClauseBase, parents: Sequence[NoticeFile]) -> str:
    """The error of a *fixed* value changed or a *tightened* one loosened; "" when there is none."""
    mode = clause.effective_mode()
    if mode not in (Mode.TIGHTEN, Mode.FIXED):
        return ""
    for parent, theirs in _same_rule(clause, parents):
        names = {"id": clause.id, "cite": _cite(parent, theirs), "code": theirs.id}
        if mode is Mode.FIXED:
            if theirs.effective_mode() is Mode.FIXED and clause.params.differs_from(theirs.params):
                return _("%(id)s 改动了上级固定不变的内容（%(cite)s，%(code)s）：%(sentence)s请照上级填写。") % {
                    **names, "sentence": theirs.params.sentence(),
                }  # fmt: skip
        elif why := _looser(clause, theirs):
            return _(
                "%(id)s 比上级放宽了（%(cite)s，%(code)s）：%(why)s。下级只能收紧；确属另一件事的，请另取规则名 key。"
            ) % {**names, "why": "；".join(why)}
    return ""


def against_amended(clause: ClauseBase, amended: Sequence[NoticeFile]) -> str:
    """The error of a supplement that means to ease a rule and would not: *tighten* keeps the stricter one."""
    if clause.effective_mode() is not Mode.TIGHTEN:
        return ""
    for notice, theirs in _same_rule(clause, amended):
        if why := _looser(clause, theirs):
            return _(
                "%(id)s 比原通知放宽了（%(cite)s，%(code)s）：%(why)s。这样写，原来的规定照旧；要以本通知为准，请写 mode = \"replace\"。"
            ) % {"id": clause.id, "cite": _cite(notice, theirs), "code": theirs.id, "why": "；".join(why)}  # fmt: skip
    return ""


def worth_a_look(clause: ClauseBase, parents: Sequence[NoticeFile], *, amends: bool) -> str:
    """Looser than the notices above where the mode allows it, but hardly meant: a wider window, a deadline put off."""
    mode, params = clause.effective_mode(), clause.params
    put_off = amends and mode is Mode.REPLACE and params.MODE is Mode.TIGHTEN
    if clause.kind == "routing":  # four eyes stay, whatever the mode: saying No to them does nothing
        return _without_effect(clause, parents)
    wider = clause.kind == "window" and mode is Mode.UNION and getattr(params, "purpose", "") != "activity"
    if not (put_off or wider):
        return ""
    for parent, theirs in _same_rule(clause, parents):
        if why := _looser(clause, theirs):
            return _("%(id)s 比上级的规定（%(cite)s，%(code)s）宽：%(why)s。请核对。") % {
                "id": clause.id, "cite": _cite(parent, theirs), "code": theirs.id, "why": "；".join(why),
            }  # fmt: skip
    return ""


def _without_effect(clause: ClauseBase, parents: Sequence[NoticeFile]) -> str:
    for parent, theirs in _same_rule(clause, parents):
        if why := clause.params.looser_than(theirs.params):
            return _("%(id)s 去不掉上级的要求（%(cite)s，%(code)s）：%(why)s。仍照上级办，请删去这一处。") % {
                "id": clause.id, "cite": _cite(parent, theirs), "code": theirs.id, "why": "；".join(why),
            }  # fmt: skip
    return ""


def _same_rule(clause: ClauseBase, notices: Sequence[NoticeFile]) -> list[tuple[NoticeFile, Any]]:
    """The clauses that this one stands on, the nearest first; those above a *replaced* one no longer matter."""
    found: list[tuple[NoticeFile, Any]] = []
    for notice in notices:
        same = [c for c in notice.clause if c.rule_key() == clause.rule_key() and c.kind == clause.kind]
        found += [(notice, c) for c in same]
        if any(c.effective_mode() in (Mode.REPLACE, Mode.SHIFT) for c in same):
            break
    return found


def _looser(clause: ClauseBase, theirs: ClauseBase) -> list[str]:
    if clause.kind != "duty" and not _may_meet(clause.audience, theirs.audience):
        return []  # a duty of the next link of the chain is an outer limit; anything else of others is no concern
    why = [w.rstrip("。.") for w in clause.params.looser_than(theirs.params)]
    mine, above = clause.strictness, theirs.effective_strictness()
    softer = mine is not None and STRICTER.index(mine) < STRICTER.index(above)
    if (
        softer
        and mine is not None
        and clause.kind != "window"
        and _may_meet(clause.audience, theirs.audience)
    ):
        why.append(
            _("上级是“%(parent)s”，这里写的是“%(child)s”")
            % {"parent": STRICTNESS_WORDS[above], "child": STRICTNESS_WORDS[mine]}
        )
    return why


def _may_meet(mine: Audience, theirs: Audience) -> bool:
    """Whether some unit may belong to both."""
    for name in ("kinds", "levels", "place_kinds", "units"):
        a, b = getattr(mine, name), getattr(theirs, name)
        if a and b and set(a).isdisjoint(b):
            return False
    return True


def _cite(notice: NoticeFile, clause: ClauseBase) -> str:
    return f"{notice.notice.number or f'《{notice.notice.title}》'} {clause.number}".strip()
