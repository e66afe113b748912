"""A duty: what is to be handed in, to whom, by when, in which parts and through which channel."""

from __future__ import annotations

import re
from typing import Any, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed
from kepu.notices.kinds.moments import When, later_than

_AT = r"@(nation|province|city|county|town)"
RECEIVER = re.compile(
    rf"^(issuer|caller|host_above|(coordinator|line:[a-z0-9][a-z0-9_.-]*){_AT}|unit:[A-Za-z0-9_.-]+)$"
)


class Part(BaseModel):
    """One part of what is handed in, such as the electronic copy and the stamped scan."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    required: bool = True
    note: Text | None = None


class Channel(BaseModel):
    """A way in: the platform itself, a mailbox, the office system, post, on site."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code = Field(description="platform、mailbox、oa_mailbox、post、onsite …")
    label: Text
    note: Text | None = None


@kind("duty", _("报送任务"), mode=Mode.TIGHTEN)
class Duty(Params):
    """Something a unit in the audience hands up; its state is derived until the unit touches it."""

    what: Code = Field(
        description="报什么：organisation_summary、activity_summary、plan_table、key_activity_list、materials …"
    )
    title: Text = Field(description="任务名称，如“全国科普日工作总结”")
    about: Literal["unit", "activity", "entry"] = Field(
        "unit", description="每单位一份，每项活动一份，还是每件作品一份"
    )
    opens: When | None = Field(None, description="从什么时候起可以报")
    due: When | None = Field(None, description="什么时候以前报；没写时间的不写")
    to: str = Field(
        "issuer",
        description="报给谁：issuer 发文单位；coordinator@city 所在市的统筹单位；line:education@county 所在县该系统的主管单位；unit:编号；caller 征集单位",
    )
    desk: Text | None = Field(None, description="对方的哪个部门")
    parts: tuple[Part, ...] = Field((), description="要交哪几样")
    channels: tuple[Channel, ...] = ()
    channels_needed: Literal["any", "all"] = Field("any", description="几条渠道任选其一，还是都要")
    form: Code | None = Field(None, description="用哪张表")
    quota: Code | None = Field(None, description="报多少，见哪条数量要求")
    scope: Text | None = Field(None, description="报哪个范围的情况，如 本省、本领域")
    stages: tuple[Code, ...] = Field((), description="分几步：如 初评、复评")

    @model_validator(mode="after")
    def _receiver(self) -> Self:
        if not RECEIVER.match(self.to):
            raise ValueError(
                str(
                    _(
                        "to 要写 issuer、caller、host_above、coordinator@级别（如 coordinator@city）、line:系统@级别或 unit:编号。"
                    )
                )
            )
        codes = [p.code for p in self.parts]
        if len(codes) != len(set(codes)):
            raise ValueError(str(_("parts 里的代码重复。")))
        return self

    def key(self) -> str:
        return f"duty.{self.what}"

    @property
    def value(self) -> Any:
        return self

    def sentence(self) -> str:
        when = str(_("%(due)s前")) % {"due": self.due.words()} if self.due and self.due.span() else ""
        if self.due and not when:
            when = self.due.words()
        text = f"{when}{_('报送')}{self.title}"
        if self.parts:
            text += str(_("（%(parts)s）")) % {"parts": listed([p.label for p in self.parts])}
        if self.channels:
            joined = str(_("、") if self.channels_needed == "all" else _("或")).join(
                c.label for c in self.channels
            )
            text += str(_("，通过%(channels)s")) % {"channels": joined}
        return text + str(_("。"))

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is not Mode.TIGHTEN:
            return super().combine(parent, mode)
        mine = {p.code for p in self.parts}
        update: dict[str, Any] = {"parts": (*(p for p in parent.parts if p.code not in mine), *self.parts)}
        if self.due is None or (parent.due is not None and later_than(self.due, parent.due)):
            update["due"] = parent.due
        for name in ("opens", "form", "quota", "scope"):
            update[name] = getattr(self, name) or getattr(parent, name)
        return self.model_copy(update=update)

    def looser_than(self, parent: Self) -> list[str]:
        if self.due and parent.due and later_than(self.due, parent.due):
            return [
                str(_("“%(title)s”的期限（%(mine)s）晚于上级的期限（%(parent)s）"))
                % {"title": self.title, "mine": self.due.words(), "parent": parent.due.words()}
            ]
        return []
