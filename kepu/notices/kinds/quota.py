"""A quota: how many a unit, a place or a person is to bring. The lower end binds, the upper end never blocks (TS-47)."""

from __future__ import annotations

from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Bound, Code, Mode, Params, Text, kind, listed, number

PER = {
    "unit": _("每个单位"),
    "place": _("每个地区"),
    "person": _("每人"),
    "person_day": _("每人每天"),
    "team": _("每支队伍"),
    "day": _("每天"),
    "activity": _("每项活动"),
    "entry": _("每件作品"),
    "category": _("每个组别"),
    "total": _("总共"),
}
PLACES = {
    "nation": _("全国"),
    "province": _("每省"),
    "city": _("每市"),
    "county": _("每县（市、区）"),
    "town": _("每个乡镇（街道）"),
    "village": _("每个村（社区）"),
}
OBJECTS = {
    "activities": _("活动"),
    "key_activities": _("重点活动"),
    "online_activities": _("线上活动"),
    "materials": _("宣传素材"),
    "products": _("科普产品"),
    "broadcasts": _("直播"),
    "main_venues": _("主场活动"),
    "branch_venues": _("分会场活动"),
    "entries": _("作品"),
    "nominations": _("推荐对象"),
}


class QuotaClass(BaseModel):
    """A part of the quota: its own limit inside the whole, or outside it when ``exempt``; parts may be nested."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    parent: Code | None = Field(None, description="属于哪一类")
    min: float | None = Field(None, ge=0)
    max: float | None = Field(None, ge=0)
    unit: Text | None = Field(None, description="量词；与总数不同才写")
    percent: bool = Field(False, description="min、max 是占总数的百分比")
    exempt: bool = Field(False, description="不占总名额")
    counts: dict[Code, tuple[str, ...]] = Field(
        default_factory=dict, description='哪些算这一类，如 {mode = ["online"]}'
    )

    @model_validator(mode="after")
    def _sane(self) -> Self:
        if self.bound.is_empty():
            raise ValueError(str(_("“%(name)s”的下限大于上限。")) % {"name": self.label})
        if self.percent and any(b is not None and b > 100 for b in (self.min, self.max)):
            raise ValueError(str(_("“%(name)s”的百分比超过了100。")) % {"name": self.label})
        return self

    @property
    def bound(self) -> Bound:
        return Bound(min=self.min, max=self.max)


@kind("quota", _("数量要求"), mode=Mode.TIGHTEN)
class Quota(Params):
    """A number to reach or not to exceed, overall and by class."""

    of: Code = Field(
        description="数什么：activities、key_activities、materials、broadcasts、entries、nominations …"
    )
    title: Text | None = Field(None, description="叫什么，如“百会”科普行动")
    code: Code | None = Field(None, description="同一对象有几条数量要求时，用代码区分")
    per: Code = Field(
        "unit",
        description="按什么计：unit、place、person、person_day、team、day、activity、entry、category、total，或自定",
    )
    per_title: Text | None = Field(None, description="per 自定时，怎么称呼，如 每班")
    place_level: Code | None = Field(None, description="per = place 时，是哪一级地区")
    min: float | None = Field(None, ge=0, description="不少于：必须做到")
    max: float | None = Field(None, ge=0, description="不超过：默认只提示，不拦截")
    cap: bool = Field(False, description="true 表示上限是硬的（如推荐名额），超过不收")
    nominal: float | None = Field(None, description="名义数，如“百会”“千村”：只作名称，不作考核")
    unit: Text | None = Field(None, description="量词，如 项、场、个、件")
    classes: tuple[QuotaClass, ...] = Field((), description="分类名额，可以嵌套，可以有不占名额的一类")
    counts: dict[Code, tuple[str, ...]] = Field(
        default_factory=dict, description='哪些才算，如 {host_kind = ["member_unit"]}'
    )
    window: Text | None = Field(None, description="哪个时间段内的才算，如 window.concentrated")
    host_excludes: tuple[Code, ...] = Field((), description="哪些类别的举办单位不算")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.min is None and self.max is None and self.nominal is None and not self.classes:
            raise ValueError(str(_("数量要求没有数：请写 min、max、nominal 或 classes。")))
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(str(_("下限大于上限。")))
        if self.per not in PER and not self.per_title:
            known = listed(list(PER))
            raise ValueError(
                str(_("per 写“%(per)s”，要另写 per_title 说明怎么称呼；现成的有：%(known)s。"))
                % {"per": self.per, "known": known}
            )
        if self.place_level and self.per != "place":
            raise ValueError(str(_('place_level 只和 per = "place" 同用。')))
        if self.cap and self.max is None and all(c.max is None for c in self.classes):
            raise ValueError(str(_("cap = true 表示上限是硬的，但是没有写上限（max）。")))
        codes = [c.code for c in self.classes]
        if len(codes) != len(set(codes)):
            raise ValueError(str(_("分类的代码重复。")))
        if lost := [c.parent for c in self.classes if c.parent and c.parent not in codes]:
            raise ValueError(str(_("所属的类不存在：%(codes)s。")) % {"codes": listed(lost)})
        for above in (None, *self.classes):
            self._check_parts(above)
        return self

    def _check_parts(self, above: QuotaClass | None) -> None:
        """The classes under one class, or under the whole, must fit into it."""
        code, most = (above.code, above.max) if above else (None, self.max)
        if above and (above.parent == above.code or above.percent):
            most = None
        parts = [c for c in self.classes if c.parent == code and not c.exempt and not c.percent]
        if above and any(c.code == code for c in parts):
            raise ValueError(str(_("“%(name)s”不能属于它自己。")) % {"name": above.label})
        if most is not None and sum(c.min or 0 for c in parts) > most:
            raise ValueError(str(_("各类的下限加起来超过了总数。")))

    def key(self) -> str:
        return f"quota.{self.of}" + (f".{self.code}" if self.code else "")

    @property
    def bound(self) -> Bound:
        return Bound(min=self.min, max=self.max)

    @property
    def value(self) -> Any:
        return self.bound if self.bound.is_set() else self.nominal

    def name(self) -> str:
        return str(self.title or OBJECTS.get(self.of, self.of))

    def missing(self, done: float) -> float:
        """How many are still to come; 0 when the lower end is met or there is none."""
        return max(0.0, (self.min or 0) - done)

    def sentence(self) -> str:
        unit = self.unit or ""
        parts = []
        if self.bound.is_set():
            parts.append(self._said(self.bound.words(unit)))
        elif self.nominal is not None:
            parts.append(
                str(_("%(name)s（名义数%(n)s，不作考核）")) % {"name": self.name(), "n": number(self.nominal)}
            )
        else:
            parts.append(self._said(""))
        for c in self.classes:
            bound = c.bound.words("%" if c.percent else c.unit or unit)
            outside = str(_("（不占名额）")) if c.exempt else ""
            said = {"name": f"{c.label}{outside}", "bound": bound}
            parts.append(str(_("%(name)s%(bound)s")) % said if bound else said["name"])
        among = _("，其中") if self.bound.is_set() else _("：")
        return str(among).join([parts[0], str(_("；")).join(parts[1:])] if parts[1:] else parts) + str(
            _("。")
        )

    def _per_words(self) -> str:
        if self.per == "place" and self.place_level in PLACES:
            return str(PLACES[self.place_level])
        return str(self.per_title or PER[self.per])

    def _said(self, bound: str) -> str:
        said = {"per": self._per_words(), "name": self.name(), "bound": bound}
        return str(_("%(per)s%(name)s%(bound)s") if bound else _("%(per)s%(name)s")) % said

    def _link(self) -> tuple[str | None, ...]:
        """What is counted and for whom: quotas of two links of a chain do not limit each other."""
        return self.of, self.code, self.per, self.place_level

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is not Mode.TIGHTEN or self._link() != parent._link():
            return super().combine(parent, mode)
        both = self.bound.tightened(parent.bound)
        update: dict[str, Any] = {"min": both["min"], "max": both["max"], "cap": self.cap or parent.cap}
        for name in ("nominal", "unit", "title", "window", "counts", "host_excludes", "per_title"):
            update[name] = getattr(self, name) or getattr(parent, name)
        above = {c.code: c for c in parent.classes}
        mine = {c.code for c in self.classes}
        update["classes"] = (
            *(c for c in parent.classes if c.code not in mine),
            *(_tightened(c, above.get(c.code), capped=parent.cap) for c in self.classes),
        )
        return self.model_copy(update=update)

    def looser_than(self, parent: Self) -> list[str]:
        if self._link() != parent._link():
            return []  # another link of the chain: a city's 60 and a county's 7 are no conflict
        unit = self.unit or ""
        said = self.bound.looser_words(parent.bound, unit)
        if parent.cap and not self.cap and "cap" in self.model_fields_set:
            said.append(str(_("上级的上限是硬的，这里写成可以超过")))
        above = {c.code: c for c in parent.classes}
        for c in self.classes:
            theirs = above.get(c.code)
            if c.exempt and not (theirs and theirs.exempt) and parent.cap:
                said.append(str(_("上级没有说“%(name)s”不占名额")) % {"name": c.label})
            elif theirs and theirs.percent != c.percent:
                said.append(str(_("“%(name)s”上级按另一种办法算（个数还是百分比）")) % {"name": c.label})
            elif theirs:
                said += [
                    f"{c.label}{_('：')}{why}"
                    for why in c.bound.looser_words(theirs.bound, "%" if c.percent else c.unit or unit)
                ]
        return said


def _tightened(mine: QuotaClass, theirs: QuotaClass | None, *, capped: bool) -> QuotaClass:
    """The class with the parent's limits kept; of a capped whole no new class stands outside."""
    if theirs is None:
        return mine.model_copy(update={"exempt": False}) if capped else mine
    if mine.percent != theirs.percent:
        return theirs
    both = mine.bound.tightened(theirs.bound)
    exempt = theirs.exempt and mine.exempt if capped else mine.exempt
    return mine.model_copy(update={"min": both["min"], "max": both["max"], "exempt": exempt})
