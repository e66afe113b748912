"""What returns hold of people: the contacts that forms ask for, in the newest content and in every frozen version."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, free, scrubbed
from kepu.returns.contacts import cells_without_people, content_without_people

RETURN, VERSION = "returns.return", "returns.returnversion"
_IN_FORMS = {
    "whose": _("表格里写到的联系人和责任人"), "kept": Kept.SEASON, "ground": Ground.DUTY, "purpose": _("按通知要求逐级报送"),
    "seen_by": _("报送单位、接收单位和统筹单位，平时打码，看全号要点“显示”并留痕"),
}  # fmt: skip

declare(
    RETURN, "sections", "rows", what=_("报送表格里的联系人、电话（加密保存）"), season="season", erase=cells_without_people,
    **_IN_FORMS,
)  # fmt: skip
declare(
    RETURN, "parts", "reason", what=_("报送说明里写到的号码和邮箱"), season="season", erase=scrubbed, **_IN_FORMS,
)  # fmt: skip
declare(
    VERSION, "content", what=_("每次报送留下的原样（加密保存）"), season="handed_in__season", erase=content_without_people,
    **_IN_FORMS,
)  # fmt: skip
declare(
    VERSION, "note", what=_("重报说明里写到的号码和邮箱"), season="handed_in__season", erase=scrubbed, **_IN_FORMS,
)  # fmt: skip
free(
    RETURN, "duty", "place_path", "line_path", "title", "receiver_name", "due_words", "notice_code", "clause_code", "cite",
    "figures", "channels",
)  # fmt: skip
free(VERSION, "digest", "erased_digest")
free("returns.delegation", "duty", "title")
