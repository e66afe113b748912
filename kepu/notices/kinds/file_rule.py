"""File rules of a call: format, size, pixels, duration, name, what is written beside it. They belong to the call (LN-72)."""

from __future__ import annotations

from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from kepu.notices.kinds.base import Bound, Code, Mode, Params, Text, kind, listed


@kind("file_rule", _("文件要求"), mode=Mode.TIGHTEN)
class FileRule(Params):
    """What files of one material must be like. Sizes in megabytes, durations in seconds, pixels as width × height."""

    call: Code = Field(description="哪次征集")
    material: Code = Field(description="什么材料：picture、video、audio、document …")
    code: Code | None = Field(None, description="同一材料有几条要求时区分用")
    formats: tuple[Code, ...] = Field((), description="格式，小写扩展名")
    size_mb: Bound | None = None
    pixels: Bound | None = Field(None, description="宽×高的像素数")
    width: Bound | None = None
    height: Bound | None = None
    dpi: Bound | None = None
    duration_s: Bound | None = None
    orientation: Literal["landscape", "portrait"] | None = None
    megabyte: Literal["decimal", "binary"] = Field("binary", description="1M 是 10^6 还是 2^20 字节")
    name_pattern: Text | None = Field(None, description="文件命名，如 {unit}（{area}）-{title}")
    subject_pattern: Text | None = Field(None, description="邮件主题")
    criteria: tuple[Text, ...] = Field((), description="由人看的要求")
    declarations: tuple[Text, ...] = Field((), description="要作的承诺")
    anonymous: bool = Field(False, description="画面和文件里不得出现作者或单位信息")
    count: Bound | None = Field(None, description="每份几个文件")

    def key(self) -> str:
        return ".".join(["file_rule", self.call, self.material, *([self.code] if self.code else [])])

    def sentence(self) -> str:
        parts: list[str] = []
        if self.formats:
            parts.append(str(_("格式%(formats)s")) % {"formats": listed(list(self.formats))})
        for bound, name, unit in (
            (self.size_mb, _("大小"), "MB"), (self.pixels, _("像素"), ""), (self.width, _("宽"), "px"),
            (self.height, _("高"), "px"), (self.dpi, _("分辨率"), "dpi"), (self.duration_s, _("时长"), _("秒")),
            (self.count, _("数量"), _("个")),
        ):  # fmt: skip
            if bound:
                parts.append(f"{name}{bound.words(str(unit))}")
        if self.name_pattern:
            parts.append(str(_("命名为“%(pattern)s”")) % {"pattern": self.name_pattern})
        if self.subject_pattern:
            parts.append(str(_("邮件主题为“%(pattern)s”")) % {"pattern": self.subject_pattern})
        parts += [str(c) for c in (*self.criteria, *self.declarations)]
        if self.anonymous:
            parts.append(str(_("不得出现作者或单位信息")))
        return str(_("；")).join(parts) + str(_("。"))

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is not Mode.TIGHTEN:
            return super().combine(parent, mode)
        update: dict[str, object] = {}
        for name in ("size_mb", "pixels", "width", "height", "dpi", "duration_s", "count"):
            mine, theirs = getattr(self, name), getattr(parent, name)
            update[name] = Bound(**mine.tightened(theirs)) if mine and theirs else mine or theirs
        if parent.formats:
            update["formats"] = (
                tuple(f for f in self.formats if f in parent.formats) if self.formats else parent.formats
            )
        for name in ("criteria", "declarations"):
            update[name] = tuple(dict.fromkeys((*getattr(parent, name), *getattr(self, name))))
        for name in ("name_pattern", "subject_pattern", "orientation"):
            update[name] = getattr(self, name) or getattr(parent, name)
        return self.model_copy(update=update)

    def looser_than(self, parent: Self) -> list[str]:
        said = []
        for name, unit in (
            ("size_mb", "MB"),
            ("pixels", ""),
            ("width", "px"),
            ("height", "px"),
            ("duration_s", "s"),
        ):
            mine, theirs = getattr(self, name), getattr(parent, name)
            if mine and theirs:
                said += mine.looser_words(theirs, unit)
        return said
