"""File rules of a call: format, size, pixels, duration, name, what is written beside it. They belong to the call (LN-72)."""

from __future__ import annotations

import re
from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from kepu.notices.kinds.base import Bound, Code, Limit, Mode, Params, Text, kind, listed, not_among

UNITS = {
    "size_mb": "MB", "pixels": "", "width": "px", "height": "px", "long_side": "px", "short_side": "px", "dpi": "dpi",
    "duration_s": "秒", "count": "个",
}  # fmt: skip
# what stands in a pattern in braces, as people call it; another word in braces stays as it is
FILLED = {
    "unit": _("单位名称"), "contact": _("联系方式"), "title": _("作品名称"), "area": _("地区"), "serial": _("序号"), "author": _("作者姓名"),
    "category": _("组别"),
}  # fmt: skip
ORIENTATIONS = {"landscape": _("横幅"), "portrait": _("竖幅")}


@kind("file_rule", _("文件要求"), mode=Mode.TIGHTEN)
class FileRule(Params):
    """What files of one material must be like. Sizes in megabytes, durations in seconds, pixels as width × height."""

    call: Code = Field(description="哪次征集")
    material: Code = Field(description="什么材料：picture、video、audio、document …")
    code: Code | None = Field(None, description="同一材料有几条要求时区分用")
    categories: tuple[Text, ...] = Field((), description="只用于征集的哪些组别；不写就是所有组别")
    formats: tuple[Code, ...] = Field((), description="格式，小写扩展名")
    size_mb: Limit | None = None
    pixels: Limit | None = Field(None, description="宽×高的像素数")
    width: Limit | None = None
    height: Limit | None = None
    long_side: Limit | None = Field(None, description="长边的像素，不论横竖")
    short_side: Limit | None = Field(None, description="短边的像素，不论横竖")
    aspect: tuple[str, ...] = Field((), description="画幅比例，如 16:9；几种都行的都列上")
    dpi: Limit | None = None
    duration_s: Limit | None = None
    orientation: Literal["landscape", "portrait"] | None = None
    megabyte: Literal["decimal", "binary"] = Field("binary", description="1M 是 10^6 还是 2^20 字节")
    name_pattern: Text | None = Field(None, description="文件命名，如 {unit}（{area}）-{title}")
    subject_pattern: Text | None = Field(None, description="邮件主题")
    criteria: tuple[Text, ...] = Field((), description="由人看的要求")
    declarations: tuple[Text, ...] = Field((), description="要作的承诺")
    anonymous: bool = Field(False, description="画面和文件里不得出现作者或单位信息")
    count: Limit | None = Field(None, description="每份几个文件")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if bad := [a for a in self.aspect if not re.fullmatch(r"[1-9]\d*(\.\d+)?:[1-9]\d*", a)]:
            raise ValueError(str(_("画幅比例要写成 16:9 这样：%(bad)s。")) % {"bad": bad[0]})
        about = {"call", "material", "code", "categories", "megabyte"}
        if not any(getattr(self, name) for name in type(self).model_fields if name not in about):
            raise ValueError(str(_("文件要求没有写要求。")))
        return self

    def key(self) -> str:
        return ".".join(["file_rule", self.call, self.material, *([self.code] if self.code else [])])

    def sentence(self) -> str:
        parts: list[str] = []
        if self.formats:
            parts.append(str(_("格式%(formats)s")) % {"formats": listed(list(self.formats))})
        for bound, name, unit in (
            (self.size_mb, _("大小"), "MB"), (self.pixels, _("像素"), ""), (self.width, _("宽"), "px"),
            (self.height, _("高"), "px"), (self.long_side, _("长边"), "px"), (self.short_side, _("短边"), "px"), (self.dpi, _("分辨率"), "dpi"),
            (self.duration_s, _("时长"), "秒"), (self.count, _("数量"), "个"),
        ):  # fmt: skip
            if bound:
                parts.append(str(_("%(name)s%(bound)s")) % {"name": name, "bound": bound.words(unit)})
        if self.aspect:
            parts.append(str(_("画幅%(aspect)s")) % {"aspect": listed(list(self.aspect))})
        if self.orientation:
            parts.append(str(ORIENTATIONS[self.orientation]))
        if self.name_pattern:
            parts.append(str(_("命名为“%(pattern)s”")) % {"pattern": _said(self.name_pattern)})
        if self.subject_pattern:
            parts.append(str(_("邮件主题为“%(pattern)s”")) % {"pattern": _said(self.subject_pattern)})
        parts += [str(c) for c in (*self.criteria, *self.declarations)]
        if self.anonymous:
            parts.append(str(_("不得出现作者或单位信息")))
        text = str(_("；")).join(parts) + str(_("。"))
        if self.categories:
            return str(_("%(who)s：%(what)s")) % {"who": listed(list(self.categories)), "what": text}
        return text

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is not Mode.TIGHTEN:
            return super().combine(parent, mode)
        update: dict[str, object] = {}
        for name in UNITS:
            mine, theirs = getattr(self, name), getattr(parent, name)
            update[name] = Bound(**mine.tightened(theirs)) if mine and theirs else mine or theirs
        for name in ("formats", "aspect"):
            mine, theirs = getattr(self, name), getattr(parent, name)
            both = tuple(f for f in mine if f in theirs) if mine and theirs else mine or theirs
            update[name] = both or theirs  # nothing in common: the parent's hold
        for name in ("criteria", "declarations"):
            update[name] = tuple(dict.fromkeys((*getattr(parent, name), *getattr(self, name))))
        for name in ("name_pattern", "subject_pattern"):
            update[name] = getattr(self, name) or getattr(parent, name)
        update["orientation"] = parent.orientation or self.orientation
        update["anonymous"] = self.anonymous or parent.anonymous
        if "megabyte" not in self.model_fields_set:
            update["megabyte"] = parent.megabyte
        return self.model_copy(update=update)

    def looser_than(self, parent: Self) -> list[str]:
        said = []
        for name, unit in UNITS.items():
            mine, theirs = getattr(self, name), getattr(parent, name)
            if mine and theirs:
                said += mine.looser_words(theirs, unit)
        for name in ("formats", "aspect"):
            if extra := not_among(getattr(self, name), getattr(parent, name)):
                said.append(
                    str(_("上级只收%(parent)s，这里多了%(child)s"))
                    % {"parent": listed(list(getattr(parent, name))), "child": listed(extra)}
                )
        if parent.orientation and self.orientation not in (None, parent.orientation):
            said.append(str(_("上级要求%(what)s")) % {"what": ORIENTATIONS[parent.orientation]})
        if parent.anonymous and not self.anonymous and "anonymous" in self.model_fields_set:
            said.append(str(_("上级要求不得出现作者或单位信息")))
        return said


def _said(pattern: str) -> str:
    """A pattern as one says it: 科普日图片+单位名称+联系方式."""
    return re.sub(r"\{(\w+)\}", lambda found: str(FILLED.get(found[1], found[0])), pattern)
