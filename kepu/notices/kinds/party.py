"""Who plays a part: joint issuers, coordinators, member bodies, special units, mechanisms, suggested partners."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed


class Member(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    unit: Text | None = Field(None, description="单位编号")
    kind: Code | None = Field(None, description="单位类别")
    place: Text | None = Field(None, description="地区代码")
    line: Code | None = None
    note: Text | None = None


@kind("party", _("各方"), mode=Mode.REPLACE)
class Party(Params):
    """A part in the season and who plays it."""

    role: Code = Field(
        description="joint_issuer、coordinator、member_body、special_unit、mechanism、partner、host、line …"
    )
    title: Text
    members: tuple[Member, ...] = ()
    count: int | None = Field(None, ge=0)
    ordered: bool = False
    required: bool | None = None
    what: Text | None = Field(None, description="做什么")

    def key(self) -> str:
        return f"party.{self.role}"

    def sentence(self) -> str:
        text = self.title
        if self.members:
            text += f"{_('：')}{listed([m.name for m in self.members])}"
        elif self.count:
            text += str(_("（%(n)s家）")) % {"n": self.count}
        if self.what:
            text += str(_("，%(what)s")) % {"what": self.what}
        return text + str(_("。"))
