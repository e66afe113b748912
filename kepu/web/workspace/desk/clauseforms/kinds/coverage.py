"""覆盖目标: which places or entries are to be reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.coverage import Coverage
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part

PART = Part(
    Coverage,
    lead=_("哪些地方、哪些门类都要办到，是全部还是百分之几。"),
    first=(
        Ask(
            "of", _("覆盖什么"),
            known=Known(
                fixed=(
                    ("village", _("村")), ("community", _("社区")), ("town", _("乡镇、街道")), ("county", _("县（市、区）")),
                    ("entries", _("“进基层”清单的各项")),
                ),
                vocabulary="list", own=True, auto="chosen",
            ),
        ),
        Ask("title", _("叫什么"), _("例如：农家书屋活动。")),
        Ask("percent", _("百分之几"), _("全覆盖就是 100。")),
        Ask("min", _("每一处至少几场"), _("没有说就空着。")),
    ),
    more=(
        Ask(
            "per", _("在谁的范围内算"),
            known=Known(
                fixed=(("province", _("每省")), ("city", _("每市")), ("county", _("每县")), ("town", _("每个乡镇（街道）"))),
                own=True,
            ),
            blank=_("没有说"),
        ),
        Ask("by_kinds", _("由哪类单位或队伍来做"), known=Known(vocabulary="kind", own=True), blank=_("没有说"), folded=True),
    ),
)  # fmt: skip
