"""A call (征集): who calls for what, from whom, between which dates, under which declarations."""

from __future__ import annotations

from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Bound, Code, Mode, Params, Text, kind, listed
from kepu.notices.kinds.moments import When


class Declaration(BaseModel):
    """A statement that goes with an entry: rights are clear, content has been reviewed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    text: Text
    required: bool = True
    stamped: bool = Field(False, description="要单位盖章")


class Condition(BaseModel):
    """What an author, a team, a unit or a work must be to take part; without numbers, dates or words people judge it."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    code: Code
    label: Text = Field(description="是什么，如 选手年龄、年开放天数")
    categories: tuple[Text, ...] = Field((), description="只对哪些组别；不写就是所有组别")
    sender_kinds: tuple[Code, ...] = Field((), description="只对哪些类别的申报单位")
    min: float | None = None
    max: float | None = None
    over: float | None = None
    under: float | None = None
    unit: Text | None = Field(None, description="量的单位；百分比写 percent")
    share_of: Text | None = Field(None, description="占什么的百分之几")
    not_before: When | None = Field(None, description="不早于")
    not_after: When | None = Field(None, description="不晚于")
    one_of: tuple[Text, ...] = Field((), description="只能是其中之一")
    note: Text | None = None

    @property
    def bound(self) -> Bound:
        return Bound(min=self.min, max=self.max, over=self.over, under=self.under)

    @model_validator(mode="after")
    def _sane(self) -> Self:
        if self.bound.is_empty():
            raise ValueError(str(_("下限大于上限。")))
        begins, last = (
            self.not_before and self.not_before.begins(),
            self.not_after and self.not_after.resolve().at,
        )
        if begins and last and begins > last:
            raise ValueError(str(_("not_after 早于 not_before。")))
        return self

    def sentence(self) -> str:
        text = self.label
        if self.share_of:
            text += str(_("（占%(what)s的比例）")) % {"what": self.share_of}
        text += self.bound.words("%" if self.unit == "percent" else self.unit or "")
        if self.not_before:
            text += str(_("不早于%(when)s")) % {"when": self.not_before.words()}
        if self.not_after:
            text += str(_("不晚于%(when)s")) % {"when": self.not_after.words()}
        if self.one_of:
            text += str(_("为%(values)s之一")) % {"values": listed(list(self.one_of))}
        if self.categories:
            return str(_("%(who)s：%(what)s")) % {"who": listed(list(self.categories)), "what": text}
        return text


@kind("call", _("征集"), mode=Mode.REPLACE)
class Call(Params):
    """A call for pictures, videos, works or lists, with its own caller and scope."""

    code: Code
    title: Text
    materials: tuple[Code, ...] = Field((), description="picture、video、text、work …")
    content: tuple[Text, ...] = Field((), description="征集什么内容")
    categories: tuple[Text, ...] = Field((), description="类别、组别")
    opens: When | None = None
    closes: When | None = None
    since_year: int | None = Field(None, description="内容从哪一年起")
    made_from: When | None = Field(None, description="作品完成、发表或出版不早于")
    made_until: When | None = Field(None, description="作品完成、发表或出版不晚于")
    conditions: tuple[Condition, ...] = Field((), description="参加者和作品要符合的条件")
    conditions_needed: Literal["all", "any"] = Field("all", description="几个条件都要符合，还是符合一个即可")
    uses: tuple[Text, ...] = Field((), description="用在哪里")
    declarations: tuple[Declaration, ...] = ()
    labels: tuple[Text, ...] = Field((), description="作品上必须标注的内容")
    anonymous: bool = Field(False, description="匿名评审")
    fee: bool | None = Field(None, description="收不收费")

    def key(self) -> str:
        return f"call.{self.code}"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for first, last, said in (
            (self.opens, self.closes, _("截止时间（closes）早于开始时间（opens）。")),
            (self.made_from, self.made_until, _("made_until 早于 made_from。")),
        ):
            begins, ends = first and first.begins(), last and last.resolve().at
            if begins and ends and begins > ends:
                raise ValueError(str(said))
        for group in (self.declarations, self.conditions):
            codes = [d.code for d in group]
            if twice := sorted({c for c in codes if codes.count(c) > 1}):
                raise ValueError(str(_("代码重复：%(codes)s。")) % {"codes": listed(twice)})
        return self

    def sentence(self) -> str:
        text = str(_("征集%(title)s")) % {"title": self.title}
        if self.closes:
            text += str(_("，截止%(closes)s")) % {"closes": self.closes.words()}
        if self.content:
            text += f"{_('：')}{listed(list(self.content))}"
        if self.conditions:
            words = listed([c.sentence() for c in self.conditions])
            told = (
                _("；须符合下列条件：%(what)s")
                if self.conditions_needed == "all"
                else _("；须符合下列条件之一：%(what)s")
            )
            text += str(told) % {"what": words}
        if self.labels:
            text += str(_("；须标注：%(labels)s")) % {"labels": listed(list(self.labels))}
        return text + str(_("。"))
