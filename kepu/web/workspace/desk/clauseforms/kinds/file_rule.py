"""文件要求: what the files of a call must be like."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.file_rule import FileRule
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part

PART = Part(
    FileRule,
    lead=_("某次征集里，某种材料的文件要符合什么。必须的和最好做到的分两条写。"),
    first=(
        Ask("call", _("哪次征集"), known=Known(vocabulary="call", own=True, auto="chosen")),
        Ask("material", _("什么材料"), known=Known(vocabulary="material", own=True, auto="chosen")),
        Ask("formats", _("格式"), _("写扩展名，例如：jpg、jpeg、png。")),
        Ask("size_mb", _("大小（MB）")),
        Ask("duration_s", _("时长（秒）"), _("五分钟写 300。"), when=(("material", ("video", "audio", "+")),)),
        Ask("pixels", _("总像素（宽乘高）"), _("三百万像素写 3000000。")),
        Ask("count", _("每份几个文件")),
        Ask("name_pattern", _("文件怎么命名"), _("要代入的写在花括号里，例如：{unit}-{title}（单位-题目）。")),
        Ask("criteria", _("由人来看的要求"), _("例如：画面清晰。")),
    ),
    more=(
        Ask("long_side", _("长边（像素）"), _("不论横竖。")),
        Ask("short_side", _("短边（像素）")),
        Ask("width", _("宽（像素）")),
        Ask("height", _("高（像素）")),
        Ask("dpi", _("分辨率（每英寸点数）")),
        Ask("aspect", _("画幅比例"), _("例如：16:9。")),
        Ask("orientation", _("横幅还是竖幅"), blank=_("没有说"), words={"landscape": _("横幅"), "portrait": _("竖幅")}),
        Ask(
            "megabyte", _("1M 怎么算"), thrice=True, blank=_("没有说（按惯例）"),
            words={"binary": _("2的20次方字节（惯例）"), "decimal": _("一百万字节")},
        ),
        Ask("subject_pattern", _("邮件主题怎么写"), _("例如：摄影征集+{unit}。")),
        Ask("declarations", _("要作的承诺"), _("例如：作品为原创。")),
        Ask("anonymous", _("不得出现作者或单位"), thrice=True, blank=_("没有说")),
        Ask("categories", _("只用于哪些组别"), _("写征集里组别的叫法；不写就是所有组别。")),
        Ask("code", _("代码"), _("同一种材料有几条要求、要分开写时才写，例如：preferred。")),
    ),
)  # fmt: skip
