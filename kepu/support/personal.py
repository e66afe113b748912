"""What the support desk holds of people: a question may name somebody. Contacts are offices', trainings count people."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, free, scrubbed

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
