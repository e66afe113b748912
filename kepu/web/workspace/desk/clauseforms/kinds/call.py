"""征集: who calls for what, from whom, until when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.call import Call, Condition, Declaration
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows
from kepu.web.workspace.desk.clauseforms.widgets.text import MeasureWidget

CONDITION = Part(
    Condition,
    auto="condition",
    first=(
        Ask("label", _("是什么"), _("例如：作者年龄。要由人来看的写整句话。")),
        Ask("min", _("数在什么范围"), together=("min", "over", "max", "under")),
        Ask("unit", _("量的单位"), _("例如：周岁。"), short=True, suggest=("周岁", "天", "元", _("百分比")), widget=MeasureWidget()),
        Ask("one_of", _("只能是其中之一"), _("例如：在校学生。")),
    ),
    more=(
        Ask("not_before", _("不早于")),
        Ask("not_after", _("不晚于")),
        Ask("share_of", _("写的是占什么的百分之几"), _("例如：建设投入。")),
        Ask("categories", _("只对哪些组别"), _("不写就是所有组别。")),
        Ask("sender_kinds", _("只对哪些类别的申报单位"), known=Known(vocabulary="kind", own=True), blank=_("不限"), folded=True),
        Ask("note", _("说明"), _("例如：以报名截止日计算。")),
        Ask("code", _("代码"), _("由系统编，不用改。")),
    ),
)  # fmt: skip

DECLARATION = Part(
    Declaration,
    auto="declaration",
    first=(
        Ask("text", _("声明的意思"), _("例如：作品原创，权属无争议。")),
        Ask("required", _("必交")),
        Ask("stamped", _("要单位盖章")),
    ),
    more=(Ask("code", _("代码"), _("由系统编，不用改。")),),
)  # fmt: skip

PART = Part(
    Call,
    lead=_("征集照片、视频、作品、故事；比赛报名、基地申报也用它。谁可以交写在“对谁说的”，文件要什么样另写“文件要求”。"),
    first=(
        Ask("title", _("征集什么"), _("例如：家乡的书房摄影作品。")),
        Ask("materials", _("收什么材料"), known=Known(vocabulary="material", own=True)),
        Ask("opens", _("从什么时候起收"), blank=_("没有写")),
        Ask("closes", _("收到什么时候"), blank=_("没有写")),
        Ask("content", _("内容"), _("例如：家庭书房。")),
        Ask("categories", _("类别、组别"), _("例如：少年组。")),
        Ask("conditions", _("参加者和作品要符合的条件"), rows=Rows(CONDITION, _("个条件"))),
        Ask("conditions_needed", _("几个条件"), radio=True, words={"all": _("都要符合"), "any": _("符合一个就行")}),
        Ask("declarations", _("随作品交的承诺、声明"), rows=Rows(DECLARATION, _("份声明"))),
        Ask("labels", _("作品上必须标注什么"), _("例如：AI生成内容须标明。")),
    ),
    more=(
        Ask("uses", _("用在哪里"), _("例如：线上展览。")),
        Ask("since_year", _("内容从哪一年起"), _("例如：2020。")),
        Ask("made_from", _("作品完成或发表不早于"), blank=_("没有写")),
        Ask("made_until", _("作品完成或发表不晚于"), blank=_("没有写")),
        Ask("anonymous", _("匿名评审")),
        Ask("fee", _("收费"), blank=_("没有说")),
        Ask(
            "code", _("代码"), _("由系统编；上级通知里也有这次征集的，选同一个。"),
            known=Known(vocabulary="call", own=True, auto="always"), blank=_("由系统编"),
        ),
    ),
)  # fmt: skip
