"""A form: header fields above repeating rows, defined by a notice and filled from records where they exist."""

from __future__ import annotations

from typing import Any, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Bound, Code, Mode, Params, Text, english, kind, listed


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
        if (self.min is not None or self.max is not None) and self.type not in ("number", "money"):
            raise ValueError(str(_("min、max 只用于 number 和 money；字数写 min_chars、max_chars。")))
        if Bound(min=self.min, max=self.max).is_empty():
            raise ValueError(str(_("下限大于上限。")))
        return self

    def tightened(self, parent: Column) -> Column:
        """This column, asking for no less than the parent's of the same code."""
        least, most = (
            [n for n in (getattr(self, name), getattr(parent, name)) if n is not None]
            for name in ("min_chars", "max_chars")
        )
        return self.model_copy(update={
            "required": self.required or parent.required,
            "min_chars": max(least, default=None), "max_chars": min(most, default=None),
            **{k: v for k, v in self._bound.tightened(parent._bound).items() if k in ("min", "max")},
            "must_cover": tuple(dict.fromkeys((*parent.must_cover, *self.must_cover))),
        })  # fmt: skip

    def looser_than(self, parent: Column) -> tuple[str, ...]:
        """Where this asks for less than the parent's column of the same code."""
        said = []
        name = {"title": parent.title}
        if parent.required and not self.required:
            said.append(str(_("“%(title)s”一栏上级规定必填")) % name)
        if parent.max_chars and self.max_chars and self.max_chars > parent.max_chars:
            said.append(str(_("“%(title)s”一栏上级规定%(n)s字以内")) % {**name, "n": parent.max_chars})
        if parent.min_chars and self.min_chars and self.min_chars < parent.min_chars:
            said.append(str(_("“%(title)s”一栏上级规定不少于%(n)s字")) % {**name, "n": parent.min_chars})
        bounds = self._bound.looser_words(parent._bound)
        return (*said, *(f"{parent.title}{_('：')}{why}" for why in bounds))

    @property
    def _bound(self) -> Bound:
        return Bound(min=self.min, max=self.max)


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
        if both := sorted({c.code for c in self.header} & {c.code for c in self.columns}):
            raise ValueError(str(_("栏目代码重复：%(codes)s。")) % {"codes": listed(both)})
        if self.min_chars and self.max_chars and self.min_chars > self.max_chars:
            raise ValueError(str(_("字数的下限大于上限。")))
        if self.rows_min and self.rows_max and self.rows_min > self.rows_max:
            raise ValueError(str(_("行数的下限大于上限。")))
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
        titles = listed([(english() and c.title_en) or c.title for c in self.columns])
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
                above = {c.code: c for c in getattr(parent, group)}
                mine = {c.code: c for c in getattr(self, group)}
                strict = mode is Mode.TIGHTEN
                update[group] = (
                    *(c for c in above.values() if self.column(c.code) is None),
                    *(c.tightened(above[c.code]) if strict and c.code in above else c for c in mine.values()),
                )
            if mode is Mode.TIGHTEN:
                update |= self._tightened(parent)
            return self.model_copy(update=update)
        return super().combine(parent, mode)

    def _tightened(self, parent: Self) -> dict[str, Any]:
        update: dict[str, Any] = {"stamped": self.stamped or parent.stamped}
        for name, stricter in (("rows_min", max), ("rows_max", min), ("min_chars", max), ("max_chars", min)):
            both = [n for n in (getattr(self, name), getattr(parent, name)) if n is not None]
            update[name] = stricter(both) if both else None
        for name in ("variants", "levels", "merge", "template"):
            update[name] = getattr(self, name) or getattr(parent, name)
        return update

    def looser_than(self, parent: Self) -> list[str]:
        said = [
            why
            for theirs in (*parent.header, *parent.columns)
            if (mine := self.column(theirs.code))
            for why in mine.looser_than(theirs)
        ]
        for least, most, name in (
            ("rows_min", "rows_max", _("行数")), ("min_chars", "max_chars", _("全文字数")),
        ):  # fmt: skip
            mine_bound, their_bound = (
                Bound(min=getattr(f, least), max=getattr(f, most)) for f in (self, parent)
            )
            said += [f"{name}{_('：')}{why}" for why in mine_bound.looser_words(their_bound)]
        if parent.stamped and not self.stamped and "stamped" in self.model_fields_set:
            said.append(str(_("上级规定须盖章")))
        gone = {c for v in self.variants for c in v.without}
        said += [
            str(_("“%(title)s”一栏上级规定必填")) % {"title": c.title}
            for c in (*parent.header, *parent.columns)
            if c.code in gone and c.required
        ]
        return said
