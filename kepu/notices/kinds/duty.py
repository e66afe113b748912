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
        channels = [c.code for c in self.channels]
        if len(channels) != len(set(channels)):
            raise ValueError(str(_("channels 里的代码重复。")))
        begins, last = (
            (self.opens.begins() if self.opens else None),
            (self.due.resolve().at if self.due else None),
        )
        if begins and last and begins > last:
            raise ValueError(str(_("期限（due）早于开始报送的时间（opens）。")))
        return self

    def key(self) -> str:
        return f"duty.{self.what}"

    @property
    def value(self) -> Any:
        return self

    def sentence(self) -> str:
        what, through = self.title, ""
        if self.parts:
            what += str(_("（%(parts)s）")) % {"parts": listed([p.label for p in self.parts])}
        if self.channels:
            joined = str(_("、") if self.channels_needed == "all" else _("或")).join(
                c.label for c in self.channels
            )
            through = str(_("，通过%(channels)s")) % {"channels": joined}
        said = {"what": what, "through": through, "due": self.due.words() if self.due else ""}
        if self.due is None:
            return str(_("报送%(what)s%(through)s。")) % said
        on_a_day = self.due.span() is not None
        return (
            str(
                _("%(due)s前报送%(what)s%(through)s。") if on_a_day else _("%(due)s报送%(what)s%(through)s。")
            )
            % said
        )

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is not Mode.TIGHTEN:
            return super().combine(parent, mode)
        above = {p.code: p for p in parent.parts}
        mine = {p.code for p in self.parts}
        update: dict[str, Any] = {
            "parts": (
                *(p for p in parent.parts if p.code not in mine),
                *(
                    p.model_copy(update={"required": True}) if self._eased(p, above) else p
                    for p in self.parts
                ),
            )
        }
        if self.due is None or (parent.due is not None and later_than(self.due, parent.due)):
            update["due"] = parent.due
        if self.opens is None or self._opens_before(parent):
            update["opens"] = parent.opens
        for name in ("form", "quota", "scope", "desk", "stages"):
            update[name] = getattr(self, name) or getattr(parent, name)
        if not self.channels:
            update |= {"channels": parent.channels, "channels_needed": parent.channels_needed}
        return self.model_copy(update=update)

    def looser_than(self, parent: Self) -> list[str]:
        said = []
        if self.due and parent.due and later_than(self.due, parent.due):
            said.append(
                str(_("“%(title)s”的期限（%(mine)s）晚于上级的期限（%(parent)s）"))
                % {"title": self.title, "mine": self.due.words(), "parent": parent.due.words()}
            )
        if parent.opens and self._opens_before(parent):
            said.append(str(_("上级规定%(when)s起才可以报")) % {"when": parent.opens.words()})
        above = {p.code: p for p in parent.parts}
        said += [
            str(_("上级规定“%(part)s”必交")) % {"part": above[p.code].label}
            for p in self.parts
            if self._eased(p, above)
        ]
        return said

    def _opens_before(self, parent: Self) -> bool:
        mine, theirs = (d.opens.begins() if d.opens else None for d in (self, parent))
        return bool(mine and theirs and mine < theirs)

    @staticmethod
    def _eased(part: Part, above: dict[str, Part]) -> bool:
        return not part.required and part.code in above and above[part.code].required
