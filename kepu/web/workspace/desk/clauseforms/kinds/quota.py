"""数量要求: how many a unit, a place or a person is to bring."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.quota import OBJECTS, PER, PLACES, Quota, QuotaClass
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows
from kepu.web.workspace.desk.clauseforms.widgets.cases import CaseWidget
from kepu.web.workspace.desk.clauseforms.widgets.choice import OwnChoiceWidget
from kepu.web.workspace.desk.clauseforms.widgets.entries import EntriesWidget

UNITS = (
    "场",
    "个",
    "项",
    "件",
    "份",
    "名",
    "次",
    "元",
)  # as they are written, in whatever language the form is
COUNTED = Known(
    fixed=(
        ("mode", _("举办方式")), ("host_kind", _("举办单位类别")), ("host_member_of", _("举办单位是哪个机制的成员")),
        ("material", _("材料")), ("activity_level", _("活动级别")), ("tracks", _("活动板块")), ("key_activity", _("重点活动")),
    ),
    vocabulary="fact", own=True,
)  # fmt: skip


def counts() -> EntriesWidget:
    """Which ones count: for each fact some of its values."""
    key = Ask("key", _("看哪一项"), refreshes=True)
    value = Ask("value", _("是哪些才算"))
    return EntriesWidget(
        (key, OwnChoiceWidget(COUNTED)), (value, CaseWidget(limits=False)), _("项"), empty=[]
    )


CLASS = Part(
    QuotaClass,
    auto="class",
    first=(
        Ask("label", _("名称"), _("例如：小学组。")),
        Ask("min", _("这一类有多少"), together=("min", "max")),
        Ask("exempt", _("不占总名额")),
    ),
    more=(
        Ask("percent", _("写的是占总数的百分比")),
        Ask("parent", _("属于哪一类"), known=Known(vocabulary="row", own=True), blank=_("不属于别的类")),
        Ask("unit", _("量词"), _("与总数的不同才写。"), suggest=UNITS),
        Ask("counts", _("哪些算这一类"), widget=counts()),
        Ask("code", _("代码"), _("由系统编，不用改。")),
    ),
)  # fmt: skip

PART = Part(
    Quota,
    lead=_("每个单位、地区或个人要做到多少，或不能超过多少。下限有约束，上限一般只提示。"),
    first=(
        Ask("of", _("数什么"), known=Known(fixed=tuple(OBJECTS.items()), own=True, auto="chosen")),
        Ask("title", _("叫什么"), _("例如：阅读活动。数的是“别的”时一定要写。")),
        Ask("per", _("按什么计"), known=Known(fixed=tuple(PER.items()), own=True, auto="chosen")),
        Ask("per_title", _("怎么称呼"), _("按“别的”计时写，例如：每班。"), when=(("per", ("+",)),)),
        Ask(
            "place_level", _("哪一级地区"), when=(("per", ("place",)),), blank=_("没有选"),
            known=Known(fixed=tuple(PLACES.items()), own=True),
        ),
        Ask("min", _("多少"), _("写一头或两头都写，都含本数。"), together=("min", "max")),
        Ask("unit", _("量词"), _("例如：场。"), short=True, suggest=UNITS),
        Ask("cap", _("上限是硬的，超过不收"), _("例如推荐名额；不勾的，超过只提示。")),
    ),
    more=(
        Ask("classes", _("分类名额"), _("总数里面再分的，例如线上至少几场。"), rows=Rows(CLASS, _("类"))),
        Ask("counts", _("哪些才算数"), widget=counts()),
        Ask(
            "window", _("哪段时间里的才算"), known=Known(vocabulary="window", prefix="window.", own=True), blank=_("不限时间"),
        ),
        Ask("host_excludes", _("哪些类别的单位办的不算"), known=Known(vocabulary="kind", own=True), blank=_("都算"), folded=True),
        Ask("nominal", _("只是名号的数"), _("例如“百场讲座”的 100，不作考核。")),
        Ask("code", _("代码"), _("同一样东西有几条数量要求、要分开写时才写，例如：weekly。")),
    ),
)  # fmt: skip
