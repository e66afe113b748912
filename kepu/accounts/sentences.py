"""What the trace says of people and their signing in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts.workflow import Event
from kepu.core.telling import Row, Told, group, listed, say, tells

group("account", lazy("账号和登录"))
group("personal", lazy("看过个人信息的"))

say("account", {Event.PERSON_CREATED: lazy("%(who)s为%(thing)s建立了账号。")})


@tells("account", Event.LANGUAGE_CHOSEN)
def language_chosen(row: Row) -> Told:
    language = dict(settings.LANGUAGES).get(row.detail.get("language", ""), row.detail.get("language", ""))
    return row.say(_("%(who)s把界面语言换成了%(language)s。"), language=language)


# what somebody may have looked at, by the name of its field
FIELDS: dict[str, Any] = {
    "phone": lazy("手机号码"), "email": lazy("电子邮箱"), "name": lazy("姓名"), "contact_name": lazy("联系人"),
    "contact_phone": lazy("联系电话"), "username": lazy("登录名"), "credit_code": lazy("统一社会信用代码"),
}  # fmt: skip


@tells("personal", "personal.shown")
def personal_shown(row: Row) -> Told:
    """Somebody looked at personal data that is masked otherwise."""
    fields = listed(FIELDS.get(name, name) for name in row.detail.get("fields", ()))
    reason = str(row.detail.get("reason") or row.detail.get("purpose") or "")
    return row.say(
        _("%(who)s查看了%(thing)s的%(fields)s。"), _("用途：%(reason)s。") % {"reason": reason} if reason else "",
        fields=fields or _("个人信息"),
    )  # fmt: skip
