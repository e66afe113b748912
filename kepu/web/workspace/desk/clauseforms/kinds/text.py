"""文字: what no software acts on, kept so that nothing is lost."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.text import TextOnly
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part

PART = Part(
    TextOnly,
    lead=_("指导思想、要求、号召这类软件不用做什么、但不能丢的话。"),
    first=(
        Ask("title", _("标题"), _("概括成几个字，例如：节俭办活动。")),
        Ask("items", _("列出的几点"), _("概括着写，例如：不铺张。")),
        Ask(
            "topic", _("归在哪一类"),
            known=Known(
                fixed=(
                    ("principle", _("原则")), ("content", _("内容")), ("safety", _("安全")), ("publicity", _("宣传")),
                    ("inclusion", _("照顾对象")), ("support", _("服务保障")), ("burden", _("减负")), ("online", _("线上")),
                    ("brand", _("品牌")), ("history", _("历史")), ("channel", _("渠道")), ("volunteer", _("志愿服务")),
                    ("filing", _("填报")), ("resource", _("资源")), ("catalogue", _("汇编")),
                ),
                own=True, auto="chosen",
            ),
        ),
    ),
    more=(
        Ask(
            "code", _("代码"), _("由系统编，不用改；与上级说的是同一件事的，写上级的代码。"),
            known=Known(own=True, auto="always"), blank=_("由系统编"),
        ),
    ),
)  # fmt: skip
