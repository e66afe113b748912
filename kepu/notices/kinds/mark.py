"""Marks (标识) and other labels that publicity must carry. A place's list is the union of its chain (CD-49)."""

from __future__ import annotations

from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed
from kepu.notices.kinds.codelist import unique_codes


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    rules: Text | None = Field(None, description="怎么用")


@kind("mark", _("标识"), mode=Mode.UNION)
class Mark(Params):
    """Marks to use by the rules."""

    code: Code = Field("marks", description="marks 品牌标识；labels 必须标注的字样")
    items: tuple[Item, ...] = Field(min_length=1)
    required: bool = True
    open_ended: bool = False

    @model_validator(mode="after")
    def _unique(self) -> Self:
        unique_codes(self.items)
        return self

    def key(self) -> str:
        return f"mark.{self.code}"

    @property
    def value(self) -> Any:
        return tuple(i.label for i in self.items)

    def sentence(self) -> str:
        items = {"items": listed([i.label for i in self.items])}
        if self.code == "labels":
            return (
                str(_("须标注“%(items)s”字样。") if self.required else _("可以标注“%(items)s”字样。")) % items
            )
        return str(_("规范使用%(items)s标识。") if self.required else _("可以使用%(items)s标识。")) % items

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode in (Mode.UNION, Mode.TIGHTEN):
            mine = {i.code for i in self.items}
            return self.model_copy(
                update={
                    "items": (*(i for i in parent.items if i.code not in mine), *self.items),
                    "required": self.required or parent.required,
                    "open_ended": self.open_ended or parent.open_ended,
                }
            )
        return super().combine(parent, mode)
