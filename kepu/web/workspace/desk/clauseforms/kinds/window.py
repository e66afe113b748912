"""时间段: a named stretch of time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.window import Window
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part

PART = Part(
    Window,
    lead=_("有名字的一段时间，例如集中开展的一周。几段可以并存；别的条款可以说“要在这段时间里”。"),
    first=(
        Ask(
            "code", _("是哪一段时间"), _("上级通知里也有的，选同一个，两级才合得起来。"),
            known=Known(
                fixed=(
                    ("concentrated", _("集中开展")), ("year_round", _("全年")), ("publishing", _("发布")), ("preparation", _("筹备")),
                    ("main_venue", _("主场")), ("series", _("系列活动")),
                ),
                vocabulary="window", own=True, auto="chosen",
            ),
        ),
        Ask("title", _("名称"), _("例如：阅读月集中活动。")),
        Ask("start", _("从什么时候起"), blank=_("没有写起点")),
        Ask("end", _("到什么时候止"), _("这一天也算在内。"), blank=_("没有写终点")),
        Ask(
            "purpose", _("用来做什么"),
            known=Known(
                fixed=(
                    ("activity", _("举办活动")), ("filing", _("填报")), ("publishing", _("发布")), ("voting", _("投票")),
                    ("publicity", _("公示")),
                ),
                own=True, auto="chosen",
            ),
        ),
    ),
)  # fmt: skip
