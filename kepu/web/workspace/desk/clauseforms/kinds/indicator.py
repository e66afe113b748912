"""评价指标: by what a level evaluates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.indicator import Indicator, Indicators
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows

ITEM = Part(
    Indicator,
    auto="indicator",
    first=(
        Ask("label", _("名称"), _("例如：群众参与。")),
        Ask("weight", _("权重"), _("通知给了才写。")),
        Ask("judged", _("由人来评判"), _("能从数据算出来的不勾。")),
    ),
    more=(
        Ask(
            "data", _("用哪些数据"), blank=_("没有说"), folded=True,
            known=Known(
                fixed=(
                    ("activities", _("活动场次")), ("key_activities", _("重点活动场次")), ("online_activities", _("线上活动场次")),
                    ("participants_actual", _("实际参与人数")), ("media_links", _("媒体报道")), ("units", _("参与的单位")),
                ),
                vocabulary="fact", own=True,
            ),
        ),
        Ask("same_as", _("上级指标里对应的代码")),
        Ask("code", _("代码"), _("由系统编，不用改。")),
    ),
)  # fmt: skip

PART = Part(
    Indicators,
    lead=_("评价看哪几个方面。"),
    first=(
        Ask("title", _("这套指标叫什么")),
        Ask("items", _("各项指标"), rows=Rows(ITEM, _("项"), open=True)),
        Ask("open_ended", _("后面有“等”字，可以另加")),
    ),
    more=(Ask("code", _("哪一套指标的代码"), _("只有一套的不用改；同一份通知有两套的，另起一个英文代码。")),),
)  # fmt: skip
