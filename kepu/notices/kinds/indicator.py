"""Indicators by which a level evaluates: named, with weights only where a notice gives them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed


class Indicator(BaseModel):
    """One indicator; ``data`` names what is counted for it, ``judged`` that people decide."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    same_as: Code | None = None
    weight: float | None = Field(None, ge=0)
    data: tuple[Code, ...] = ()
    judged: bool = True


@kind("indicator", _("评价指标"), mode=Mode.REPLACE)
class Indicators(Params):
    """The list of one level."""

    code: Code = "season"
    title: Text = "评价指标"
    items: tuple[Indicator, ...] = Field(min_length=1)
    open_ended: bool = False

    def key(self) -> str:
        return f"indicators.{self.code}"

    def sentence(self) -> str:
        items = listed([i.label for i in self.items])
        return str(_("%(title)s（%(n)s项）：%(items)s。")) % {
            "title": self.title,
            "n": len(self.items),
            "items": items,
        }
