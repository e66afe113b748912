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


@tells("personal", "personal.shown", refs={"of_id": "@of", "people": "person"})
def personal_shown(row: Row) -> Told:
    """Somebody looked at personal data that is masked otherwise: on a thing, or on a person and where."""
    detail = row.detail
    fields = listed(FIELDS.get(name, name) for name in detail.get("fields", ())) or _("个人信息")
    where = (
        row.ref(str(detail["of"]), detail.get("of_id"))
        if detail.get("of") and detail["of"] != "person"
        else None
    )
    people = listed(row.ref("person", pk) for pk in detail.get("people") or ())
    return row.say(
        _("%(who)s查看了%(thing)s的%(fields)s。"), _("是在%(thing)s里看的。") % {"thing": where} if where else "",
        _("看到的是%(people)s。") % {"people": people} if people else "", fields=fields,
    )  # fmt: skip


# Signing in: what the sign-in library does for a person is told like any other act.
say("account", {
    "person.signed_in": lazy("%(who)s登录了。"),
    "person.password_changed": lazy("%(who)s修改了自己的密码。"),
    "person.name_changed": lazy("%(who)s改正了自己的姓名。"),
    "person.email_changed": lazy("%(who)s换了自己的电子邮箱。"),
    "person.phone_changed": lazy("%(who)s换了自己的手机号码。"),
    "person.phone_removed": lazy("%(who)s删去了自己的手机号码。"),
    "person.second_step_added": lazy("%(who)s给自己的账号加了第二步验证。"),
    "person.second_step_removed": lazy("%(who)s停用了自己账号的一种第二步验证。"),
    "person.recovery_codes_made": lazy("%(who)s生成了一组新的恢复码，原来的作废。"),
    "person.recovery_codes_seen": lazy("%(who)s查看了自己的恢复码。"),
    "person.sessions_ended": lazy("%(who)s让自己在别处的登录退出了。"),
    "person.identity_linked": lazy("%(who)s把一个外部账号绑到了自己的账号。"),
    "person.identity_unlinked": lazy("%(who)s解除了一个外部账号的绑定。"),
    "person.access_granted": lazy("%(who)s同意另一个系统用自己的账号登录。"),
})  # fmt: skip

# What people decide about their own data, and what is done with it in time.
say("account", {
    "consent.given": lazy("%(who)s同意了使用%(thing)s的个人信息。"),
    "consent.withdrawn": lazy("%(who)s撤回了对使用%(thing)s个人信息的同意。"),
    "person.data_taken": lazy("%(who)s下载了%(thing)s的全部个人信息。"),
    "person.closed": lazy("%(who)s注销了%(thing)s的账号。"),
    "season.contacts_erased": lazy("%(who)s按期限清除了%(thing)s的联系人信息。"),
    "personal.erased": lazy("%(who)s清除了%(thing)s里的个人信息。"),
    "keys.changed": lazy("%(who)s更换了加密个人信息的密钥。"),
})  # fmt: skip
