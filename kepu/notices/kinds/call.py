"""A call (征集): who calls for what, from whom, between which dates, under which declarations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed
from kepu.notices.kinds.moments import When


class Declaration(BaseModel):
    """A statement that goes with an entry: rights are clear, content has been reviewed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    text: Text
    required: bool = True
    stamped: bool = Field(False, description="要单位盖章")


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
    uses: tuple[Text, ...] = Field((), description="用在哪里")
    declarations: tuple[Declaration, ...] = ()
    labels: tuple[Text, ...] = Field((), description="作品上必须标注的内容")
    anonymous: bool = Field(False, description="匿名评审")
    fee: bool | None = Field(None, description="收不收费")

    def key(self) -> str:
        return f"call.{self.code}"

    def sentence(self) -> str:
        text = str(_("征集%(title)s")) % {"title": self.title}
        if self.closes:
            text += str(_("，截止%(closes)s")) % {"closes": self.closes.words()}
        if self.content:
            text += f"{_('：')}{listed(list(self.content))}"
        return text + str(_("。"))
