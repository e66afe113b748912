"""A form: header fields above repeating rows, defined by a notice and filled from records where they exist."""

from __future__ import annotations

from typing import Any, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed


class Column(BaseModel):
    """A field of a form: header field, column of the rows, or a part of a text to be written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    title: Text
    title_en: Text | None = None
    type: Literal[
        "text",
        "long_text",
        "number",
        "date",
        "datetime",
        "choice",
        "yes_no",
        "file",
        "serial",
        "phone",
        "money",
    ] = "text"
    required: bool = True
    min_chars: int | None = Field(None, ge=1)
    max_chars: int | None = Field(None, ge=1)
    min: float | None = None
    max: float | None = None
    choices: tuple[Text, ...] = ()
    list: Code | None = Field(None, description="选项来自哪张清单")
    must_cover: tuple[Text, ...] = Field((), description="文字里要说到的几点")
    parts: tuple[Text, ...] = Field((), description="一栏里的几部分，如 联系人、联系电话")
    source: Text | None = Field(None, description="从已填的内容取，如 activity.title、unit.name")
    personal: bool = Field(False, description="含个人信息")
    public: bool | None = Field(None, description="会不会公开；没写就是没定")
    example: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _sane(self) -> Self:
        if self.min_chars and self.max_chars and self.min_chars > self.max_chars:
            raise ValueError(str(_("字数的下限大于上限。")))
        if self.type == "choice" and not (self.choices or self.list):
            raise ValueError(str(_("选择项要写 choices 或 list。")))
        return self


class Variant(BaseModel):
    """The form as it is for some senders, categories or types of activity; its columns replace those of the same code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    sender_kinds: tuple[Code, ...] = ()
    categories: tuple[Code, ...] = ()
    activity_types: tuple[Code, ...] = ()
    columns: tuple[Column, ...] = ()
    without: tuple[Code, ...] = Field((), description="这种情况下不要的栏")


@kind("form", _("表格"), mode=Mode.REPLACE)
class Form(Params):
    """A form with a title, header fields and columns; ``pending`` when the attachment is not in hand."""

    code: Code
    title: Text
    object: Code = Field(
        "row", description="一行是什么：activity、series、file、person、entry …；总结类写 document"
    )
    header: tuple[Column, ...] = Field((), description="表头，每张表一次")
    columns: tuple[Column, ...] = Field((), description="每行的栏目，或总结的几个部分")
    rows_min: int | None = Field(None, ge=0)
    rows_max: int | None = Field(None, ge=1)
    min_chars: int | None = Field(None, ge=1, description="全文至少几个字（总结类，各部分合计）")
    max_chars: int | None = Field(None, ge=1, description="全文至多几个字（总结类，各部分合计）")
    merge: Text | None = Field(None, description="几场活动合成一行的规定")
    stamped: bool = Field(False, description="要盖章")
    levels: tuple[Text, ...] = Field((), description="同一张表用于哪几级奖项或层级")
    variants: tuple[Variant, ...] = ()
    columns_known: bool = Field(True, description="附件未见时写 false，栏目待补")
    template: Code | None = Field(None, description="对应第几号附件")

    @model_validator(mode="after")
    def _unique(self) -> Self:
        for group in (self.header, self.columns, *(v.columns for v in self.variants)):
            codes = [c.code for c in group]
            if twice := sorted({c for c in codes if codes.count(c) > 1}):
                raise ValueError(str(_("栏目代码重复：%(codes)s。")) % {"codes": listed(twice)})
        if self.min_chars and self.max_chars and self.min_chars > self.max_chars:
            raise ValueError(str(_("字数的下限大于上限。")))
        if self.columns_known and not (self.header or self.columns):
            raise ValueError(str(_("表格没有栏目。附件未见时请写 columns_known = false。")))
        return self

    def key(self) -> str:
        return f"form.{self.code}"

    def column(self, code: str) -> Column | None:
        return next((c for c in (*self.header, *self.columns) if c.code == code), None)

    def columns_for(
        self, *, sender_kind: str = "", category: str = "", activity_type: str = ""
    ) -> tuple[Column, ...]:
        """The columns for one sender, category and type of activity: the common ones as the fitting variants change them."""
        columns = {c.code: c for c in self.columns}
        for v in self.variants:
            tests = (
                (v.sender_kinds, sender_kind),
                (v.categories, category),
                (v.activity_types, activity_type),
            )
            if all(not allowed or have in allowed for allowed, have in tests):
                columns.update({c.code: c for c in v.columns})
                for code in v.without:
                    columns.pop(code, None)
        return tuple(columns.values())

    def sentence(self) -> str:
        if not self.columns_known:
            return str(_("《%(title)s》：附件未见，栏目待补。")) % {"title": self.title}
        titles = listed([c.title for c in self.columns])
        stamped = str(_("，须盖章")) if self.stamped else ""
        return str(_("《%(title)s》：%(columns)s%(stamped)s。")) % {
            "title": self.title,
            "columns": titles,
            "stamped": stamped,
        }

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode in (Mode.UNION, Mode.TIGHTEN):
            update: dict[str, Any] = {}
            for group in ("header", "columns"):
                mine = {c.code for c in getattr(self, group)}
                update[group] = (
                    *(c for c in getattr(parent, group) if c.code not in mine),
                    *getattr(self, group),
                )
            return self.model_copy(update=update)
        return super().combine(parent, mode)

    def looser_than(self, parent: Self) -> list[str]:
        said = []
        for theirs in (*parent.header, *parent.columns):
            mine = self.column(theirs.code)
            if mine and theirs.max_chars and (mine.max_chars or 10**9) > theirs.max_chars:
                said.append(
                    str(_("“%(title)s”一栏上级规定%(n)s字以内"))
                    % {"title": theirs.title, "n": theirs.max_chars}
                )
        return said
