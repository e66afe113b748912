"""主题: its words, a sub-theme, or who may set one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.theme import SETTERS, Theme
from kepu.web.workspace.desk.clauseforms.layout import Ask, Part

_WORDS = (("role", ("theme", "subtheme")),)

PART = Part(
    Theme,
    lead=_("这一届的主题、副主题，或者谁可以自己拟副主题。要求活动填报时主题一致的，另写一条“把关条件”。"),
    first=(
        Ask(
            "role", _("这一条写的是"), radio=True,
            words={"theme": _("主题"), "subtheme": _("副主题"), "right": _("谁可以自拟副主题")},
        ),
        Ask("text", _("主题的文字"), _("一字不差，不加引号。还没公布的空着，下面“定了没有”选待定。"), long=True, when=_WORDS),
        Ask("set_by", _("谁可以自拟"), words=SETTERS, when=(("role", ("right",)),)),
    ),
    more=(Ask("term", _("通知里怎么叫它"), _("与“主题”“副主题”叫法不同才写，例如：活动主题。")),),
)  # fmt: skip
