"""What notices hold of people: the official contacts they publish, and the papers that drafts were read from."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, emptied, free

_PUBLISHED = {
    "what": _("通知正文里公布的单位联系人"), "whose": _("发文单位公布的联系人"), "kept": Kept.PUBLISHED, "ground": Ground.PUBLISHED,
    "purpose": _("通知按原文公布，让收文单位找得到人"), "seen_by": _("公众"),
}  # fmt: skip
declare("notices.clause", "wording", "summary", "summary_en", "params", **_PUBLISHED)
declare("notices.notice", "header", **_PUBLISHED)
declare("notices.sentfile", "text", **_PUBLISHED)
declare("notices.draftclause", "data", **_PUBLISHED)
declare("notices.noticedraft", "header", **_PUBLISHED)
declare(
    "notices.noticedraft", "source_text", what=_("起草通知时交来的原文，里面可能有联系人"), whose=_("原文里写到的人"),
    kept=Kept.SEASON, season="season", erase=emptied, ground=Ground.DUTY, purpose=_("核对识别出的条款"),
    seen_by=_("起草单位的统筹人员，号码打码"),
)  # fmt: skip
free("notices.noticedraft", "title", "source_name", "found")
free("notices.draftclause", "code", "kind", "proposal", "above")
free("notices.season", "code", "campaign", "name", "name_en")
free("notices.notice", "code", "title", "number", "issuer", "parents", "replaces")
free(
    "notices.clause",
    "code",
    "number",
    "kind",
    "key",
    "audience",
    "scope",
    "caller",
    "strictness",
    "waits_for",
    "relates",
)
free("notices.rulessnapshot", "digest", "content")
free("notices.seasoncopy", "left_out")
free("notices.delivery", "title", "level", "part", "digest")
free("notices.feedkey", "key")
free("notices.sentfile", "digest")
free("notices.sending", "recipients", "places", "lines")
