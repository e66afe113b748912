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
declare(
    "orgs.application", "contact_name", "contact_phone", "contact_email", what=_("登记单位时写的联系人、电话和邮箱（加密保存）"),
    whose=_("替单位登记的人"), kept=Kept.DELIVERED, ground=Ground.CONSENT, purpose=_("核实登记，开通第一个账号"),
    seen_by=_("审核登记的统筹单位，平时打码，看全号要点“显示”并留痕"),
)  # fmt: skip
free(
    "orgs.application", "name", "name_key", "unit_kind", "place_path", "line_path", "credit_code", "purpose", "language",
    "consent_version", "token", "token_digest", "reason",
)  # fmt: skip
free("orgs.message", "kind", "link", "outbox_key")
free("orgs.place", "code", "name", "path")
free("orgs.line", "code", "name", "path")
free("orgs.term", "code", "name", "name_en")
free("orgs.unit", "code", "name", "name_key", "kind", "place_path", "line_path", "credit_code", "traits")
free("orgs.designation", "code")
free("orgs.membership", "body")
free(
    "orgs.hook", "name", "address", "secret", "last_answer"
)  # closed because they open a system, not a person
free("orgs.unitchange", "before", "after", "ground", "held_up")
