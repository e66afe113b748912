"""A quota: how many a unit, a place or a person is to bring. The lower end binds, the upper end never blocks (TS-47)."""

from __future__ import annotations

from typing import Any, Literal, Self

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
    "total": _("总共"),
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
    min: float | None = None
    max: float | None = None
    percent: bool = Field(False, description="min、max 是占总数的百分比")
    exempt: bool = Field(False, description="不占总名额")
    counts: dict[Code, tuple[str, ...]] = Field(
        default_factory=dict, description='哪些算这一类，如 {mode = ["online"]}'
    )


@kind("quota", _("数量要求"), mode=Mode.TIGHTEN)
class Quota(Params):
    """A number to reach or not to exceed, overall and by class."""

    of: Code = Field(
        description="数什么：activities、key_activities、materials、broadcasts、entries、nominations …"
    )
    title: Text | None = Field(None, description="叫什么，如“百会”科普行动")
    code: Code | None = Field(None, description="同一对象有几条数量要求时，用代码区分")
    per: Literal["unit", "place", "person", "person_day", "team", "day", "total"] = Field(
        "unit", description="按什么计"
    )
    place_level: Code | None = Field(None, description="per = place 时，是哪一级地区")
    min: float | None = Field(None, description="不少于：必须做到")
    max: float | None = Field(None, description="不超过：默认只提示，不拦截")
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
        codes = [c.code for c in self.classes]
        if len(codes) != len(set(codes)):
            raise ValueError(str(_("分类的代码重复。")))
        if lost := [c.parent for c in self.classes if c.parent and c.parent not in codes]:
            raise ValueError(str(_("所属的类不存在：%(codes)s。")) % {"codes": listed(lost)})
        lower = sum(c.min or 0 for c in self.classes if not c.parent and not c.exempt and not c.percent)
        if self.max is not None and lower > self.max:
            raise ValueError(str(_("各类的下限加起来超过了总数。")))
        return self

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
            parts.append(f"{PER[self.per]}{self.name()}{self.bound.words(unit)}")
        elif self.nominal is not None:
            parts.append(
                str(_("%(name)s（名义数%(n)s，不作考核）")) % {"name": self.name(), "n": number(self.nominal)}
            )
        else:
            parts.append(f"{PER[self.per]}{self.name()}")
        for c in self.classes:
            bound = Bound(min=c.min, max=c.max).words("%" if c.percent else unit)
            outside = str(_("（不占名额）")) if c.exempt else ""
            parts.append(f"{c.label}{outside}{bound}")
        return str(_("，其中")).join([parts[0], str(_("；")).join(parts[1:])] if parts[1:] else parts) + str(
            _("。")
        )

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is Mode.TIGHTEN:
            both = self.bound.tightened(parent.bound)
            return self.model_copy(update={"min": both["min"], "max": both["max"]})
        return super().combine(parent, mode)

    def looser_than(self, parent: Self) -> list[str]:
        if (self.per, self.place_level, self.of, self.code) != (
            parent.per,
            parent.place_level,
            parent.of,
            parent.code,
        ):
            return []  # another link of the chain: a city's 60 and a county's 7 are no conflict
        return self.bound.looser_words(parent.bound, self.unit or "")
