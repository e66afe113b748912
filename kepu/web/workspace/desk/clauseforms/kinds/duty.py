"""报送任务: what is to be handed in, to whom, by when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.duty import Channel, Duty
from kepu.notices.kinds.duty import Part as DutyPart
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows
from kepu.web.workspace.desk.clauseforms.widgets.receiver import ReceiverWidget

PIECE = Part(
    DutyPart,
    auto="part",
    first=(
        Ask("label", _("交什么"), _("例如：盖章扫描件。")),
        Ask("required", _("必交")),
        Ask("note", _("说明"), _("例如：Word 格式。")),
    ),
    more=(
        Ask(
            "code", _("代码"), _("由系统编，不用改；与上级要的是同一样的，选同一个。"), blank=_("由系统编"),
            known=Known(
                fixed=(
                    ("electronic", _("电子版")), ("sealed_scan", _("盖章扫描件")), ("sealed_pdf", _("盖章PDF")), ("paper", _("纸质件")),
                    ("summary", _("总结")), ("registration", _("登记表")), ("picture", _("图片")), ("video", _("视频")),
                    ("news_link", _("报道链接")),
                ),
                own=True,
            ),
        ),
    ),
)  # fmt: skip

CHANNEL = Part(
    Channel,
    auto="channel",
    first=(
        Ask(
            "code", _("哪一种渠道"),
            known=Known(
                fixed=(
                    ("platform", _("平台")), ("mailbox", _("邮箱")), ("oa_mailbox", _("办公系统")), ("post", _("邮寄")),
                    ("onsite", _("现场交")),
                ),
                own=True,
            ),
        ),
        Ask("label", _("通知里的叫法"), _("不写邮箱地址，例如：工作邮箱。")),
    ),
    more=(Ask("note", _("说明"), _("例如：邮件主题写单位名称。")),),
)  # fmt: skip

PART = Part(
    Duty,
    lead=_("谁在什么时候以前，把什么报给谁。谁要报，写在下面“对谁说的”里。"),
    first=(
        Ask(
            "what", _("报的是什么"), _("上级通知里也要报的，选同一样，期限才合得起来。"),
            known=Known(
                fixed=(
                    ("organisation_summary", _("单位总结")), ("activity_summary", _("活动总结")), ("plan_table", _("活动计划表")),
                    ("key_activity_list", _("重点活动清单")), ("materials", _("宣传素材")),
                ),
                vocabulary="duty", own=True, auto="chosen",
            ),
        ),
        Ask("title", _("任务名称"), _("例如：阅读月活动计划表。")),
        Ask("due", _("什么时候以前报"), _("通知没有写期限的，不用选。"), blank=_("没有写期限")),
        Ask("to", _("报给谁"), widget=ReceiverWidget()),
        Ask(
            "about", _("每个什么报一份"), radio=True,
            words={"unit": _("每个单位一份"), "activity": _("每项活动一份"), "entry": _("每件作品一份")},
        ),
        Ask("parts", _("要交哪几样"), rows=Rows(PIECE, _("样"))),
        Ask("channels", _("通过什么渠道"), rows=Rows(CHANNEL, _("条渠道"))),
        Ask("channels_needed", _("几条渠道"), radio=True, words={"any": _("任选一条"), "all": _("每条都要")}),
        Ask("form", _("用哪张表"), known=Known(vocabulary="form", own=True), blank=_("没有表")),
    ),
    more=(
        Ask("opens", _("从什么时候起可以报"), blank=_("没有写")),
        Ask("desk", _("对方的哪个科室"), _("例如：办公室。")),
        Ask("quota", _("报多少，见哪条数量要求"), known=Known(vocabulary="quota", own=True), blank=_("没有说")),
        Ask("scope", _("报哪个范围的情况"), _("例如：本乡镇。")),
        Ask("stages", _("分几步评看"), _("写英文代码，例如：first、second。")),
    ),
)  # fmt: skip
