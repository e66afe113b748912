"""各方: who plays a part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.party import Member, Party
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows

MEMBER = Part(
    Member,
    first=(Ask("name", _("单位名称"), _("例如：县图书馆。")), Ask("note", _("说明"), _("例如：牵头。"))),
    more=(
        Ask("kind", _("单位类别"), known=Known(vocabulary="kind", own=True), blank=_("没有说")),
        Ask("line", _("系统"), known=Known(vocabulary="line", own=True), blank=_("没有说")),
        Ask("place", _("地区"), known=Known(vocabulary="place", own=True), blank=_("没有说")),
        Ask("unit", _("单位编号"), _("单位在系统里有编号的才写。")),
    ),
)  # fmt: skip

PART = Part(
    Party,
    lead=_("谁统筹、谁联合、谁是成员、和谁合作。"),
    first=(
        Ask(
            "role", _("他们是什么角色"),
            known=Known(
                fixed=(
                    ("coordinator", _("统筹")), ("joint_issuer", _("联合主办")), ("member_body", _("成员单位")), ("partner", _("合作")),
                    ("host", _("举办")), ("line", _("各系统")), ("mechanism", _("工作机制")), ("special_unit", _("特别参与")),
                ),
                own=True, auto="chosen",
            ),
        ),
        Ask("title", _("通知里叫什么"), _("例如：合作单位。")),
        Ask("what", _("做什么"), _("例如：提供图书和场地。")),
        Ask("members", _("各家单位"), rows=Rows(MEMBER, _("家"))),
    ),
    more=(
        Ask("count", _("一共几家"), _("没有一一列出、只说了家数的才写。")),
        Ask("ordered", _("排列的次序有意义")),
        Ask("required", _("是不是必须"), blank=_("没有说")),
    ),
)  # fmt: skip
