"""What an account holds of its person."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, free

PERSON = "accounts.person"

declare(
    PERSON, "name", what=_("姓名"), whose=_("有账号的工作人员"), kept=Kept.ACCOUNT, ground=Ground.DUTY,
    purpose=_("让同事知道是谁在办理，并写进办理记录"), seen_by=_("本单位的同事；其他单位只看到单位名称"),
)  # fmt: skip
declare(
    PERSON, "username", "password", what=_("登录名和密码（密码只存不可还原的摘要）"), whose=_("有账号的工作人员"),
    kept=Kept.ACCOUNT, ground=Ground.DUTY, purpose=_("登录"), seen_by=_("本人；登录名本单位的管理人员也看得到"),
)  # fmt: skip
declare(
    PERSON, "email", what=_("电子邮箱"), whose=_("有账号的工作人员"), kept=Kept.ACCOUNT, ground=Ground.CONSENT,
    purpose=_("重设密码，接收提醒"), seen_by=_("本人"),
)  # fmt: skip
declare(
    PERSON, "phone", "phone_digest", what=_("手机号码（加密保存）和用来查找它的摘要"), whose=_("有账号的工作人员"),
    kept=Kept.ACCOUNT, ground=Ground.CONSENT, purpose=_("登录验证码，接收提醒"), seen_by=_("本人"),
)  # fmt: skip
free(PERSON, "language")
