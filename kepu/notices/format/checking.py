"""What the schema cannot see: words no vocabulary knows, keys set twice, circles, a child that loosens its parent."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.format.conflicts import conflicts
from kepu.notices.format.lines import Lines
from kepu.notices.format.looseness import against_amended, against_parents, worth_a_look
from kepu.notices.format.meaning import meaning_of, words_of_header
from kepu.notices.format.problems import Problem
from kepu.notices.format.schema import NoticeFile
from kepu.notices.format.standing import Known, misplaced


@dataclass(frozen=True)
class Surroundings:
    """What a notice is checked against: vocabularies by name, and the notices above it, nearest first."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # "kind", "level", "place", "line" …
    parents: Sequence[NoticeFile] = ()
    known_notices: frozenset[str] = frozenset()
    amended: Sequence[NoticeFile] = ()  # the notices that it supplements or corrects
    unread: Mapping[str, str] = field(
        default_factory=dict
    )  # {code: file} of notices beside it that have errors
    season: str = ""  # the code of the season file beside it
    others: Mapping[str, Known] = field(default_factory=dict)  # the season's other notices, by code


_VOCABULARIES = {
    "kinds": "kind", "levels": "level", "places": "place", "place_kinds": "place_kind", "lines": "line",
    "designations": "designation", "members_of": "body", "roles": "role",
}  # fmt: skip


def check_notice(notice: NoticeFile, text: str, file: str, around: Surroundings) -> list[Problem]:
    """Every problem beyond the schema: errors, and things worth a look."""
    lines = Lines(text)
    said: list[Problem] = []
    said += _check_header(notice, lines, file, around)
    keys = _keys_in_hand(notice, around)
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
                    _("%(id)s 和 %(other)s 对同样的对象规定了同一条规则“%(key)s”，后写的会盖过先写的；请写明各对谁说（audience），或另起规则名（key）。")
                    % {"id": clause.id, "other": seen[same], "key": clause.rule_key()},
                    is_error=False, clause=clause.id,
                )
            )  # fmt: skip
        seen[same] = clause.id
        said += _check_meaning(notice, i, lines, file, around, keys)
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
    for found in words_of_header(head, around.words):
        said.append(Problem(file, lines.of(("notice", *found.path)), found.sentence))
    for wrong in misplaced(head, around.others):
        said.append(Problem(file, lines.of(("notice", wrong.field)), wrong.sentence))
    if around.season and around.season != head.season:
        said.append(
            Problem(
                file, lines.of(("notice", "season")),
                _("届次写的是“%(mine)s”，同一文件夹里的 season.toml 是“%(theirs)s”。请改成一致，或换个文件夹。")
                % {"mine": head.season, "theirs": around.season},
            )
        )  # fmt: skip
    if around.known_notices:
        for name in ("parents", "replaces", "amends"):
            for code in getattr(head, name):
                if broken := around.unread.get(code):
                    said.append(
                        Problem(
                            file, lines.of(("notice", name)),
                            _("通知“%(code)s”（%(file)s）还有错误，没有和它比对；请先改好那一份。") % {"code": code, "file": broken},
                            is_error=False,
                        )
                    )  # fmt: skip
                elif code not in around.known_notices:
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


def _check_meaning(
    notice: NoticeFile, i: int, lines: Lines, file: str, around: Surroundings, keys: frozenset[str]
) -> list[Problem]:
    """Words, facts and names in the clause's own table, and how it stands to the notices above."""
    clause: Any = notice.clause[i]
    at = ("clause", i, clause.kind)
    said = [
        Problem(
            file, lines.of((*at, *found.path)), f"{clause.id}{_('：')}{found.sentence}", found.is_error, clause.id
        )
        for found in meaning_of(clause.params, around.words, keys, clause.effective_mode())
    ]  # fmt: skip
    wrong = against_parents(clause, around.parents) or against_amended(clause, around.amended)
    look = "" if wrong else worth_a_look(clause, around.parents, amends=bool(notice.notice.amends))
    if wrong or look:
        said.append(Problem(file, lines.of(at), wrong or look, bool(wrong), clause.id))
    if not (wrong or look):
        said += [
            Problem(file, lines.of(at), sentence, is_error=False, clause=clause.id)
            for sentence in conflicts(clause, notice, around.parents)
        ]
    return said


def _keys_in_hand(notice: NoticeFile, around: Surroundings) -> frozenset[str]:
    """The rules that a clause may point at; empty when not every notice around is in hand."""
    if not around.known_notices or around.unread:
        return frozenset()
    hand = (notice, *around.parents, *around.amended)
    if any(n.notice.status == "placeholder" for n in hand):
        return frozenset()
    return frozenset(c.rule_key() for n in hand for c in n.clause) | {"theme", "subtheme"}
