"""One step of commending: nominate, review, publicise, decide, pass up; with criteria, places and time to object."""

from __future__ import annotations

from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed, number
from kepu.notices.kinds.moments import When

STEPS = {
    "nominate": _("推荐"),
    "shortlist": _("入围"),
    "evaluate": _("评审"),
    "publicise": _("公示"),
    "decide": _("确定"),
    "commend": _("表扬"),
    "recommend": _("择优上报"),
    "record": _("存档"),
}


class Award(BaseModel):
    """A class of award and how many there are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    places: int | None = Field(None, ge=0)
    percent: float | None = Field(None, gt=0, le=100)
    money: float | None = Field(None, ge=0, description="奖金（元）")

    def how_many(self) -> str:
        """ "10", "5%", "" where the notice does not say."""
        return str(self.places) if self.places else f"{number(self.percent)}%" if self.percent else ""


class Objection(BaseModel):
    """How long and how one may object to a published result."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: int | None = Field(None, ge=1)
    working_days: int | None = Field(None, ge=1)
    named: bool | None = Field(None, description="是否须实名")
    written: bool | None = None
    to: Text | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.days is None) == (self.working_days is None):
            raise ValueError(str(_("异议期写 days 或 working_days，二者择一。")))
        return self


@kind("commendation", _("评优表扬"), mode=Mode.REPLACE)
class Commendation(Params):
    """One step, for one or more objects."""

    step: Literal[
        "nominate", "shortlist", "evaluate", "publicise", "decide", "commend", "recommend", "record"
    ]
    code: Code | None = Field(None, description="同一步有几种时区分用")
    objects: tuple[Code, ...] = Field((), description="对象：organisation、activity、person、entry …")
    by: Text | None = None
    to: Text | None = Field(None, description="上报给谁")
    channel: Code | None = None
    criteria: dict[Code, tuple[Text, ...]] = Field(default_factory=dict, description="各类对象的标准")
    awards: tuple[Award, ...] = ()
    pool: Text | None = Field(None, description="从哪些里选")
    when: When | None = None
    objection: Objection | None = None
    results: tuple[Text, ...] = Field((), description="结果通知所附名单（只写名单名称）")

    @model_validator(mode="after")
    def _awards(self) -> Self:
        codes = [a.code for a in self.awards]
        if twice := sorted({c for c in codes if codes.count(c) > 1}):
            raise ValueError(str(_("代码重复：%(codes)s。")) % {"codes": listed(twice)})
        return self

    def key(self) -> str:
        return f"commendation.{self.step}" + (f".{self.code}" if self.code else "")

    def sentence(self) -> str:
        step = str(STEPS[self.step])
        text = str(_("%(by)s%(step)s")) % {"by": self.by, "step": step} if self.by else step
        said = (
            [
                str(_("标准：%(criteria)s"))
                % {"criteria": listed([w for said in self.criteria.values() for w in said])}
            ]
            if self.criteria
            else []
        )
        if self.awards:
            said.append(
                listed(
                    [
                        str(_("%(name)s%(bound)s")) % {"name": a.label, "bound": a.how_many()}
                        if a.how_many()
                        else a.label
                        for a in self.awards
                    ]
                )
            )
        if self.results:
            said.append(str(_("所附名单：%(lists)s")) % {"lists": listed(list(self.results))})
        if self.objection:
            n = self.objection.working_days or self.objection.days
            unit = _("个工作日") if self.objection.working_days else _("日")
            said.append(str(_("异议期%(n)s%(unit)s")) % {"n": n, "unit": unit})
        return str(_("；")).join([text, *said]) + str(_("。"))
