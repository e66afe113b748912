"""An activity as its host files it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.accounts.models import PHONE
from kepu.activities.models.taking import OPEN_TO_ALL, TakingPart
from kepu.activities.workflow import AFTERWARDS, FINAL, IN_PUBLIC, TURN, State, Turn
from kepu.core.fields import PathField, under
from kepu.core.secrets import EncryptedJSONField, EncryptedTextField
from kepu.orgs.models import Level


class Mode(models.TextChoices):
    OFFLINE = "offline", _("线下")
    ONLINE = "online", _("线上")
    MIXED = "mixed", _("线上线下结合")


class Arrangement(models.TextChoices):
    """How an activity lies in time: one record, one filing and one count, however many sessions it has."""

    ONCE = "once", _("单场")
    RECURRING = "recurring", _("定期多场")
    TOUR = "tour", _("巡回（多站）")
    SERIES = "series", _("系列（含子活动）")


class Minors(models.TextChoices):
    """What whoever hands in pictures declares of children in them."""

    NONE = "none", _("没有能认出未成年人的影像")
    AGREED = "agreed", _("有未成年人的影像，都有监护人书面同意")


class Result(models.TextChoices):
    """What came of an activity and the host may put before the public."""

    PARTICIPANTS = "participants", _("来了多少人，怎么统计的")
    RESULTS = "results", _("活动成效")
    MEDIA_LINKS = "media_links", _("媒体报道链接")
    MATERIALS = "materials", _("网上看得到的录像、照片和资料")


# what a host may write; everything else of an activity changes only by an act
CONTENT = (
    "title", "theme", "subtheme", "activity_level", "mode", "arrangement", "starts_at", "ends_at", "sessions", "place",
    "venue", "address", "latitude", "longitude", "online_link", "summary", "tracks", "fields", "topics", "entries",
    "audiences", "formats", "main_venue", "key_activity", "key_reason", "participants_expected", "online_expected",
    "participants_note", "taking_part", "booking_link", "booking_note", "capacity", "accessibility", "accessibility_note",
    "safety_person", "content_person", "host_place_person", "risk_assessment", "risk_plan",
    "publicity_plan", "resources_planned", "marks", "co_hosts", "undertakers", "supporters", "contact_name",
    "contact_phone", "responsible_unit", "answers", "in_principle_note",
)  # fmt: skip
# what is never public, stands in no trace, and goes when the record is archived
PERSONAL = ("contact_name", "contact_phone")
# what the public relies on, and who answers for it: a change of these after approval goes back to review
MATERIAL = frozenset({
    "title", "theme", "subtheme", "activity_level", "mode", "arrangement", "starts_at", "ends_at", "sessions", "place",
    "venue", "address", "latitude", "longitude", "online_link", "main_venue", "participants_expected", "online_expected", "safety_person", "content_person", "host_place_person",
    "risk_plan",
})  # fmt: skip

_IN_LIFE = IN_PUBLIC | AFTERWARDS | {State.CANCELLED, State.ARCHIVED}  # has been before the public
_HELD = AFTERWARDS | {State.ARCHIVED}
_FILED = _IN_LIFE | {State.FILED, State.RETURNED, State.APPROVED}


def _with(*fields: str, states: Collection[State], maybe: Collection[State] = ()) -> models.CheckConstraint:
    """States and their dates together: the fields are set in ``states``, may be in ``maybe``, and are empty elsewhere."""
    never = set(State) - set(states) - set(maybe)
    always = Q(state__in=sorted(states), **{f"{field}__isnull": False for field in fields})
    empty = Q(state__in=sorted(never), **{f"{field}__isnull": True for field in fields})
    condition = always | empty | Q(state__in=sorted(maybe)) if maybe else always | empty
    return models.CheckConstraint(condition=condition, name=f"activity_{fields[0]}")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def whole(self) -> ActivityQuerySet:
        """With what acts and pages ask of it: the host, the season, the reviewing unit."""
        return self.select_related("unit", "season", "reviewing_unit")

    def handed_in(self) -> ActivityQuerySet:
        """What has been filed at least once: the only ones that others than the host see."""
        return self.filter(filed_at__isnull=False)

    def under(self, path: str) -> ActivityQuerySet:
        return self.filter(under("place_path", path))

    def in_line(self, path: str) -> ActivityQuerySet:
        return self.filter(under("line_path", path))

    def awaiting_review(self) -> ActivityQuerySet:
        return self.filter(state__in=[State.FILED, State.CHANGED])


class Activity(models.Model):
    """One activity of one host: entered once, and counted once, at the host's place and line."""

    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="activities", db_index=False)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="activities", db_index=False)
    place_path = PathField()  # the host's, as it was when drafted: what the activity rolls up by
    line_path = PathField(blank=True, default="")
    token = models.UUIDField(unique=True)  # made by the form: sent twice, it makes one activity

    title = models.CharField(_("活动名称"), max_length=120, blank=True)
    theme = models.CharField(_("活动主题"), max_length=200, blank=True)
    subtheme = models.CharField(_("副主题"), max_length=200, blank=True)
    activity_level = models.CharField(_("活动级别"), max_length=10, choices=Level.choices)
    mode = models.CharField(_("举办方式"), max_length=10, choices=Mode.choices, blank=True)
    arrangement = models.CharField(
        _("场次安排"), max_length=10, choices=Arrangement.choices, default=Arrangement.ONCE, blank=True
    )
    starts_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    ends_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    sessions = models.JSONField(_("各场次"), default=list, blank=True)  # see kepu.activities.sessions
    place = models.ForeignKey(
        "orgs.Place", models.PROTECT, verbose_name=_("举办地"), related_name="+", db_index=False
    )
    venue = models.CharField(_("场地名称"), max_length=120, blank=True)
    address = models.CharField(_("详细地址"), max_length=200, blank=True)
    # WGS 84 (EPSG:4326), degrees; both or neither
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    online_link = models.CharField(_("线上网址"), max_length=500, blank=True)
    summary = models.TextField(_("活动简介"), max_length=5000, blank=True)
    tracks = models.JSONField(_("活动板块"), default=list, blank=True)
    fields = models.JSONField(_("行业领域"), default=list, blank=True)
    topics = models.JSONField(_("内容主题"), default=list, blank=True)
    entries = models.JSONField(_("进基层"), default=list, blank=True)
    audiences = models.JSONField(_("服务人群"), default=list, blank=True)
    formats = models.JSONField(_("活动形式"), default=list, blank=True)
    main_venue = models.BooleanField(_("主会场活动"), default=False)
    key_activity = models.BooleanField(_("申报重点活动"), default=False)
    key_reason = models.TextField(_("申报重点活动的理由"), max_length=1000, blank=True, default="")
    key_confirmed = models.BooleanField(_("重点活动"), default=False)
    participants_expected = models.PositiveIntegerField(_("预计参与人数"), null=True, blank=True)
    online_expected = models.PositiveIntegerField(_("其中线上预计"), null=True, blank=True)
    participants_note = models.CharField(_("人数统计办法"), max_length=300, blank=True)
    taking_part = models.CharField(
        _("参加方式"), max_length=10, choices=TakingPart.choices, blank=True, default=""
    )
    booking_link = models.CharField(_("预约网址"), max_length=500, blank=True, default="")
    booking_note = models.CharField(_("怎么预约"), max_length=300, blank=True, default="")
    capacity = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    full = models.BooleanField(_("名额已满"), default=False)  # said by an act, once it is public
    accessibility = models.JSONField(_("无障碍"), default=list, blank=True)  # codes of Access
    accessibility_note = models.CharField(_("无障碍说明"), max_length=300, blank=True, default="")
    safety_person = models.CharField(_("安全责任人"), max_length=60, blank=True)
    content_person = models.CharField(_("内容责任人"), max_length=60, blank=True)
    host_place_person = models.CharField(_("举办地责任人"), max_length=60, blank=True)
    risk_assessment = models.TextField(_("风险研判"), max_length=3000, blank=True)
    risk_plan = models.TextField(_("风险处置方案"), max_length=5000, blank=True)
    publicity_plan = models.TextField(_("宣传计划"), max_length=3000, blank=True)
    resources_planned = models.TextField(_("预期形成的资源"), max_length=2000, blank=True, default="")
    marks = models.JSONField(_("使用的标识"), default=list, blank=True)
    co_hosts = models.JSONField(_("联合主办单位"), default=list, blank=True)
    undertakers = models.JSONField(_("承办单位"), default=list, blank=True)
    supporters = models.JSONField(_("支持单位"), default=list, blank=True)
    # for reviewers; never public, not in the audit
    contact_name = EncryptedTextField(_("联系人"), max_length=60, blank=True, default="")
    contact_phone = EncryptedTextField(
        _("联系电话"), max_length=40, blank=True, default="", found_by="contact_digest", digest_of=PHONE
    )
    contact_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    responsible_unit = models.ForeignKey(
        "orgs.Unit",
        models.PROTECT,
        verbose_name=_("归口单位"),
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    answers: Any = EncryptedJSONField(_("通知另行要求的内容"), default=dict, blank=True)
    in_principle_note = models.TextField(_("情况说明"), max_length=1000, blank=True)

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(
        default=1
    )  # grows with every write: whoever saw an older one is told so
    round = models.PositiveSmallIntegerField(default=0)  # how often it was handed in
    turn_since = models.DateTimeField()
    rules = models.ForeignKey(
        "notices.RulesSnapshot", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    route = models.JSONField(default=dict, blank=True)  # as laid down at filing: units in turn, days for each
    reviewing_unit = models.ForeignKey(
        "orgs.Unit", models.PROTECT, related_name="reviews", null=True, blank=True, db_index=False
    )
    review_step = models.PositiveSmallIntegerField(default=0)
    review_due_at = models.DateTimeField(null=True, blank=True)
    unmet = models.JSONField(default=list, blank=True)  # keys of in-principle gates that need a waiver
    waivers = models.JSONField(default=dict, blank=True)  # gate key → the reviewer's reason
    proposed: Any = EncryptedJSONField(null=True, blank=True)  # a material change not yet approved
    claimed_by_id = models.BigIntegerField(null=True, blank=True)  # the reviewer who has it in hand, a person
    claimed_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(
        null=True, blank=True
    )  # since when those above know that its review is late
    publish_at = models.DateTimeField(
        _("定时发布"), null=True, blank=True
    )  # approved, and to be published then
    same_as = models.ForeignKey(
        "self", models.PROTECT, related_name="doubles", null=True, blank=True, db_index=False
    )  # found to be the same activity as another: counted with it, and only there
    time_pending = models.BooleanField(default=False)  # postponed, and the new time is yet to be told
    public_version = models.PositiveIntegerField(default=0)  # number of the frozen copy the public reads
    filed_by_id = models.BigIntegerField(null=True, blank=True)  # a person

    participants_actual = models.PositiveIntegerField(_("实际参与人数"), null=True, blank=True)
    online_actual = models.PositiveIntegerField(_("其中线上"), null=True, blank=True)
    media_links = models.JSONField(_("媒体报道链接"), default=list, blank=True)
    materials = models.JSONField(
        _("成果材料"), default=list, blank=True
    )  # {"kind": "photo", "place": …, "note": …}
    minors = models.CharField(_("未成年人影像"), max_length=8, choices=Minors.choices, blank=True, default="")
    results = models.TextField(_("活动成效"), max_length=5000, blank=True)
    shown_results = models.JSONField(_("公开的成果"), default=list, blank=True)  # codes of Result
    sections = models.JSONField(_("总结"), default=dict, blank=True)
    summary_due_at = models.DateTimeField(null=True, blank=True)
    summary_late = models.BooleanField(default=False)

    drafted_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)  # the last time it was handed in
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    postponed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(
        null=True, blank=True
    )  # the actual end: dates "after the end" count from it
    held_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    summarised_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        constraints = [
            _with("filed_at", "rules", states=_FILED, maybe={State.WITHDRAWN}),
            _with("approved_at", states=_IN_LIFE | {State.APPROVED}, maybe={State.WITHDRAWN}),
            _with("published_at", states=_IN_LIFE),
            _with("held_at", "ended_at", "participants_actual", states=_HELD),
            _with("completed_at", states={State.COMPLETED, State.SUMMARISED}, maybe={State.ARCHIVED}),
            _with("summarised_at", states={State.SUMMARISED}, maybe={State.ARCHIVED}),
            _with("cancelled_at", states={State.CANCELLED}),
            _with("withdrawn_at", states={State.WITHDRAWN}),
            _with("archived_at", states={State.ARCHIVED}),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="activity_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CHANGED) | Q(proposed__isnull=False), name="activity_change_is_kept"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.FILED, State.CHANGED]) | Q(reviewing_unit__isnull=False),
                name="activity_review_has_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(public_version=0, published_at__isnull=True)
                | Q(public_version__gt=0, published_at__isnull=False),
                name="activity_published_has_copy",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="activity_position",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by_id__isnull=True, claimed_at__isnull=True)
                | Q(claimed_by_id__isnull=False, claimed_at__isnull=False),
                name="activity_claimed",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(state=State.APPROVED), name="activity_publish_at"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "season", "id"], name="activity_of_unit"),
            models.Index(fields=["reviewing_unit", "state", "turn_since", "id"], name="activity_inbox"),
            models.Index(
                fields=["reviewing_unit", "state", "review_due_at", "id"], name="activity_inbox_by_day"
            ),
            models.Index(
                fields=["season", "place_path", "id"],
                name="activity_late",
                condition=Q(escalated_at__isnull=False),
            ),
            models.Index(fields=["season", "place_path", "id"], name="activity_in_place"),
            models.Index(fields=["season", "line_path", "id"], name="activity_in_line"),
            models.Index(fields=["season", "state", "place_path", "id"], name="activity_in_state"),
            models.Index(
                fields=["publish_at", "id"], name="activity_to_publish", condition=Q(publish_at__isnull=False)
            ),
            models.Index(
                fields=["review_due_at", "id"],
                name="activity_review_due",
                condition=Q(
                    state__in=[State.FILED, State.CHANGED],
                    review_due_at__isnull=False,
                    escalated_at__isnull=True,
                ),
            ),
            models.Index(
                fields=["same_as", "id"], name="activity_doubles", condition=Q(same_as__isnull=False)
            ),
            models.Index(
                fields=["contact_digest"], name="activity_of_contact", condition=~Q(contact_digest="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("未命名的活动"))

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURN[State(self.state)]

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def is_onsite(self) -> bool:
        return self.mode in (Mode.OFFLINE, Mode.MIXED)

    @property
    def is_online(self) -> bool:
        return self.mode in (Mode.ONLINE, Mode.MIXED)

    @property
    def has_places(self) -> bool:
        """Whether anybody may still come: it is announced, open to all, and nobody has said that it is full."""
        return self.state in IN_PUBLIC and self.taking_part in OPEN_TO_ALL and not self.full

    @property
    def is_full(self) -> bool:
        """Whether nobody can come any more though it is announced; once it is over that says nothing."""
        return self.state in IN_PUBLIC and self.full

    @property
    def resting_state(self) -> State:
        """Where a change under review goes back to."""
        return State.POSTPONED if self.postponed_at else State.PUBLISHED

    @property
    def unwaived(self) -> list[str]:
        """Keys of in-principle gates that still need a waiver; one given for old values does not speak for a change."""
        waived = () if self.state == State.CHANGED else self.waivers
        return [key for key in self.unmet if key not in waived]
