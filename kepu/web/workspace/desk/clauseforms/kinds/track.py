"""活动板块: a tree of tracks, actions and series."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.track import Node, Track
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows

NODE = Part(
    Node,
    auto="track",
    first=(
        Ask("label", _("名称"), _("例如：校园共读行动。")),
        Ask("hosts", _("由哪些类别的单位承担"), known=Known(vocabulary="kind", own=True), blank=_("没有说"), folded=True),
    ),
    more=(
        Ask("parent", _("属于哪个板块"), known=Known(vocabulary="row", own=True), blank=_("自己就是一个板块")),
        Ask(
            "same_as", _("就是上级通知里的哪一个"), _("叫法不同、其实是一回事的才选，往上汇总时算到那里。"),
            known=Known(vocabulary="node", own=True), blank=_("没有对应的"),
        ),
        Ask("theme", _("这个板块自己的主题")),
        Ask("formats", _("用哪些活动形式"), known=Known(vocabulary="item:formats", own=True), blank=_("没有说"), folded=True),
        Ask("topics", _("主题")),
        Ask("partners", _("建议联合的单位")),
        Ask("note", _("说明")),
        Ask("label_en", _("英文名称")),
        Ask("code", _("代码"), _("由系统编，不用改；与上级是同一个的，写上级的代码。")),
    ),
)  # fmt: skip

PART = Part(
    Track,
    lead=_("活动归在哪个板块、哪项行动、哪个系列之下。板块写一条，联合行动另写一条，挂到它的板块上。"),
    first=(
        Ask(
            "code", _("是哪一组"), _("上级通知里也有的，选同一组。"),
            known=Known(
                fixed=(
                    ("tracks", _("活动板块")), ("joint_actions", _("联合行动")), ("special_actions", _("专项行动")),
                    ("series", _("系列活动")),
                ),
                vocabulary="track", own=True, auto="chosen",
            ),
        ),
        Ask("title", _("这一组叫什么"), _("例如：联合行动。")),
        Ask("nodes", _("各个板块、行动或系列"), rows=Rows(NODE, _("个"), open=True)),
        Ask("open_ended", _("后面有“等”字，可以另写别的")),
    ),
    more=(
        Ask(
            "under", _("整组挂在哪个板块之下"), known=Known(vocabulary="node", own=True), blank=_("不挂在别处"),
        ),
    ),
)  # fmt: skip
