"""A programme item: a main venue, a ceremony, a contest, a forum, something that is to be held or shown."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed
from kepu.notices.kinds.moments import When


class Agenda(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    note: Text | None = None


@kind("programme", _("主要安排"), mode=Mode.SHIFT)
class Programme(Params):
    """Something the season holds at one level, once or once for each place."""

    code: Code
    title: Text
    type: Literal[
        "main_venue",
        "branch_venue",
        "ceremony",
        "forum",
        "contest",
        "exhibition",
        "broadcast",
        "service",
        "other",
    ] = "other"
    per: Code | None = Field(None, description="每个什么一场：province、city、county、town、joint_issuer …")
    min: int | None = Field(None, ge=0)
    mode: Literal["online", "offline", "mixed"] | None = None
    when: When | None = None
    where: Text | None = None
    items: tuple[Agenda, ...] = Field((), description="包括哪些环节")
    qualities: tuple[Text, ...] = ()
    partners: tuple[Text, ...] = ()
    guests: tuple[Text, ...] = ()

    def key(self) -> str:
        return f"programme.{self.code}"

    def sentence(self) -> str:
        text = self.title
        if self.when:
            text += str(_("，%(when)s")) % {"when": self.when.words()}
        if self.where:
            text += str(_("，在%(where)s")) % {"where": self.where}
        if self.items:
            text += f"{_('：')}{listed([i.label for i in self.items])}"
        return text + str(_("。"))
