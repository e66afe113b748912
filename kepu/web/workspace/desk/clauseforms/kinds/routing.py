"""审核路线: who reviews what is filed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.routing import Route, Routing
from kepu.web.workspace.desk.clauseforms.kinds.gate import cases
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows
from kepu.web.workspace.desk.clauseforms.widgets.receiver import ReceiverWidget
from kepu.web.workspace.desk.clauseforms.widgets.rows import RowsWidget

ROUTE = Part(
    Route,
    first=(
        Ask(
            "host_kinds", _("哪些类别的举办单位"), known=Known(vocabulary="kind", own=True), blank=_("其余所有单位"), folded=True,
        ),
        Ask("steps", _("依次由谁审核"), _("先写的先审。"), widget=RowsWidget(ReceiverWidget(), _("步"), opens=True)),
        Ask("working_days", _("每一步几个工作日"), _("没有说就空着。")),
        Ask("label", _("这种情况叫什么"), _("有几条路线的都写上，例如：学校的活动。")),
    ),
    more=(
        Ask("days", _("或每一步几天（自然日）"), _("工作日和自然日写一个。")),
        Ask("host_levels", _("哪些级别的举办单位"), known=Known(vocabulary="level", own=True), blank=_("不限"), folded=True),
        Ask("when", _("还要符合的情况"), _("例如只管重点活动。"), widget=cases()),
    ),
)  # fmt: skip

PART = Part(
    Routing,
    lead=_("填报的活动由谁审核。从上往下看各条路线，用第一条符合的；没有写条件的一条放最后。"),
    first=(
        Ask(
            "object", _("审核什么"),
            known=Known(
                fixed=(("activity", _("活动")), ("entry", _("作品")), ("nomination", _("推荐对象"))), own=True, auto="chosen",
            ),
        ),
        Ask("choice", _("归口单位"), radio=True, words={"fixed": _("是规定的"), "free": _("由填报人自选")}),
        Ask("routes", _("各条路线"), rows=Rows(ROUTE, _("条路线"), open=True)),
        Ask(
            "four_eyes", _("填报和审核须由不同的人办理"), _("要求了，自己填的一律不能自己审；上级要求了的，这里去不掉。"), thrice=True, blank=_("没有说"),
        ),
        Ask("label", _("通知里的说法"), _("概括着写，例如：归口单位选县阅读办。")),
    ),
)  # fmt: skip
