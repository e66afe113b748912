"""A tree of tracks, joint actions (联合行动), special actions (专项行动) and series, in which activities take their place."""

from __future__ import annotations

from typing import Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, english, kind, listed
from kepu.notices.kinds.codelist import unique_codes


class Node(BaseModel):
    """A track, an action, or a series under one. ``parent`` may also name a node of another tree of the same notice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    label_en: Text | None = None
    parent: Code | None = None
    same_as: Code | None = Field(None, description="上级通知里对应的代码")
    hosts: tuple[Code, ...] = Field((), description="由哪些类别的单位承担")
    formats: tuple[Code, ...] = ()
    topics: tuple[Text, ...] = ()
    partners: tuple[Text, ...] = Field((), description="建议联合的单位")
    theme: Text | None = None
    note: Text | None = None


@kind("track", _("活动板块"), mode=Mode.REPLACE)
class Track(Params):
    """A tree of the programme."""

    code: Code = Field(description="树的代码，如 tracks、joint_actions、special_actions、series")
    title: Text
    under: Code | None = Field(None, description="整棵树挂在哪个板块之下")
    nodes: tuple[Node, ...] = ()
    open_ended: bool = False

    @model_validator(mode="after")
    def _unique(self) -> Self:
        unique_codes(self.nodes)
        return self

    def key(self) -> str:
        return f"track.{self.code}"

    def labels(self) -> dict[str, str]:
        return {n.code: n.label for n in self.nodes}

    def sentence(self) -> str:
        own = {n.code for n in self.nodes}  # a parent in another tree makes no node of this one lower
        tops = [(english() and n.label_en) or n.label for n in self.nodes if n.parent not in own]
        if not tops:
            return str(_("%(title)s：未列出。")) % {"title": self.title}
        return str(_("%(title)s（%(n)s项）：%(items)s。")) % {
            "title": self.title,
            "n": len(tops),
            "items": listed(tops),
        }

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is Mode.UNION:
            mine = {n.code for n in self.nodes}
            return self.model_copy(
                update={"nodes": (*(n for n in parent.nodes if n.code not in mine), *self.nodes)}
            )
        return super().combine(parent, mode)

    def crosswalk(self, parent: Self) -> dict[str, str | None]:
        """For each of our nodes the parent's node it counts as; None is unmapped."""
        theirs = {n.code for n in parent.nodes}
        return {
            n.code: (n.same_as or n.code) if (n.same_as or n.code) in theirs else None for n in self.nodes
        }

    def differs_from(self, parent: Self) -> bool:
        return {n.code for n in self.nodes} != {n.code for n in parent.nodes}
