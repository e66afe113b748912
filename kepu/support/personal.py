"""What the support desk holds of people: a question may name somebody, who reports an error may say how to be reached.
Contacts are offices', trainings count people.
"""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, emptied, free, scrubbed

_ASKED = {
    "what": _("提问和答复里写到的号码和邮箱"), "whose": _("问题里提到的人"), "kept": Kept.SEASON, "erase": scrubbed, "ground": Ground.DUTY,
    "purpose": _("答复单位的问题"), "seen_by": _("提问、答复和转过这个问题的单位"),
}  # fmt: skip

declare("support.question", "subject", dated="asked_at", **_ASKED)
declare("support.remark", "text", dated="at", **_ASKED)
free(
    "support.officecontact", "office", "phone", "mail", "hours", "about"
)  # an office's; mobile phones are refused
free("support.sharedanswer", "place_path", "line_path", "question", "answer")  # worded anew, for everybody
free("support.training", "place_path", "line_path", "kinds", "title", "text", "venue", "link", "reason")

_REPORTED = {"kept": Kept.SEASON, "season": "season", "seen_by": _("举办这项活动的单位和审核它的单位")}
declare(
    "support.errorreport", "contact", what=_("报错的人留下的联系方式（加密保存）"), whose=_("指出活动页面有错的人"), erase=emptied,
    ground=Ground.CONSENT, purpose=_("核实指出的错误"), **{**_REPORTED, "seen_by": _("举办这项活动的单位和审核它的单位，平时打码，看全号要点“显示”并留痕")},
)  # fmt: skip
declare(
    "support.errorreport", "words", "answer", what=_("纠错和处理结果里写到的号码和邮箱"), whose=_("纠错里写到的人"), erase=scrubbed,
    ground=Ground.DUTY, purpose=_("改正公开信息里的错误"), **_REPORTED,
)  # fmt: skip
free("support.errorreport", "title", "place_path", "line_path")
