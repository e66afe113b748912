"""联系方式: which desk answers what. Persons and numbers are entered elsewhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.contact import GIVES, Contact
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part

PART = Part(
    Contact,
    lead=_("哪个部门管什么、通知给了哪些联系方式。人名、电话、邮箱不写在这里。"),
    first=(
        Ask("title", _("部门"), _("例如：县阅读办。")),
        Ask("about", _("管什么事"), _("例如：报名系统的技术问题。")),
        Ask("gives", _("通知给了哪些"), _("只勾有没有，不写内容。"), words=GIVES),
        Ask("count", _("几位联系人")),
    ),
    more=(
        Ask(
            "desk", _("部门的代码"), _("由系统编，不用改；别的通知里已经有这个部门的，选同一个。"),
            known=Known(vocabulary="desk", own=True, auto="always"), blank=_("由系统编"),
        ),
    ),
)  # fmt: skip
