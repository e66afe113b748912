"""A table of places, line by line: each becomes a division with its path, or a sentence that says why not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from kepu.core import sheets
from kepu.core.sheets import Row
from kepu.orgs.divisions import LEVEL_OF_KIND, Division, is_official, official_parent
from kepu.orgs.workflow import LEVELS, NATION, Level, PlaceKind

CODE = ("code", "代码", "地区代码")
NAME = ("name", "名称", "地区名称")
KIND = ("kind", "类别")
PARENT = ("parent_code", "上级代码")
LEVEL = ("level", "级别")
VALID_FROM = ("valid_from", "启用日期")
VALID_TO = ("valid_to", "停用日期")
EXPECTED = ((CODE[1], NAME[1], KIND[1], PARENT[1]), (CODE[0], NAME[0], KIND[0], PARENT[0]))

AREAS = (PlaceKind.ZONE, PlaceKind.NEW_AREA, PlaceKind.PARK)  # may stand as high as the place they lie in
_LONGEST_PATH = 120
C = TypeVar("C", PlaceKind, Level)


@dataclass(frozen=True, slots=True)
class Known:
    """A place that is there already."""

    path: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class Examined:
    """One line: the division and its path, or the sentence that refuses it."""

    line: int
    division: Division | None = None
    path: str = ""
    sentence: str = ""


class _Bad(Exception):
    """The sentence for a line that cannot be taken."""


def codes_in(rows: Iterable[Row]) -> set[str]:
    """Every code that the table speaks of, and every code that official codes in it speak of."""
    codes = {NATION}
    for row in rows:
        for code in (sheets.code(row.get(*CODE)), sheets.code(row.get(*PARENT))):
            codes |= {code, code[:9], code[:6], code[:4] + "00", code[:2] + "0000"}
    return codes


def examine(rows: Iterable[Row], existing: Mapping[str, Known]) -> list[Examined]:
    """Look at every line. A line stands on its parent's: where that is refused, it is refused too."""
    examined: dict[int, Examined] = {}
    first: dict[str, tuple[int, Division]] = {}
    for row in rows:
        try:
            division = _division(row)
            if division.code in first:
                raise _Bad(
                    _("代码 %(code)s 在第 %(line)d 行已经出现过。请删去一行。")
                    % {"code": division.code, "line": first[division.code][0]}
                )
            first[division.code] = (row.line, division)
        except _Bad as bad:
            examined[row.line] = Examined(row.line, sentence=str(bad))
    placed = _Placing(first, existing)
    for code, (line, division) in first.items():
        try:
            path, level = placed.place(code)
            examined[line] = Examined(line, replace(division, level=Level(level)), path)
        except _Bad as bad:
            examined[line] = Examined(line, sentence=str(bad))
    return [examined[line] for line in sorted(examined)]


