"""Whom a clause binds. Fields narrow each other, entries of one field widen it; empty means everybody in its scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from kepu.notices.kinds.base import Code, Text, listed


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a unit decides which clauses bind it. A value, so that rules can be cached by it."""

    place: str  # path
    kind: str
    level: str
    place_kind: str
    line: str = ""  # path
    traits: frozenset[str] = (
        frozenset()
    )  # designations and memberships held, "coordinator", "place:<designation>"
    code: str = ""  # the unit's own code: only for clauses that name units


class Audience(BaseModel):
    """Whom a clause binds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: tuple[Code, ...] = Field((), description="单位类别")
    levels: tuple[Code, ...] = Field((), description="级别：nation province city county town village")
    places: tuple[str, ...] = Field((), description="地区代码：该地区及其以下")
    place_kinds: tuple[Code, ...] = Field((), description="地区类别：county、zone、new_area …")
    lines: tuple[str, ...] = Field((), description="系统代码")
    designations: tuple[Code, ...] = Field((), description="单位或所在地区的称号")
    members_of: tuple[Code, ...] = Field((), description="成员机制")
    roles: tuple[Code, ...] = Field((), description="coordinator：统筹单位")
    units: tuple[str, ...] = Field((), description="点名的单位编号")
    any_of: tuple[Audience, ...] = Field((), description="几类对象任一")
    exceptions: tuple[Audience, ...] = Field((), description="除外的对象")
    only_for: Text | None = Field(
        None, description="只对其中一部分：如 shortlisted（入围者），由后续结果确定"
    )

    def is_everybody(self) -> bool:
        return self == Audience()

    def names_units(self) -> bool:
        """Whether it names single units anywhere: only then does a unit's own code matter."""
        return any(part.units for part in self.parts())

    def parts(self) -> Iterator[Audience]:
        """Itself and every audience inside it, the exceptions too."""
        yield self
        for inner in (*self.any_of, *self.exceptions):
            yield from inner.parts()

    def binds(self, who: Profile, paths: dict[str, str]) -> bool:
        """Whether ``who`` belongs to it. ``paths`` gives the paths of the place and line codes it names."""
        traits = who.traits
        return (
            (not self.kinds or who.kind in self.kinds)
            and (not self.levels or who.level in self.levels)
            and (not self.place_kinds or who.place_kind in self.place_kinds)
            and (
                not self.places
                or any(who.place.startswith(paths.get(f"place:{c}", "\0")) for c in self.places)
            )
            and (
                not self.lines
                or bool(
                    who.line and any(who.line.startswith(paths.get(f"line:{c}", "\0")) for c in self.lines)
                )
            )
            and (
                not self.designations or any(d in traits or f"place:{d}" in traits for d in self.designations)
            )
            and (not self.members_of or any(b in traits for b in self.members_of))
            and (not self.roles or any(r in traits for r in self.roles))
            and (not self.units or who.code in self.units)
            and (not self.any_of or any(a.binds(who, paths) for a in self.any_of))
            and not any(a.binds(who, paths) for a in self.exceptions)
        )

    def specificity(self) -> int:
        """How narrow it is: of two clauses of one notice with the same key, the narrower speaks."""
        fields = (
            self.kinds,
            self.levels,
            self.place_kinds,
            self.lines,
            self.designations,
            self.members_of,
            self.roles,
        )
        return (
            100 * bool(self.units)
            + 10 * bool(self.places)
            + sum(bool(f) for f in fields)
            + max((a.specificity() for a in self.any_of), default=0)
        )

    def words(self, names: dict[str, Any]) -> str:
        """In words; ``names`` gives names for codes (``kind:school``, ``place:441900`` …), lazy ones too."""

        def named(prefix: str, codes: tuple[str, ...]) -> str:
            return listed([names.get(f"{prefix}:{c}", c) for c in codes])

        parts = [
            named(prefix, codes)
            for prefix, codes in (
                ("place", self.places), ("level", self.levels), ("place_kind", self.place_kinds), ("line", self.lines),
                ("designation", self.designations), ("body", self.members_of), ("role", self.roles),
                ("kind", self.kinds), ("unit", self.units),
            ) if codes
        ]  # fmt: skip
        if self.any_of:
            parts.append(str(_("；")).join(a.words(names) for a in self.any_of))
        text = "·".join(parts) or str(_("所有单位"))
        if self.exceptions:
            text += str(_("（%(who)s除外）")) % {"who": listed([a.words(names) for a in self.exceptions])}
        if self.only_for:
            text += str(_("（仅限%(who)s）")) % {"who": self.only_for}
        return text
