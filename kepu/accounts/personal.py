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

# what the sign-in library keeps; the secrets among it lie closed and are handed out to nobody
_IN = {"whose": _("有账号的工作人员"), "kept": Kept.ACCOUNT, "ground": Ground.DUTY}
declare(
    "mfa.authenticator", "data", what=_("第二步验证的密钥和通行密钥（加密保存）"), purpose=_("登录时证明是本人"),
    seen_by=_("没有人：只有程序读取"), handed_out=False, **_IN,
)  # fmt: skip
declare(
    "usersessions.usersession", "user_agent", what=_("登录过的浏览器和网络地址"), purpose=_("让本人看到在哪里登录，能随时退出"),
    seen_by=_("本人"), **_IN,
)  # fmt: skip
declare(
    "usersessions.usersession", "session_key", "data", what=_("登录状态的编号"), purpose=_("让本人能结束一处登录"),
    seen_by=_("没有人：只有程序读取"), handed_out=False, **_IN,
)  # fmt: skip
declare(
    "socialaccount.socialaccount", "provider", "uid", "extra_data", what=_("在别处的登录身份：哪里、编号和对方给的资料"),
    purpose=_("用别处的账号登录"), seen_by=_("本人"), **_IN,
)  # fmt: skip
declare(
    "allauth_idp_oidc.token", "hash", "data", "scopes", what=_("允许别的系统用本系统账号登录的凭证（只存摘要）"),
    purpose=_("用本系统的账号登录别的系统"), seen_by=_("没有人：只有程序读取"), handed_out=False, **_IN,
)  # fmt: skip
free("socialaccount.socialapp", "provider", "provider_id", "name", "client_id", "secret", "key", "settings")
free("socialaccount.socialtoken", "token", "token_secret")  # never stored: the library is told not to
free(
    "allauth_idp_oidc.client", "id", "name", "secret", "scopes", "default_scopes", "grant_types", "redirect_uris", "cors_origins",
    "response_types", "data",
)  # fmt: skip