class _Placing:
    """Finds every new place's path, parents first, whatever the order of the lines."""

    def __init__(self, rows: Mapping[str, tuple[int, Division]], existing: Mapping[str, Known]) -> None:
        self.rows = rows
        self.existing = existing
        self.known = {*existing, *rows}
        self.found: dict[str, tuple[str, str] | _Bad] = {}

    def place(self, code: str) -> tuple[str, str]:
        """The path and level of a place of the table. Walks up without recursion: a chain may be long."""
        wanted, chain = code, dict[str, None]()
        while code in self.rows and code not in self.found and code not in chain:
            chain[code] = None
            code = self.rows[code][1].parent
        if code in chain:
            members = list(chain)[list(chain).index(code) :]
            shown = [*members, code] if len(members) < 6 else [*members[:5], "…", code]
            circular = _Bad(
                _("上级关系绕成了一圈：%(circle)s。请改正其中一行的上级代码。")
                % {"circle": " → ".join(shown)}
            )
            self.found |= dict.fromkeys(members, circular)
        for member in reversed(chain):
            if member not in self.found:
                self.found[member] = self._try(self.rows[member][1])
        answer = self.found[wanted]
        if isinstance(answer, _Bad):
            raise answer
        return answer

    def _try(self, division: Division) -> tuple[str, str] | _Bad:
        try:
            parent_path, parent_level = self._parent(division)
            self._check_official(division, parent_path)
            _check_level(division, parent_level)
        except _Bad as bad:
            return bad
        known = self.existing.get(division.code)
        if known is not None and known.parent != division.parent:
            return _Bad(
                _("“%(name)s”（%(code)s）已在 %(there)s 之下，不能改挂到 %(here)s。请改回原来的上级代码。")
                % {
                    "name": division.name,
                    "code": division.code,
                    "there": known.parent,
                    "here": division.parent,
                }
            )
        path = f"{parent_path}{division.code}/" if division.parent else "/"
        if len(path) > _LONGEST_PATH:
            return _Bad(_("“%(name)s”上面的层级太多或代码太长。请缩短自编的代码。") % {"name": division.name})
        return path, division.level

    def _parent(self, division: Division) -> tuple[str, str]:
        if not division.parent:
            return "", ""
        above = self.found.get(division.parent)
        if isinstance(above, _Bad):
            raise _Bad(_("上级 %(code)s 那一行没有通过。请先改正那一行。") % {"code": division.parent})
        if above is not None:
            return above
        known = self.existing.get(division.parent)
        if known is None:
            raise _Bad(
                _("找不到上级 %(code)s。请改正上级代码，或把上级也写进表里。") % {"code": division.parent}
            )
        return known.path, known.level

    def _check_official(self, division: Division, parent_path: str) -> None:
        """An official code says where it lies. It may lie in an area without one, if that lies around it."""
        if not is_official(division.code) or not division.parent:
            return
        right = official_parent(division.code, self.known)
        if division.parent == right:
            return
        if not is_official(division.parent) and division.parent != NATION:
            nearest = next((c for c in reversed(parent_path.split("/")) if c and is_official(c)), NATION)
            while right not in (nearest, NATION):
                right = official_parent(right, self.known)
            if right == nearest:
                return
            right = official_parent(division.code, self.known)
        raise _Bad(
            _("代码 %(code)s 按国家标准属于 %(right)s，不属于 %(parent)s。请改正代码或上级代码。")
            % {"code": division.code, "right": right, "parent": division.parent}
        )


def _check_level(division: Division, parent_level: str) -> None:
    if not parent_level:
        return
    above, here = LEVELS.index(Level(parent_level)), LEVELS.index(division.level)
    if here < above or (here == above and division.kind not in AREAS):
        raise _Bad(
            _("“%(name)s”的级别（%(level)s）应低于上级的级别（%(above)s）。请改正级别、类别或上级代码。")
            % {"name": division.name, "level": division.level.label, "above": Level(parent_level).label}
        )


def _division(row: Row) -> Division:
    code, name, parent = sheets.code(row.get(*CODE)), row.get(*NAME), sheets.code(row.get(*PARENT))
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]{0,19}", code, re.ASCII):
        raise _Bad(_("代码“%(code)s”不能用。代码只用字母、数字、横线，最多 20 个字符。") % {"code": code})
    if not name or len(name) > 60:
        raise _Bad(_("%(code)s 的名称空着或超过 60 字。请填上名称。") % {"code": code})
    kind = _choice(PlaceKind, row.get(*KIND), _("类别"))
    if not parent and kind != PlaceKind.NATION:
        raise _Bad(_("“%(name)s”没有上级代码。请填上它所在地区的代码。") % {"name": name})
    level = _choice(Level, row.get(*LEVEL), _("级别")) if row.get(*LEVEL) else LEVEL_OF_KIND[kind]
    since, until = _day(row.get(*VALID_FROM)), _day(row.get(*VALID_TO))
    if since and until and until < since:
        raise _Bad(_("“%(name)s”的停用日期早于启用日期。请改正。") % {"name": name})
    return Division(code, name, kind, level, parent, since, until)


def _choice(choices: type[C], text: str, what: str) -> C:
    known: dict[str, C] = {}
    for choice in choices:
        known |= {str(choice.label): choice, choice.value: choice}
    if text in known:
        return known[text]
    words = [str(choice.label) for choice in choices]
    near = sheets.Suggestions(known).sentence(text)
    raise _Bad(
        _("%(what)s“%(text)s”不认识。%(near)s可用的有：%(all)s。")
        % {"what": what, "text": text, "near": near, "all": _("、").join(words)}
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _Bad(_("日期“%(text)s”不认识。请写成 2023-09-08 的样子。") % {"text": text}) from None
