"""A controlled list: fields, entries, audiences, formats, topics … with a crosswalk to the parent's codes."""

from __future__ import annotations

from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, english, kind, listed


class Item(BaseModel):
    """One entry. ``same_as`` names the parent's code it counts as; without it and with an unknown code it is unmapped."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    label: Text
    label_en: Text | None = None
    same_as: Code | None = Field(None, description="上级清单里对应的代码；代码相同就不必写")
    parent: Code | None = Field(None, description="同一清单里的上一层代码")
    note: Text | None = None


def unique_codes(items: tuple[Any, ...]) -> None:
    """Raises ValueError when a code stands twice or a parent is none of the list."""
    codes = [i.code for i in items]
    if twice := sorted({c for c in codes if codes.count(c) > 1}):
        raise ValueError(str(_("代码重复：%(codes)s。")) % {"codes": listed(twice)})
    if lost := sorted({i.parent for i in items if getattr(i, "parent", None) and i.parent not in codes}):
        raise ValueError(str(_("上一层代码不在清单里：%(codes)s。")) % {"codes": listed(lost)})


@kind("list", _("清单"), mode=Mode.REPLACE)
class CodeList(Params):
    """A list of codes with the wording of this notice."""

    code: Code = Field(description="清单代码，如 fields、entries、key_areas、formats、topics、audiences")
    title: Text = Field(description="清单名称，如“行业领域”")
    items: tuple[Item, ...] = ()
    removed: tuple[Code, ...] = Field((), description="union 方式下，从上级清单里去掉的代码")
    open_ended: bool = Field(False, description="清单后有“等”字，可以另写")

    @model_validator(mode="after")
    def _unique(self) -> Self:
        unique_codes(self.items)
        return self

    def key(self) -> str:
        return f"list.{self.code}"

    def labels(self) -> dict[str, str]:
        return {i.code: i.label for i in self.items}

    def sentence(self) -> str:
        if not self.items:
            return str(_("%(title)s：未列出。")) % {"title": self.title}
        items = listed([(english() and i.label_en) or i.label for i in self.items]) + (
            str(_("等")) if self.open_ended else ""
        )
        return str(_("%(title)s（%(n)s项）：%(items)s。")) % {
            "title": self.title,
            "n": len(self.items),
            "items": items,
        }

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is Mode.UNION:
            mine = {i.code for i in self.items}
            kept = [i for i in parent.items if i.code not in mine and i.code not in self.removed]
            return self.model_copy(
                update={"items": (*kept, *self.items), "open_ended": self.open_ended or parent.open_ended}
            )
        return super().combine(parent, mode)

    def crosswalk(self, parent: Self) -> dict[str, str | None]:
        """For each of our codes the parent's code it counts as; None is unmapped, and must be shown as such."""
        theirs = {i.code for i in parent.items}
        walk: dict[str, str | None] = {}
        for item in self.items:
            target = item.same_as or item.code
            walk[item.code] = target if target in theirs else None
        return walk

    def differs_from(self, parent: Self) -> bool:
        return {i.code for i in self.items} != {i.code for i in parent.items}
