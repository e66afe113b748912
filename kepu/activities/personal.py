"""What an activity holds of people: its contact, who answers for it, and whoever a plan or a reviewer's note names."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.activities.models import PERSONAL
from kepu.activities.results import without_people as results_without_people
from kepu.core.contacts import without
from kepu.core.personal import Ground, Kept, declare, emptied, free, scrubbed

PEOPLE = ("safety_person", "content_person", "host_place_person", *PERSONAL)


def without_people(_row: Any, value: Any) -> Any:
    """A proposed change without the people it names."""
    return without({**value, **{name: "" for name in PEOPLE if name in value}}) if value else value


def without_filed_people(_row: Any, value: Any) -> Any:
    """A filing as it was handed in without the people it names; what the notices asked besides goes whole."""
    return {**without_people(_row, value), "answers": {}} if value else value


WRITTEN_FOR_THE_PUBLIC = ("booking_note", "accessibility_note")


def without_pictures(_row: Any, value: Any) -> Any:
    """A public copy without its pictures, whose files go, without the names beside them, and without the ways to others; nor
    by which number one booked."""
    kept = {name: said for name, said in value.items() if name not in ("pictures", "results")}
    kept |= {name: without(kept[name]) for name in WRITTEN_FOR_THE_PUBLIC if name in kept}
    results = results_without_people(value.get("results", {}))
    return {**kept, "results": results} if results else kept


def without_those_who_checked(_row: Any, value: Any) -> Any:
    """What a filing was held against, without who did it."""
    return [{**one, "people": {}} for one in value] if value else value


ACTIVITY, NOTE, FILED = "activities.activity", "activities.reviewnote", "activities.filedversion"
PICTURE, COPY, COPIES = "activities.picture", "activities.publication", "activities.publishedversion"
BATCH = "activities.batchofreviews"
DOUBLE = "activities.double"
_WITH_SEASON = {"kept": Kept.SEASON, "ground": Ground.DUTY}
_HOST_AND_ABOVE = _("举办单位、审核单位、所在地区和系统的统筹单位")

declare(
    ACTIVITY, "contact_name", "contact_phone", "contact_digest", what=_("活动联系人和电话（加密保存），查找用的摘要"),
    whose=_("举办单位的联系人"), purpose=_("审核和统筹单位有事找得到人"),
    seen_by=_("举办单位、审核单位和统筹单位，平时打码，看全号要点“显示”并留痕"), season="season", erase=emptied, **_WITH_SEASON,
)  # fmt: skip
declare(
    ACTIVITY, "safety_person", "content_person", "host_place_person", what=_("安全、内容和场地责任人的姓名"),
    whose=_("活动的责任人"), purpose=_("落实通知要求的责任到人"), seen_by=_HOST_AND_ABOVE, season="season", erase=emptied,
    **_WITH_SEASON,
)  # fmt: skip
declare(
    ACTIVITY, "answers", what=_("对通知另行要求的答复（加密保存）"), whose=_("答复里写到的人"),
    purpose=_("审核活动是否符合通知要求"), seen_by=_HOST_AND_ABOVE, season="season", erase=scrubbed, **_WITH_SEASON,
)  # fmt: skip
declare(
    ACTIVITY, "proposed", what=_("待审核的变更（加密保存）"), whose=_("变更里写到的人"), purpose=_("审核变更"),
    seen_by=_HOST_AND_ABOVE, season="season", erase=without_people, **_WITH_SEASON,
)  # fmt: skip
declare(
    ACTIVITY, "participants_note", "risk_assessment", "risk_plan", "publicity_plan", "resources_planned", "key_reason",
    "in_principle_note", "waivers", "materials",
    "results", "sections", what=_("方案、说明和总结里写到的号码和邮箱"), whose=_("方案和说明里写到的人"),
    purpose=_("审核安全和宣传安排，汇总活动成效"), seen_by=_HOST_AND_ABOVE, season="season", erase=scrubbed, **_WITH_SEASON,
)  # fmt: skip
declare(
    ACTIVITY, *WRITTEN_FOR_THE_PUBLIC, what=_("怎么预约、无障碍说明里写到的号码和邮箱"), whose=_("举办单位让公众联系的人"),
    purpose=_("公众能预约，有需要的人能先说一声"), seen_by=_("公众"), season="season", erase=scrubbed, **_WITH_SEASON,
)  # fmt: skip
declare(
    NOTE, "words", "waivers", what=_("审核意见里写到的号码和邮箱"), whose=_("审核意见里写到的人"), purpose=_("说明审核结果"),
    seen_by=_HOST_AND_ABOVE, season="activity__season", erase=scrubbed, **_WITH_SEASON,
)  # fmt: skip
declare(
    NOTE, "proposed", what=_("审核过的变更里的责任人"), whose=_("活动的责任人"), purpose=_("说明审核的是什么变更"),
    seen_by=_HOST_AND_ABOVE, season="activity__season", erase=without_people, **_WITH_SEASON,
)  # fmt: skip
declare(
    FILED, "content", what=_("每次填报的内容（加密保存）"), whose=_("填报里写到的人"), purpose=_("比较两次填报改了什么"),
    seen_by=_HOST_AND_ABOVE, season="activity__season", erase=without_filed_people, **_WITH_SEASON,
)  # fmt: skip
declare(
    PICTURE, "digest", what=_("海报和活动图片（文件）"), whose=_("图片里能认出的人"), purpose=_("让公众知道活动是什么样子"),
    seen_by=_("公众；没有声明未成年人情况的，只有举办单位、审核单位和统筹单位"), season="activity__season", erase=emptied,
    **_WITH_SEASON,
)  # fmt: skip
declare(
    PICTURE, "alt", "credit", what=_("图片的说明和作者"), whose=_("图片里的人，作者"), purpose=_("看不到图片的人也知道图里是什么，注明作者"),
    seen_by=_("公众"), season="activity__season", erase=emptied, **_WITH_SEASON,
)  # fmt: skip
declare(
    COPY, "content", what=_("公开内容里的图片，它的说明和作者，到录像和照片的链接；预约的号码"), whose=_("图片里的人，作者；接受预约的人"), purpose=_("让公众知道活动是什么样子，能预约"),
    seen_by=_("公众"), season="season", erase=without_pictures, **_WITH_SEASON,
)  # fmt: skip
declare(
    COPIES, "content", what=_("公开过的各版内容里的图片，它的说明和作者，到录像和照片的链接；预约的号码"), whose=_("图片里的人，作者；接受预约的人"), purpose=_("查得到公开过什么"),
    seen_by=_("公众，审计"), season="activity__season", erase=without_pictures, **_WITH_SEASON,
)  # fmt: skip
free(PICTURE, "file_kind")
declare(
    NOTE, "checked", what=_("逐级把关的人的姓名"), whose=_("把关的人"), purpose=_("落实逐级审核到人"),
    seen_by=_HOST_AND_ABOVE, season="activity__season", erase=without_those_who_checked, **_WITH_SEASON,
)  # fmt: skip
declare(
    BATCH, "words", what=_("批量审核意见里写到的号码和邮箱"), whose=_("审核意见里写到的人"), purpose=_("说明审核结果"),
    seen_by=_("审核单位"), season="season", erase=scrubbed, **_WITH_SEASON,
)  # fmt: skip
declare(
    BATCH, "steps", what=_("批量审核时写的把关人姓名"), whose=_("把关的人"), purpose=_("落实逐级审核到人"),
    seen_by=_("审核单位"), season="season", erase=emptied, **_WITH_SEASON,
)  # fmt: skip
declare(
    DOUBLE, "words", what=_("判断重复时的说明里写到的号码和邮箱"), whose=_("说明里写到的人"), purpose=_("说明为什么是同一项"),
    seen_by=_HOST_AND_ABOVE, season="season", erase=scrubbed, **_WITH_SEASON,
)  # fmt: skip
free(
    ACTIVITY, "place_path", "line_path", "title", "theme", "subtheme", "venue", "address", "online_link", "summary", "tracks",
    "fields", "topics", "entries", "audiences", "formats", "sessions", "marks", "co_hosts", "undertakers", "supporters", "route", "unmet",
    "media_links", "taking_part", "booking_link", "accessibility", "shown_results",
)  # fmt: skip
for model, season in (("activities.incident", "season"), ("activities.incidentupdate", "incident__season")):
    declare(
        model, "words", "measures", what=_("突发情况的经过和措施"), whose=_("经过里写到的人，例如受伤的人"),
        purpose=_("及时处置，报告上级"), seen_by=_HOST_AND_ABOVE, season=season, erase=emptied, **_WITH_SEASON,
    )  # fmt: skip
free("activities.incident", "place_path")
free(NOTE, "reasons")
free(BATCH, "reasons", "checked")
free("activities.batchline", "refused_for")
free("activities.watchword", "place_path", "word", "folded", "note")
free(DOUBLE, "why", "place_path", "line_path")
free("activities.likenessmark", "area")
# the copy that the public reads has no contact in it but for booking (activities.frozen)
free(
    COPY, "status_words", "title", "host_name", "place_path", "province", "city", "county", "town",
    "place_words", "labels", "listed", "digest",
)  # fmt: skip
free("activities.publicationday", "province", "city", "county")
free(COPIES, "digest", "erased_digest")
free("activities.onlinelink", "url")
free("activities.linkhost", "name")
