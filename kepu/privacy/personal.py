"""What this module and the packages under all modules hold of people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.core import outbox
from kepu.core.contacts import without
from kepu.core.personal import Ground, Kept, declare, free, scrubbed


def payload_without_people(_row: Any, value: Any) -> Any:
    """What is left of a row of the outbox: nothing closed, nothing that leads to a person."""
    return without(outbox.plain(value))


declare(
    "privacy.consent", "applicant_digest", what=_("同意记录：用途、说明的版本、时间；申请人只存摘要"), whose=_("给过同意的人"),
    kept=Kept.RECORD, ground=Ground.DUTY, purpose=_("证明同意过、撤回过"), seen_by=_("本人；检查时的审计人员"),
)  # fmt: skip
free("privacy.consent", "version")
free("privacy.erasure", "counts", "after")
free("privacy.keychange", "key", "counts")

_SENT = {
    "what": _("等待发送的通知和验证码的地址（加密保存）"), "whose": _("收通知的人"), "kept": Kept.SEASON, "dated": "written_at",
    "ground": Ground.DUTY, "purpose": _("把通知和验证码送到"), "seen_by": _("没有人：只有后台程序读取，发出后即删去地址"),
}  # fmt: skip
declare("core.outboxrow", "payload", erase=payload_without_people, **_SENT)
declare("core.outboxrow", "last_error", erase=scrubbed, **_SENT)
free("core.outboxrow", "kind")
# the trace holds ids only; pages put names to them, and after an account is closed its pseudonym
free("core.auditentry", "event", "thing", "detail", "previous", "hash", "place_path", "line_path")
free("core.auditstrand", "head")
free("core.spacemark", "kind")
free("core.storedfile", "digest", "endings")
free("core.auditcheck", "heads", "breaks")
free("core.tallyentry", "measure", "facet", "place", "line")
free("core.tallytotal", "measure", "facet", "scope")

declare(
    "sessions.session", "session_key", "session_data", what=_("登录状态：人员编号和所代表的单位"), whose=_("已登录的人"),
    kept=Kept.SESSION, ground=Ground.DUTY, purpose=_("在一次登录里认得是同一个人"), seen_by=_("没有人：只有程序读取"),
)  # fmt: skip
declare(
    "account.emailaddress", "email", what=_("验证过的电子邮箱"), whose=_("有账号的工作人员"), kept=Kept.ACCOUNT,
    ground=Ground.CONSENT, purpose=_("重设密码"), seen_by=_("本人"),
)  # fmt: skip
free("account.emailconfirmation", "key")
free("auth.permission", "name", "codename")
free("auth.group", "name")
free("contenttypes.contenttype", "app_label", "model")
