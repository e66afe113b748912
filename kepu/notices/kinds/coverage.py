"""A coverage target: which places or entries are to be reached, all of them or a share."""

from __future__ import annotations

from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from kepu.notices.kinds.base import Bound, Code, Mode, Params, Text, kind, number


@kind("coverage", _("覆盖目标"), mode=Mode.TIGHTEN)
class Coverage(Params):
    """What is to be covered: places of a kind, or the codes of a list."""

    of: Code = Field(description="覆盖什么：village、community、county …，或清单代码如 entries")
    title: Text | None = None
    percent: float = Field(100, gt=0, le=100, description="百分之几；全覆盖是 100")
    per: Code | None = Field(None, description="在谁的范围内：place_county、province …")
    min: float | None = Field(None, gt=0, description="每一个至少几场")
    by_kinds: tuple[Code, ...] = Field((), description="由哪类单位或队伍来做")

    def key(self) -> str:
        return f"coverage.{self.of}"

    @property
    def value(self) -> Any:
        return self.percent

    def sentence(self) -> str:
        name = self.title or self.of
        if self.percent == 100:
            text = str(_("%(name)s全覆盖")) % {"name": name}
        else:
            text = str(_("%(name)s覆盖%(n)s%%")) % {"name": name, "n": number(self.percent)}
        if self.min:
            text += str(_("，每处%(bound)s场")) % {"bound": Bound(min=self.min).words()}
        return text + str(_("。"))

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is not Mode.TIGHTEN or self.per != parent.per:
            return super().combine(parent, mode)
        least = [m for m in (self.min, parent.min) if m is not None]
        return self.model_copy(update={
            "percent": max(self.percent, parent.percent), "min": max(least, default=None),
            "title": self.title or parent.title, "by_kinds": self.by_kinds or parent.by_kinds,
        })  # fmt: skip

    def looser_than(self, parent: Self) -> list[str]:
        if self.per != parent.per:
            return []  # another link of the chain
        fewer = self.min is not None and parent.min is not None and self.min < parent.min
        if self.percent < parent.percent or fewer:
            return [str(_("上级要求%(parent)s")) % {"parent": parent.sentence().rstrip("。.")}]
        return []
