"""Theme and sub-theme: the words of the season, who may add to them, who must use them."""

from __future__ import annotations

from typing import Any, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from kepu.notices.kinds.base import Mode, Params, Text, kind, listed

SETTERS = {"region": _("各地"), "department": _("各部门"), "unit": _("各单位"), "host": _("活动举办单位")}


@kind("theme", _("主题"), mode=Mode.FIXED)
class Theme(Params):
    """A theme (``role = "theme"``), a sub-theme, or the right to set one."""

    role: Literal["theme", "subtheme", "right"] = Field(
        "theme", description="theme 主题；subtheme 副主题；right 谁可以自拟副主题"
    )
    text: Text | None = Field(None, description="主题文字；待定时不写")
    set_by: tuple[Literal["region", "department", "unit", "host"], ...] = Field((), description="谁可以自拟")
    term: Text | None = Field(None, description="通知里怎么叫它，如“活动主题”")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.role != "right" and self.set_by:
            raise ValueError(str(_('set_by 只和 role = "right" 同用。')))
        if self.role == "right" and not self.set_by:
            raise ValueError(str(_("写自拟副主题的权利，要写明谁可以（set_by）。")))
        return self

    def key(self) -> str:
        return {"theme": "theme", "subtheme": "subtheme", "right": "subtheme.right"}[self.role]

    @property
    def value(self) -> Any:
        return self.set_by if self.role == "right" else self.text

    def sentence(self) -> str:
        if self.role == "right":
            who = listed([str(SETTERS[s]) for s in self.set_by])
            return str(_("%(who)s可以自拟%(term)s。")) % {"who": who, "term": self.term or _("副主题")}
        name = self.term or (_("主题") if self.role == "theme" else _("副主题"))
        if self.text is None:
            return str(_("%(name)s待定。")) % {"name": name}
        return str(_("%(name)s：%(text)s。")) % {"name": name, "text": self.text.rstrip("。")}
