"""What the tables of places and units hold of people: messages may name somebody, the rest names nobody."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, emptied, free, scrubbed

declare(
    "orgs.message", "subject", "body", what=_("站内消息里写到的号码和邮箱"), whose=_("消息里提到的人"), kept=Kept.SEASON,
    dated="sent_at", erase=scrubbed, ground=Ground.DUTY, purpose=_("告诉单位办到哪一步"), seen_by=_("收到消息的单位"),
)  # fmt: skip
declare(
    "orgs.invitation", "name", "email", what=_("邀请时写的姓名和邮箱（邮箱加密保存，用过就删除）"), whose=_("被邀请的人"), kept=Kept.SEASON,
    dated="given_at", erase=emptied, ground=Ground.DUTY, purpose=_("把邀请送到本人"), seen_by=_("发出邀请的单位"),
)  # fmt: skip
free("orgs.invitation", "token_digest")
free("orgs.message", "kind", "link", "outbox_key")
free("orgs.place", "code", "name", "path")
free("orgs.line", "code", "name", "path")
free("orgs.term", "code", "name", "name_en")
free("orgs.unit", "code", "name", "kind", "place_path", "line_path", "credit_code", "traits")
free("orgs.designation", "code")
free("orgs.membership", "body")
free(
    "orgs.hook", "name", "address", "secret", "last_answer"
)  # closed because they open a system, not a person
