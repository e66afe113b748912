"""清单: what activities choose from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.codelist import CodeList, Item
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows

ITEM = Part(
    Item,
    auto="item",
    first=(
        Ask("label", _("名称"), _("用通知里的叫法。")),
        Ask("note", _("说明")),
    ),
    more=(
        Ask(
            "same_as", _("就是上级清单里的哪一项"), _("叫法不同、其实是一回事的才选，往上汇总时算到那里。"),
            known=Known(vocabulary="item", own=True), blank=_("没有对应的"),
        ),
        Ask("parent", _("属于这张清单里的哪一项"), known=Known(vocabulary="row", own=True), blank=_("不属于别的项")),
        Ask("label_en", _("英文名称")),
        Ask("code", _("代码"), _("由系统编，不用改；与上级是同一项的，写上级的代码。")),
    ),
)  # fmt: skip

PART = Part(
    CodeList,
    lead=_("通知列出几项、活动要从中选的：行业领域、活动形式、服务人群、进基层、内容主题……"),
    first=(
        Ask(
            "code", _("是哪一份清单"), _("上级通知里也有的，选同一份，两级才对得上。"),
            known=Known(
                fixed=(
                    ("fields", _("行业领域")), ("formats", _("活动形式")), ("audiences", _("服务人群")), ("entries", _("进基层")),
                    ("topics", _("内容主题")), ("key_areas", _("重点领域")),
                ),
                vocabulary="list", own=True, auto="chosen",
            ),
        ),
        Ask("title", _("清单叫什么"), _("例如：活动形式。")),
        Ask("items", _("各项"), rows=Rows(ITEM, _("项"), open=True)),
        Ask("open_ended", _("后面有“等”字，可以另写别的")),
    ),
    more=(
        Ask(
            "removed", _("从上级清单里去掉哪些"), _("与上级的关系选“在上级基础上增加”时才用。"),
            known=Known(vocabulary="item", own=True), blank=_("不去掉"),
        ),
    ),
)  # fmt: skip
