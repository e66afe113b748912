"""What the schema cannot see: words no vocabulary knows, keys set twice, a child that loosens its parent."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.format.lines import Lines
from kepu.notices.format.problems import Problem
from kepu.notices.format.schema import NoticeFile
from kepu.notices.kinds import Mode


@dataclass(frozen=True)
class Surroundings:
    """What a notice is checked against: vocabularies by name, and the notices above it, nearest first."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # "kind", "level", "place", "line" …
    parents: Sequence[NoticeFile] = ()
    known_notices: frozenset[str] = frozenset()


_VOCABULARIES = {
    "kinds": "kind", "levels": "level", "places": "place", "place_kinds": "place_kind", "lines": "line",
    "designations": "designation", "members_of": "body", "roles": "role",
}  # fmt: skip


def check_notice(notice: NoticeFile, text: str, file: str, around: Surroundings) -> list[Problem]:
    """Every problem beyond the schema: errors, and things worth a look."""
    lines = Lines(text)
    said: list[Problem] = []
    said += _check_header(notice, lines, file, around)
    seen: dict[tuple[str, Any], str] = {}
    for i, clause in enumerate(notice.clause):
        said += _check_words(clause.audience, ("clause", i, "audience"), lines, file, around, clause.id)
        if clause.scope and around.words.get("place") and clause.scope not in around.words["place"]:
            said.append(
                Problem(
                    file,
                    lines.of(("clause", i, "scope")),
                    _("没有代码为“%(code)s”的地区。") % {"code": clause.scope},
                )
            )
        same = (clause.rule_key(), clause.audience)
        if same in seen:
            said.append(
                Problem(
                    file, lines.of(("clause", i)),
                    _("%(id)s 和 %(other)s 对同样的对象规定了同一条规则“%(key)s”，后写的会盖过先写的；请用 key 或 audience 区分。")
                    % {"id": clause.id, "other": seen[same], "key": clause.rule_key()},
                    is_error=False, clause=clause.id,
                )
            )  # fmt: skip
        seen[same] = clause.id
        said += _check_against_parents(clause, i, lines, file, around)
    return said


def _check_header(notice: NoticeFile, lines: Lines, file: str, around: Surroundings) -> list[Problem]:
    head, said = notice.notice, []
    places = around.words.get("place")
    if places and head.place not in places:
        said.append(
            Problem(
                file, lines.of(("notice", "place")), _("没有代码为“%(code)s”的地区。") % {"code": head.place}
            )
        )
    if head.line and around.words.get("line") and head.line not in around.words["line"]:
        said.append(
            Problem(
                file, lines.of(("notice", "line")), _("没有代码为“%(code)s”的系统。") % {"code": head.line}
            )
        )
    if around.known_notices:
        for name in ("parents", "replaces", "amends"):
            for code in getattr(head, name):
                if code not in around.known_notices:
                    said.append(
                        Problem(
                            file, lines.of(("notice", name)),
                            _("找不到通知“%(code)s”。上级通知未见正文的，可先录入一份 status = \"placeholder\" 的。") % {"code": code},
                            is_error=False,
                        )
                    )  # fmt: skip
    if head.issued and head.printed and head.printed < head.issued:
        said.append(
            Problem(
                file,
                lines.of(("notice", "printed")),
                _("印发（printed）早于落款日期（issued）。"),
                is_error=False,
            )
        )
    return said


def _check_words(
    audience: Any, location: tuple[Any, ...], lines: Lines, file: str, around: Surroundings, clause: str
) -> list[Problem]:
    said = []
    for name, vocabulary in _VOCABULARIES.items():
        known = around.words.get(vocabulary)
        if not known:
            continue
        for code in getattr(audience, name):
            if code not in known:
                close = difflib.get_close_matches(code, known, n=1)
                hint = (
                    _("是不是“%(close)s”？") % {"close": close[0]}
                    if close
                    else _("请先在 season.toml 里登记。")
                )
                said.append(
                    Problem(
                        file, lines.of((*location, name)),
                        _("%(clause)s 的对象里，%(name)s 不认识“%(code)s”。%(hint)s")
                        % {"clause": clause, "name": name, "code": code, "hint": hint},
                        clause=clause,
                    )
                )  # fmt: skip
    for group in ("any_of", "exceptions"):
        for j, inner in enumerate(getattr(audience, group)):
            said += _check_words(inner, (*location, group, j), lines, file, around, clause)
    return said


def _check_against_parents(
    clause: Any, i: int, lines: Lines, file: str, around: Surroundings
) -> list[Problem]:
    """A fixed value changed, or a tightened one loosened, against the nearest parent that sets the same rule."""
    mode = clause.effective_mode()
    if mode not in (Mode.TIGHTEN, Mode.FIXED):
        return []
    key = clause.rule_key()
    for parent in around.parents:
        above = [c for c in parent.clause if c.rule_key() == key and c.kind == clause.kind]
        if not above:
            continue
        source = parent.notice.number or f"《{parent.notice.title}》"
        for theirs in above:
            cite = f"{source} {theirs.number}".strip()
            if (
                mode is Mode.FIXED
                and clause.params.differs_from(theirs.params)
                and theirs.effective_mode() is Mode.FIXED
            ):
                return [
                    Problem(
                        file, lines.of(("clause", i, clause.kind)),
                        _("%(id)s 改动了上级固定不变的内容（%(cite)s，%(code)s）：%(sentence)s请照上级填写。")
                        % {"id": clause.id, "cite": cite, "code": theirs.id, "sentence": theirs.params.sentence()},
                        clause=clause.id,
                    )
                ]  # fmt: skip
            if mode is Mode.TIGHTEN and (why := clause.params.looser_than(theirs.params)):
                return [
                    Problem(
                        file, lines.of(("clause", i, clause.kind)),
                        _("%(id)s 比上级放宽了（%(cite)s，%(code)s）：%(why)s。下级只能收紧；确属另一件事的，请另取规则名 key。")
                        % {"id": clause.id, "cite": cite, "code": theirs.id, "why": "；".join(why)},
                        clause=clause.id,
                    )
                ]  # fmt: skip
        return []
    return []
