"""A window: a named stretch of time, for activities or for another purpose."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind
from kepu.notices.kinds.moments import When


@kind("window", _("时间段"), mode=Mode.UNION)
class Window(Params):
    """A stretch of time with a code of its own; several may hold side by side."""

    code: Code = Field(description="代码，如 concentrated、series、main_venue、year_round、preparation")
    title: Text = Field(description="名称，如“集中开展”")
    start: When | None = Field(None, description="从什么时候起")
    end: When | None = Field(None, description="到什么时候止")
    purpose: Code = Field(
        "activity",
        description="用途：activity 举办活动；filing 填报；publishing 发布；voting 投票；publicity 公示 …",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        begins, ends = self.begins(), self.ends()
        if begins and ends and begins > ends:
            raise ValueError(str(_("时间段的结束早于开始。")))
        return self

    def key(self) -> str:
        return f"window.{self.code}"

    def begins(self) -> datetime | None:
        """Its first instant, where the calendar says it."""
        return self.start.begins() if self.start else None

    def ends(self) -> datetime | None:
        """Its last instant, where the calendar says it."""
        return self.end.resolve().at if self.end else None

    def contains(self, instant: datetime) -> bool:
        """Whether an instant lies in it; an open side does not bound."""
        begins, ends = self.begins(), self.ends()
        return (begins is None or instant >= begins) and (ends is None or instant <= ends)

    def sentence(self) -> str:
        if self.start and self.start == self.end:
            span = self.start.words()
        elif self.start and self.end:
            span = str(_("%(start)s至%(end)s")) % {"start": self.start.words(), "end": self.end.words()}
        elif self.start:
            span = str(_("%(start)s起")) % {"start": self.start.words()}
        elif self.end:
            span = str(_("%(end)s止")) % {"end": self.end.words()}
        else:
            span = str(_("时间待定"))
        return f"{self.title}{_('：')}{span}{_('。')}"

    def looser_than(self, parent: Self) -> list[str]:
        said = []
        pairs = ((self.begins(), parent.begins(), -1), (self.ends(), parent.ends(), 1))
        for mine, theirs, side in pairs:
            if mine and theirs and ((mine < theirs) if side < 0 else (mine > theirs)):
                said.append(
                    str(_("“%(title)s”超出上级的时间段（%(parent)s）。"))
                    % {"title": self.title, "parent": parent.sentence()}
                )
        return said

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is Mode.TIGHTEN:
            start = parent.start if self._starts_before(parent) else self.start
            end = parent.end if self._ends_after(parent) else self.end
            return self.model_copy(update={"start": start, "end": end})
        return super().combine(parent, mode)

    def _starts_before(self, parent: Self) -> bool:
        mine, theirs = self.begins(), parent.begins()
        return theirs is not None and (mine is None or mine < theirs)

    def _ends_after(self, parent: Self) -> bool:
        mine, theirs = self.ends(), parent.ends()
        return theirs is not None and (mine is None or mine > theirs)

    def differs_from(self, parent: Self) -> bool:
        return (self.start, self.end) != (parent.start, parent.end)
