"""主要安排: something that is to be held."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.programme import Agenda, Programme
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows

ITEM = Part(
    Agenda,
    auto="item",
    first=(Ask("label", _("环节"), _("例如：名篇朗读。")), Ask("note", _("说明"), _("例如：约半小时。"))),
    more=(Ask("code", _("代码"), _("由系统编，不用改。")),),
)

PART = Part(
    Programme,
    lead=_("要办的一件事：主场、启动式、竞赛、论坛、展览。"),
    first=(
        Ask("title", _("名称"), _("例如：阅读月启动式。")),
        Ask(
            "type", _("哪一类"),
            words={
                "main_venue": _("主场"), "branch_venue": _("分会场"), "ceremony": _("仪式"), "forum": _("论坛"), "contest": _("竞赛"),
                "exhibition": _("展览"), "broadcast": _("直播"), "service": _("服务"), "other": _("其他"),
            },
        ),
        Ask("when", _("什么时候"), blank=_("没有写时间")),
        Ask("where", _("在哪里"), _("例如：县图书馆。")),
        Ask("items", _("包括哪些环节"), rows=Rows(ITEM, _("个环节"))),
    ),
    more=(
        Ask(
            "per", _("每个什么办一场"), blank=_("就办一场"),
            known=Known(
                fixed=(
                    ("province", _("每省")), ("city", _("每市")), ("county", _("每县（市、区）")), ("town", _("每个乡镇（街道）")),
                    ("joint_issuer", _("每个联合主办单位")),
                ),
                own=True,
            ),
        ),
        Ask("min", _("至少几场")),
        Ask(
            "mode", _("线上还是线下"), blank=_("没有说"),
            words={"online": _("线上"), "offline": _("线下"), "mixed": _("线上线下结合")},
        ),
        Ask("partners", _("联合的单位")),
        Ask("guests", _("邀请哪些方面的人"), _("不写姓名，例如：本地作家。")),
        Ask("qualities", _("要有什么特点"), _("例如：群众性。")),
        Ask(
            "code", _("代码"), _("由系统编；上级通知里也有这一项的，选同一个。"),
            known=Known(vocabulary="programme", own=True, auto="always"), blank=_("由系统编"),
        ),
    ),
)  # fmt: skip
