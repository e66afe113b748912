"""表格: a table of an attachment, or the parts of a summary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.form import Column, Form, Variant
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows

SOURCES = Known(
    fixed=(
        ("unit.name", _("单位名称")), ("activity.title", _("活动名称")), ("activity.host", _("主办单位")),
        ("activity.outline", _("活动概述")), ("activity.time_place", _("时间、地点")), ("activity.contact", _("联系人、电话")),
        ("activity.participants_expected", _("预计参与人数")), ("activity.participants_actual", _("实际参与人数")),
    ),
    own=True,
)  # fmt: skip

COLUMN = Part(
    Column,
    auto="column",
    first=(
        Ask("title", _("栏目名称"), _("例如：活动内容。")),
        Ask(
            "type", _("填什么"),
            words={
                "text": _("短文字"), "long_text": _("长文字"), "number": _("数"), "date": _("日期"), "datetime": _("日期和时刻"),
                "choice": _("从选项里选"), "yes_no": _("是或不是"), "file": _("文件"), "serial": _("序号（系统填）"), "phone": _("电话"),
                "money": _("金额"),
            },
        ),
        Ask("max_chars", _("至多几个字"), when=(("type", ("text", "long_text")),)),
        Ask("choices", _("有哪些选项"), when=(("type", ("choice",)),)),
        Ask("required", _("必填")),
    ),
    more=(
        Ask("list", _("选项来自哪份清单"), known=Known(vocabulary="list", own=True), blank=_("没有"), when=(("type", ("choice",)),)),
        Ask("min_chars", _("至少几个字"), when=(("type", ("text", "long_text")),)),
        Ask("min", _("数的范围"), together=("min", "max"), when=(("type", ("number", "money")),)),
        Ask("must_cover", _("文字里要说到哪几点"), when=(("type", ("text", "long_text")),)),
        Ask("parts", _("一栏里分哪几部分"), _("例如：联系人、联系电话分两部分。")),
        Ask("source", _("从已填的内容里取"), _("取得到的不用再填一遍。"), known=SOURCES, blank=_("另外填")),
        Ask("personal", _("含个人信息")),
        Ask("public", _("会公开"), blank=_("没有说")),
        Ask("example", _("填写样例")),
        Ask("note", _("填写说明")),
        Ask("title_en", _("英文名称")),
        Ask("code", _("代码"), _("由系统编，不用改；与上级是同一栏的，写上级的代码。")),
    ),
)  # fmt: skip

VARIANT = Part(
    Variant,
    first=(
        Ask("title", _("这种情况叫什么"), _("例如：学校填报。")),
        Ask("sender_kinds", _("哪些类别的报送单位"), known=Known(vocabulary="kind", own=True), blank=_("不限"), folded=True),
        Ask("columns", _("另加的栏"), _("代码与原来的栏相同的，代替原来的。"), rows=Rows(COLUMN, _("栏"))),
        Ask("without", _("不要的栏"), known=Known(vocabulary="column", own=True), blank=_("都要"), folded=True),
    ),
    more=(
        Ask("categories", _("哪些组别"), _("写组别的代码。")),
        Ask("activity_types", _("哪些活动类型"), _("写活动类型的代码。")),
    ),
)  # fmt: skip

PART = Part(
    Form,
    lead=_("附件里的表格，或总结要写的几个部分。系统里已有的内容自动取来，不用再填一遍。"),
    first=(
        Ask("title", _("表名"), _("例如：阅读月活动计划表。")),
        Ask(
            "object", _("一行是什么"), _("写文章的（总结）选“一篇文字”，下面各栏就是它的几个部分。"),
            known=Known(
                fixed=(
                    ("row", _("一般的一行")), ("activity", _("一场活动")), ("series", _("一个系列")), ("person", _("一个人")),
                    ("entry", _("一件作品")), ("file", _("一个文件")), ("document", _("一篇文字（总结）")),
                ),
                own=True,
            ),
        ),
        Ask("columns_known", _("栏目都在手里"), _("附件还没有见到的不勾，以后再补栏目。")),
        Ask("header", _("表头"), _("每张表只填一次的，例如单位名称。"), rows=Rows(COLUMN, _("栏"))),
        Ask("columns", _("各栏，或总结的几个部分"), rows=Rows(COLUMN, _("栏"), open=True)),
        Ask("stamped", _("要盖章"), thrice=True, blank=_("没有说")),
        Ask("template", _("是第几号附件"), _("写数字，例如：1。"), short=True),
    ),
    more=(
        Ask("rows_min", _("几行"), together=("rows_min", "rows_max")),
        Ask("min_chars", _("全文几个字"), _("总结类，各部分合计。"), together=("min_chars", "max_chars")),
        Ask("merge", _("几场活动怎样合成一行"), _("例如：同一系列合填一行。")),
        Ask("levels", _("用于哪几级奖项或层级"), _("例如：县级奖。")),
        Ask("variants", _("几种情况"), _("对某些单位、组别，表格有什么不同。"), rows=Rows(VARIANT, _("种情况"))),
        Ask(
            "code", _("代码"), _("由系统编；上级通知里也有这张表的，选同一张。"),
            known=Known(vocabulary="form", own=True, auto="always"), blank=_("由系统编"),
        ),
    ),
)  # fmt: skip
