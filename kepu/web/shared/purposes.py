"""What a page says where people type something personal: why it is asked, and until when it is kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

PURPOSES: dict[str, Any] = {
    "contact": _(
        "联系人和责任人的姓名、电话，只用来审核时找得到人、责任到人；平时打码，届次结束、保存期满后删除。填别人的，请先告诉本人。"
    ),
    "table": _(
        "表里的姓名、电话，只按通知要求逐级报送；平时打码，届次结束、保存期满后删除。填别人的，请先告诉本人。"
    ),
    "account": _("姓名让同事知道是谁在办理；邮箱和手机只用来登录、重设密码和提醒，注销账号时删除。"),
    "application": _("填的姓名和联系方式，只用来核实申请、告诉您结果。"),
    "pictures": _("交来的照片和视频里如果认得出未成年人，要有监护人的书面同意；没有的，请遮挡或者换一张。"),
}
