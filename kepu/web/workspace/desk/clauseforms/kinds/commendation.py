"""评优表扬: one step of commending."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.commendation import STEPS, Award, Commendation, Objection
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows
from kepu.web.workspace.desk.clauseforms.widgets.choice import OwnChoiceWidget
from kepu.web.workspace.desk.clauseforms.widgets.entries import EntriesWidget
from kepu.web.workspace.desk.clauseforms.widgets.text import LinesWidget

OBJECTS = Known(
    fixed=(
        ("organisation", _("单位")), ("activity", _("活动")), ("person", _("个人")), ("entry", _("作品")), ("team", _("队伍")),
    ),
    own=True,
)  # fmt: skip

AWARD = Part(
    Award,
    auto="award",
    first=(
        Ask("label", _("奖项或名次"), _("例如：一等奖。")),
        Ask("places", _("几个")),
        Ask("percent", _("或占参评的百分之几")),
    ),
    more=(Ask("money", _("每个奖金多少元")), Ask("code", _("代码"), _("由系统编，不用改。"))),
)  # fmt: skip

OBJECTION = Part(
    Objection,
    first=(
        Ask("days", _("几天（自然日）"), _("自然日和工作日写一个。")),
        Ask("working_days", _("或几个工作日")),
        Ask("to", _("向谁提出"), _("写部门，不写人和电话。")),
        Ask("named", _("须实名"), blank=_("没有说")),
        Ask("written", _("须书面"), blank=_("没有说")),
    ),
)  # fmt: skip

PART = Part(
    Commendation,
    lead=_("推荐、评审、公示、表扬……一步写一条。获评的单位和个人不写在这里。"),
    first=(
        Ask("step", _("哪一步"), words=STEPS),
        Ask("objects", _("评的是什么"), known=OBJECTS),
        Ask("by", _("谁来做"), _("例如：县阅读办。")),
        Ask("when", _("什么时候做"), blank=_("没有写时间")),
        Ask("awards", _("设哪些奖项或名次"), rows=Rows(AWARD, _("个"))),
        Ask(
            "criteria", _("标准"),
            widget=EntriesWidget(
                (Ask("key", _("对什么")), OwnChoiceWidget(OBJECTS)), (Ask("value", _("标准"), _("例如：参与面广。")), LinesWidget()),
                _("组标准"), empty=[],
            ),
        ),
        Ask("objection", _("公示的异议期"), part=OBJECTION, when=(("step", ("shortlist", "publicise", "decide", "commend")),)),
    ),
    more=(
        Ask("to", _("上报给谁"), _("例如：市阅读办。")),
        Ask("pool", _("从哪些里选"), _("例如：县级入围作品。")),
        Ask("results", _("结果附了哪些名单"), _("只写名单叫什么，例如：优秀组织单位名单。")),
        Ask(
            "channel", _("通过什么渠道"), blank=_("没有说"),
            known=Known(
                fixed=(("platform", _("平台")), ("mailbox", _("邮箱")), ("oa_mailbox", _("办公系统")), ("post", _("邮寄"))), own=True,
            ),
        ),
        Ask("code", _("代码"), _("同一步有几种、要分开写几条时才写，例如：organisation。")),
    ),
)  # fmt: skip
